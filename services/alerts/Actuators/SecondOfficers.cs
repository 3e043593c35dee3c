using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Drills;

namespace SmartCity.Alerts.Actuators;

/// <summary>Who, beside the one who wrote it, stands for an alert: the second person of a command that it causes.</summary>
internal sealed class SecondOfficers(AlertDbContext database)
{
    /// <summary>Whether two officers said that an exercise is to be heard: of a draft, or of a drill that runs by itself.</summary>
    public async Task<bool> AgreedToSirensAsync(PlanEntry plan, CancellationToken cancellationToken)
        => await Drafts(plan).AnyAsync(draft => draft.Sirens && draft.CreatedBy != null, cancellationToken)
            || await Drills(plan).AnyAsync(drill => drill.Sirens, cancellationToken);

    /// <returns>The officer who approved what the message says, where another one wrote it; else null.</returns>
    public async Task<string?> ApproverOfAsync(PlanEntry plan, string? issuedBy, CancellationToken cancellationToken)
        => await Drafts(plan).Where(draft => draft.DecidedBy == issuedBy).Select(draft => draft.DecidedBy).FirstOrDefaultAsync(cancellationToken)
            ?? await Drills(plan).Where(drill => drill.DecidedBy == issuedBy).Select(drill => drill.DecidedBy).FirstOrDefaultAsync(cancellationToken);

    private IQueryable<Draft> Drafts(PlanEntry plan) => database.Drafts.IgnoreQueryFilters().AsNoTracking().Where(draft =>
        draft.AlertId == plan.AlertId && draft.Municipality == plan.Municipality && draft.Status == DraftStatus.Approved
        && draft.DecidedBy != null && (draft.CreatedBy == null || draft.CreatedBy != draft.DecidedBy));

    private IQueryable<Drill> Drills(PlanEntry plan) => database.Set<Drill>().IgnoreQueryFilters().AsNoTracking().Where(drill =>
        drill.Municipality == plan.Municipality && drill.DecidedBy != null && drill.DecidedBy != drill.PlannedBy
        && database.Chains.IgnoreQueryFilters().Any(chain => chain.AlertId == plan.AlertId && chain.Municipality == plan.Municipality && chain.Source == "drill:" + drill.Id));
}
