using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Issuing;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Drafts;

/// <summary>What the approval of a draft would send if it came now. Reads only.</summary>
internal sealed class DraftMessage(AlertDbContext database, RuleContent content, AlertComposer composer, TimeProvider clock)
{
    /// <summary>Stands for the identifier that the message does not have yet.</summary>
    private const string NotIssued = "";

    /// <returns>The message, or null where an approval would send none: what it would change is over or has changed, or is said already.</returns>
    public async Task<AlertView?> OfAsync(Town town, Draft draft, CancellationToken cancellationToken)
        => draft.Updates is { } updates ? await UpdateAsync(town, draft, updates, cancellationToken)
            : draft is { RuleId: not null, DeviceId: { } device } ? await RuleAsync(town, draft, device, cancellationToken)
            : View(town, chain: null, draft.ToContent(clock.GetUtcNow(), officer: null));

    private async Task<AlertView?> UpdateAsync(Town town, Draft draft, string updates, CancellationToken cancellationToken)
    {
        var chain = await database.Chains.AsNoTracking().FirstOrDefaultAsync(row => row.NewestMessageId == updates, cancellationToken);
        if (chain is null || !chain.IsInForce(clock.GetUtcNow()))
        {
            return null;
        }

        var newest = (await database.Messages.AsNoTracking().SingleAsync(row => row.Id == updates, cancellationToken)).ToView(cancelledAt: null);
        var changed = draft.ToContent(clock.GetUtcNow(), officer: null) with { Status = Enum.Parse<CapStatus>(chain.Status), Area = AlertArea.From(newest.Area) };
        return View(town, chain, changed);
    }

    // Not tracked: what the incident decides here is thrown away.
    private async Task<AlertView?> RuleAsync(Town town, Draft draft, string device, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rules = await database.RuleStates.AsNoTracking().Where(row => row.DeviceId == device && row.Hazard == draft.Hazard).ToListAsync(cancellationToken);
        if (rules.Find(row => row.RuleId == draft.RuleId) is not { } rule)
        {
            return null;
        }

        var chain = await database.Chains.AsNoTracking()
            .Where(row => row.Source == device && row.Hazard == rule.Hazard && row.CancelledAt == null && row.Expires > now)
            .OrderByDescending(row => row.AlertId).FirstOrDefaultAsync(cancellationToken);
        return new Incident(rules, chain?.Level, chain?.HeldLevel is not null).Approve(rule) switch
        {
            [IncidentStep.Issue issue] => View(town, chain: null, content.Raised(town, issue.Rule)),
            [IncidentStep.Update update] => View(town, chain, content.Raised(town, update.Rule)),
            _ => null,
        };
    }

    private AlertView View(Town town, AlertChain? chain, AlertContent said)
        => AlertComposer.ToView(town, chain is null ? CapMsgType.Alert : CapMsgType.Update, NotIssued, chain?.AlertId ?? NotIssued, CapTime.WholeSeconds(clock.GetUtcNow()), composer.Finished(said));
}
