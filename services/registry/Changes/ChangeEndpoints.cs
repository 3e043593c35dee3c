using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Registry.Access;
using SmartCity.Registry.Data;
using SmartCity.Registry.Exchange;
using SmartCity.ServiceDefaults.Lists;

namespace SmartCity.Registry.Changes;

/// <summary>Change requests: stewards see those of their municipalities, officers and operators decide them.</summary>
internal static class ChangeEndpoints
{
    public static void MapChanges(this IEndpointRouteBuilder registry)
    {
        var changes = registry.MapGroup("/changes").RequireAuthorization(RegistryPolicies.AnySteward).WithTags("changes");
        changes.MapGet("/", ListChanges);
        changes.MapGet("/{id:long}", GetChange);
        changes.MapPost("/{id:long}/approve", ApproveChange);
        changes.MapPost("/{id:long}/reject", RejectChange);
    }

    /// <summary>Newest first; <c>?status=Pending</c> for those that wait, <c>?municipality=</c> for one municipality's.</summary>
    private static async Task<Results<Ok<Page<ChangeView>>, ProblemHttpResult>> ListChanges(
        RegistryDbContext database, ExchangeDesk exchange, HttpContext http, CancellationToken cancellationToken,
        string? municipality = null, string? status = null, string? after = null, string? limit = null)
    {
        if (!Paging.TryLimit(limit, out var take, out var refusal))
        {
            return refusal;
        }

        if (!NameFilter.TryRead<ChangeStatus>(status, "status", "This status is not known.", out var wanted, out refusal))
        {
            return refusal;
        }

        var towns = http.User.Towns();
        var before = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
        var rows = await database.Changes.IgnoreQueryFilters().AsNoTracking()
            .Where(row => row.Id < before
                && (towns == null || towns.Contains(row.Municipality))
                && (municipality == null || row.Municipality == municipality)
                && (wanted == null || row.Status == wanted))
            .OrderByDescending(row => row.Id)
            .Take(take + 1)
            .ToListAsync(cancellationToken);
        var items = rows.Take(take).Select(row => row.ToView()).ToList();
        foreach (var town in items.Select(change => change.Municipality).Distinct(StringComparer.Ordinal))
        {
            await exchange.RecordAcrossAsync(http, town, "change.read", null, cancellationToken);
        }

        return TypedResults.Ok(new Page<ChangeView>(items, rows.Count > take ? items[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async Task<Results<Ok<ChangeView>, ProblemHttpResult>> GetChange(
        long id, RegistryDbContext database, ExchangeDesk exchange, HttpContext http, CancellationToken cancellationToken)
    {
        var towns = http.User.Towns();
        var change = await database.Changes.IgnoreQueryFilters().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id && (towns == null || towns.Contains(row.Municipality)), cancellationToken);
        if (change is null)
        {
            return ChangeProblems.Unknown(id);
        }

        await exchange.RecordAcrossAsync(http, change.Municipality, "change.read", change.ProposedBy, cancellationToken);
        return TypedResults.Ok(change.ToView());
    }

    private static Task<Results<Ok<ChangeView>, ProblemHttpResult>> ApproveChange(
        long id, ChangeDecisions decisions, HttpContext http, CancellationToken cancellationToken, ApprovalRequest? request = null)
        => decisions.ApproveAsync(id, request?.Digest, http, cancellationToken);

    private static Task<Results<Ok<ChangeView>, ProblemHttpResult>> RejectChange(
        long id, ChangeDecisions decisions, HttpContext http, CancellationToken cancellationToken, RejectionRequest? request = null)
        => decisions.RejectAsync(id, request?.Reason, http, cancellationToken);
}

/// <param name="Digest">Of the plan that was looked at; an approval of another plan is refused.</param>
public sealed record ApprovalRequest(string? Digest);

/// <param name="Reason">In plain words, for whoever proposed it.</param>
public sealed record RejectionRequest(string? Reason);
