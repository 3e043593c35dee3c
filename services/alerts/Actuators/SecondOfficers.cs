using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Drills;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Actuators;

/// <summary>Who, beside the one who wrote it, stands for an alert: the second person of a command that it causes.</summary>
internal sealed class SecondOfficers(AlertDbContext database)
{
    // The approval and its message are one transaction; a message's time is of whole seconds.
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether two officers said that this message of an exercise is to be heard: by a draft of its level or a higher one, or by a drill
    /// of which it is a step. What ends it is heard wherever it was begun.
    /// </summary>
    public async Task<bool> AgreedToSirensAsync(PlanEntry plan, AlertView view, CancellationToken cancellationToken)
    {
        var isEnd = plan.MsgType == nameof(CapMsgType.Cancel);
        return await Drafts(plan).AnyAsync(draft => draft.Sirens && draft.CreatedBy != null && (isEnd || draft.Level >= view.Level), cancellationToken)
            || await Drills(plan).AnyAsync(drill => drill.Sirens, cancellationToken);
    }

    /// <returns>The officer who approved this very message, where another one wrote it; else null.</returns>
    public async Task<string?> ApproverOfAsync(PlanEntry plan, AlertMessage message, AlertView view, CancellationToken cancellationToken)
    {
        if (message.IssuedBy is not { } officer)
        {
            return null;
        }

        var latest = message.Sent + Together;
        var isDraft = plan.MsgType != nameof(CapMsgType.Cancel) && await Drafts(plan)
            .AnyAsync(draft => draft.DecidedBy == officer && draft.Level == view.Level && draft.DecidedAt >= message.Sent && draft.DecidedAt < latest, cancellationToken);
        return isDraft || await Drills(plan).AnyAsync(drill => drill.DecidedBy == officer, cancellationToken) ? officer : null;
    }

    private IQueryable<Draft> Drafts(PlanEntry plan) => database.Drafts.IgnoreQueryFilters().AsNoTracking().Where(draft =>
        draft.AlertId == plan.AlertId && draft.Municipality == plan.Municipality && draft.Status == DraftStatus.Approved
        && draft.DecidedBy != null && (draft.CreatedBy == null || draft.CreatedBy != draft.DecidedBy));

    // Of which the message is a step or the end: what somebody adds by hand is no part of what two agreed to.
    private IQueryable<Drill> Drills(PlanEntry plan)
    {
        var isEnd = plan.MsgType == nameof(CapMsgType.Cancel);
        return database.Set<Drill>().IgnoreQueryFilters().AsNoTracking().Where(drill =>
            drill.Municipality == plan.Municipality && drill.DecidedBy != null && drill.DecidedBy != drill.PlannedBy
            && database.Chains.IgnoreQueryFilters().Any(chain => chain.AlertId == plan.AlertId && chain.Municipality == plan.Municipality && chain.Source == "drill:" + drill.Id)
            && (isEnd || database.Set<DrillStep>().IgnoreQueryFilters().Any(step => step.DrillId == drill.Id && step.MessageId == plan.MessageId)));
    }
}
