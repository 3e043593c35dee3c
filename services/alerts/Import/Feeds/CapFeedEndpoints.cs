using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Import.Feeds;

/// <summary>What the feeds brought, and how they are: officers of a town that they are for.</summary>
internal static class CapFeedEndpoints
{
    public static void MapCapFeeds(this IEndpointRouteBuilder routes)
    {
        var officers = routes.MapGroup("/cap").RequireAuthorization(CityPolicies.Officer);
        officers.MapGet("/intake", ListIntake).RecordAcrossTowns<AlertDbContext>("intake.read", ExchangePurposes.Emergency);
        officers.MapGet("/feeds", ListFeeds).RecordAcrossTowns<AlertDbContext>("feed.read", ExchangePurposes.Emergency);
    }

    /// <summary>Every entry with what became of it, newest first.</summary>
    private static async Task<Results<Ok<Page<CapEntryView>>, ProblemHttpResult>> ListIntake(
        CapFeedInbox inbox, IOptions<CapFeedOptions> options, HttpContext http, CancellationToken cancellationToken, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        var skip = Paging.Offset(after);
        var rows = await inbox.ListAsync([.. FeedsOf(http, options.Value).Select(feed => feed.AbsoluteUri)], skip, take + 1, cancellationToken);
        return TypedResults.Ok(Paging.ByOffset([.. rows.Select(CapEntryView.Of)], skip, take));
    }

    private static async Task<Ok<Page<CapFeedView>>> ListFeeds(CapFeedInbox inbox, IOptions<CapFeedOptions> options, HttpContext http, CancellationToken cancellationToken)
    {
        var views = new List<CapFeedView>();
        foreach (var feed in FeedsOf(http, options.Value))
        {
            var state = await inbox.StateAsync(feed, cancellationToken);
            views.Add(new CapFeedView(feed.AbsoluteUri, state?.ReadAt, state?.Failures ?? 0, state?.NextTry, state?.Fault));
        }

        return TypedResults.Ok(new Page<CapFeedView>(views));
    }

    private static IEnumerable<Uri> FeedsOf(HttpContext http, CapFeedOptions options)
        => options.Feeds.Where(feed => feed.Towns.Contains(http.CurrentTown().Code, StringComparer.Ordinal)).Select(feed => feed.Address!).Distinct();
}

/// <summary>An entry of a feed as officers see it.</summary>
/// <param name="Explanation">Town by town what became of it, or why not.</param>
public sealed record CapEntryView(
    string Feed, string Id, string Title, string Address, DateTimeOffset Updated, DateTimeOffset SeenAt, CapEntryState State, int Tries, DateTimeOffset? DoneAt, string Explanation)
{
    internal static CapEntryView Of(CapEntry row)
        => new(row.Feed, row.Id, row.Title, row.Address, row.Updated, row.SeenAt, row.State, row.Tries, row.DoneAt, row.Explanation);
}

/// <param name="Id">Its address.</param>
/// <param name="ReadAt">When it could be read last.</param>
/// <param name="Failures">Looks in a row that failed.</param>
/// <param name="NextTry">Not looked at before, where it failed.</param>
/// <param name="Fault">Why the last look failed, or null.</param>
public sealed record CapFeedView(string Id, DateTimeOffset? ReadAt, int Failures, DateTimeOffset? NextTry, string? Fault);
