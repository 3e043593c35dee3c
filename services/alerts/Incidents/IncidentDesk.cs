using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Issuing;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Incidents;

/// <summary>Loads what <see cref="Incident"/> needs, and does what it decides, inside the caller's write transaction.</summary>
public sealed class IncidentDesk(AlertDbContext database, AlertIssuer issuer, RuleContent content, DraftBook drafts, TimeProvider clock)
{
    public Task<List<RuleState>> RulesOfAsync(string deviceId, CancellationToken cancellationToken)
        => database.RuleStates.Where(row => row.DeviceId == deviceId).ToListAsync(cancellationToken);

    /// <summary>The chain in force about a device and hazard, or null.</summary>
    public async Task<AlertChain?> ChainInForceAsync(string source, string hazard, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return await database.Chains
            .Where(row => row.Source == source && row.Hazard == hazard && row.CancelledAt == null && row.Expires > now)
            .OrderByDescending(row => row.AlertId)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <param name="trigger">The rule whose transition or approval made the steps.</param>
    /// <param name="officer">Token subject of who approved, or null where a rule decided.</param>
    /// <returns>The alert id of the chain that residents see afterwards, or null.</returns>
    public async Task<string?> DoAsync(
        Town town, AlertChain? chain, RuleState trigger, IEnumerable<IncidentStep> steps, string? officer, CancellationToken cancellationToken)
    {
        var alertId = chain?.AlertId;
        foreach (var step in steps)
        {
            switch (step)
            {
                case IncidentStep.Issue issue:
                    alertId = issuer.Issue(town, content.Raised(town, issue.Rule, officer)).AlertId;
                    break;
                case IncidentStep.Update update:
                    await issuer.FollowAsync(town, chain!, CapMsgType.Update, content.Raised(town, update.Rule, officer), cancellationToken);
                    break;
                case IncidentStep.Cancel:
                    await issuer.FollowAsync(town, chain!, CapMsgType.Cancel, content.Cleared(town, chain!, trigger.Transition), cancellationToken);
                    break;
                case IncidentStep.OpenDraft draft:
                    drafts.Open(content.Raised(town, draft.Rule), draft.Rule);
                    break;
                case IncidentStep.WithdrawDraft draft:
                    await drafts.WithdrawAsync(draft.Rule, cancellationToken);
                    break;
            }
        }

        return alertId;
    }
}
