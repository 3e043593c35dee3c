using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Reading;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Identity;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Issuing;

/// <summary>An officer ends an alert by hand.</summary>
internal static class CancelEndpoint
{
    public static void MapCancel(this IEndpointRouteBuilder routes)
        => routes.MapPost("/{id}/cancel", CancelAlert).RequireAuthorization(CityPolicies.Officer);

    /// <summary>Any message of the chain names it. The answer is the Cancel message.</summary>
    private static async Task<Results<Ok<AlertView>, ProblemHttpResult>> CancelAlert(
        string id, CancelRequest request, CancelDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Reason))
        {
            return Problem.Unprocessable("reason-missing", "An alert is cancelled with a reason.", "Give 'reason': it is sent with the cancel. Nothing was changed.");
        }

        return FreeText.Refuse(("reason", request.Reason)) is { } refusal
            ? refusal
            : await desk.CancelAsync(http, id, request.Reason.Trim(), request.IfNewest, cancellationToken);
    }
}

/// <param name="Reason">Sent with the cancel.</param>
/// <param name="IfNewest">The message that the officer saw: nothing is done where another is the newest by now. Null: whatever it is.</param>
public sealed record CancelRequest(string? Reason, string? IfNewest = null);

/// <summary>Ends a chain and silences the rules that raised it, in one transaction.</summary>
internal sealed class CancelDesk(
    AlertDbContext database, IncidentDesk incidents, AlertIssuer issuer, RuleContent content, CommitSignals signals, TimeProvider clock, ILogger<CancelDesk> log)
{
    public async Task<Results<Ok<AlertView>, ProblemHttpResult>> CancelAsync(
        HttpContext http, string id, string reason, string? ifNewest, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var message = await database.Messages.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (message is null)
        {
            return AlertEndpoints.Unknown(id);
        }

        var chain = await database.Chains.SingleAsync(row => row.AlertId == message.AlertId, cancellationToken);
        if (!chain.IsInForce(clock.GetUtcNow()))
        {
            return Problem.Conflict("alert-not-in-force", "This alert is not in force any more.",
                chain.CancelledAt is { } at ? $"It was cancelled at {at:yyyy-MM-dd HH:mm:ss}." : $"It expired at {chain.Expires:yyyy-MM-dd HH:mm:ss}.");
        }

        if (UpdateDesk.HasChanged(chain, ifNewest) is { } changed)
        {
            return changed;
        }

        var newest = await database.Messages.AsNoTracking().SingleAsync(row => row.Id == chain.NewestMessageId, cancellationToken);
        var town = http.CurrentTown();
        var ended = content.Ended(town, chain, newest.ToView(cancelledAt: null), http.Subject(), reason);
        var view = await issuer.FollowAsync(town, chain, CapMsgType.Cancel, ended, cancellationToken);
        var rules = await incidents.RulesOfAsync(chain.Source, cancellationToken);
        new Incident([.. rules.Where(rule => rule.Hazard == chain.Hazard)], chain.Level).Dismiss();
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Committed();
        log.OfficerActed(town.Code, "cancel", chain.AlertId, http.Subject());
        return TypedResults.Ok(view);
    }
}
