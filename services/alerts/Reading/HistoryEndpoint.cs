using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drafts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Exchange;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Alerts.Reading;

/// <summary>What was said about one thing, by whom and why: officers.</summary>
internal static class HistoryEndpoint
{
    /// <summary>A chain that rules change for days has some hundreds.</summary>
    private const int Most = 200;

    public static void MapHistory(this IEndpointRouteBuilder routes)
        => routes.MapGet("/{id}/history", GetHistory).RequireAuthorization(CityPolicies.Officer).RecordAcrossTowns<AlertDbContext>("alert.history", ExchangePurposes.Emergency);

    /// <summary>Any message of the chain names it; newest first.</summary>
    private static async Task<Results<Ok<AlertHistory>, ProblemHttpResult>> GetHistory(string id, AlertDbContext database, CancellationToken cancellationToken)
    {
        var chain = await database.Chains.AsNoTracking().FirstOrDefaultAsync(
            row => database.Messages.Any(message => message.Id == id && message.AlertId == row.AlertId), cancellationToken);
        if (chain is null)
        {
            return AlertEndpoints.Unknown(id);
        }

        var rows = await database.Messages.AsNoTracking().Where(row => row.AlertId == chain.AlertId)
            .OrderByDescending(row => row.Sent).ThenByDescending(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        var newest = await database.Messages.AsNoTracking().SingleAsync(row => row.Id == chain.NewestMessageId, cancellationToken);
        var alone = await database.Drafts.AsNoTracking()
            .Where(draft => draft.AlertId == chain.AlertId && draft.Status == DraftStatus.Approved && draft.CreatedBy != null && draft.CreatedBy == draft.DecidedBy)
            .OrderBy(draft => draft.CreatedAt).ToListAsync(cancellationToken);
        return TypedResults.Ok(new AlertHistory(
            newest.ToView(chain.CancelledAt), chain.HeldLevel, [.. rows.Select(AlertStep.Of)],
            [.. alone.Select(draft => new ApprovalAlone(draft.Id, draft.DecidedBy!, draft.DecidedAt!.Value, draft.Reason ?? ""))]));
    }
}

/// <summary>The messages of one chain.</summary>
/// <param name="Newest">What residents see now, or saw last.</param>
/// <param name="HeldLevel">The level that an officer set by hand: rules raise it, and neither lower nor end it. Null where rules decide.</param>
/// <param name="Steps">Newest first.</param>
/// <param name="Alone">Drafts of it that their writers published without a second person, oldest first.</param>
public sealed record AlertHistory(AlertView Newest, int? HeldLevel, IReadOnlyList<AlertStep> Steps, IReadOnlyList<ApprovalAlone> Alone);

/// <summary>Somebody published what they wrote themselves.</summary>
/// <param name="DraftId">What they wrote.</param>
/// <param name="By">Token subject.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why nobody was waited for.</param>
public sealed record ApprovalAlone(string DraftId, string By, DateTimeOffset At, string Reason);

/// <summary>One message.</summary>
/// <param name="IssuedBy">Token subject of the officer, or null where a rule or another authority decided.</param>
/// <param name="Reason">The officer's, where one was given.</param>
public sealed record AlertStep(string Id, string MsgType, int? Level, DateTimeOffset Sent, DateTimeOffset Expires, string? IssuedBy, string? Reason)
{
    internal static AlertStep Of(AlertMessage row) => new(row.Id, row.MsgType, row.ToView(cancelledAt: null).Level, row.Sent, row.Expires, row.IssuedBy, row.Reason);
}
