using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Reports;
using SmartCity.Alerts.Safety.Opening;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Drills;

/// <summary>
/// Brings one drill as far as it should be by now. A step and the note that it is done are one transaction in which nobody else
/// writes, so neither a crash nor a second replica does it twice.
/// </summary>
internal sealed class DrillPlay(
    AlertDbContext database, DrillStage stage, ReportReader reports, CommitSignals signals, IOptions<DrillOptions> options, TimeProvider clock, ILogger<DrillPlay> log)
{
    private const string Actual = nameof(CapStatus.Actual);

    private int _written;

    public async Task AdvanceAsync(Town town, string id, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var drill = await database.Set<Drill>().Include(row => row.Steps).SingleAsync(row => row.Id == id, cancellationToken);
        if (drill.State == DrillState.Approved && drill.StartsAt <= clock.GetUtcNow())
        {
            await BeginAsync(town, drill, cancellationToken);
        }

        if (drill.State == DrillState.Running)
        {
            await GoOnAsync(town, drill, cancellationToken);
        }

        if (drill is { State: DrillState.Ended or DrillState.Stopped, Report: null, StartedAt: not null } && await IsSettledAsync(drill, cancellationToken))
        {
            await SaveAsync(cancellationToken);
            var report = await reports.OfDrillAsync(town, drill, cancellationToken);
            drill.Report = JsonSerializer.Serialize(report, CityJson.Options);
            drill.ReportedAt = report.AsOf;
            log.ReportKept(town.Code, drill.Id);
        }

        await SaveAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (_written > 0)
        {
            signals.Committed();
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken) => _written += await database.SaveChangesAsync(cancellationToken);

    private async Task BeginAsync(Town town, Drill drill, CancellationToken cancellationToken)
    {
        drill.State = DrillState.Running;
        drill.StartedAt = drill.StartsAt;
        log.DrillBegan(town.Code, drill.Id);
        if (drill.StopOnActual && await GraveAlertAsync(cancellationToken) is { } alert)
        {
            await stage.EndAsync(town, drill, DrillEnd.ActualAlert, officer: null, alert, cancellationToken);
        }
    }

    private async Task GoOnAsync(Town town, Drill drill, CancellationToken cancellationToken)
    {
        if (drill.StopOnActual && await ArrivedAsync(drill.StartedAt!.Value, cancellationToken) is { } alert)
        {
            await stage.EndAsync(town, drill, DrillEnd.ActualAlert, officer: null, alert, cancellationToken);
            return;
        }

        foreach (var (step, verdict) in DrillScript.Due(drill, clock.GetUtcNow(), options.Value.LatestSeconds))
        {
            var late = (clock.GetUtcNow() - drill.StartedAt!.Value).TotalSeconds - step.AfterSeconds;
            if (verdict is not null)
            {
                stage.Skip(drill, step, verdict, late);
            }
            else if (step.Level is null)
            {
                await stage.CancelAsync(town, drill, step, cancellationToken);
            }
            else
            {
                await stage.AnnounceAsync(town, drill, step, cancellationToken);
            }
        }

        // Without an all-clear in the script, the alert's own end is the drill's; until then it can be stopped.
        if (drill.Steps.TrueForAll(step => step.State != DrillStepState.Waiting) && await IsOverAsync(drill, cancellationToken))
        {
            await stage.EndAsync(town, drill, DrillEnd.Script, officer: null, reason: null, cancellationToken);
        }
    }

    private async Task<bool> IsOverAsync(Drill drill, CancellationToken cancellationToken)
    {
        await SaveAsync(cancellationToken);
        return await stage.ChainAsync(drill, cancellationToken) is null;
    }

    // Chains in force are few, and each names its newest message.
    private Task<string?> ArrivedAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return database.Chains.AsNoTracking().Where(chain => chain.Status == Actual && chain.CancelledAt == null && chain.Expires > now)
            .Where(chain => database.StreamEvents.Any(told => told.MessageId == chain.NewestMessageId && told.IssuedAt >= since))
            .OrderBy(chain => chain.AlertId).Select(chain => (string?)chain.AlertId).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<string?> GraveAlertAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var newest = await database.Chains.AsNoTracking().Where(chain => chain.Status == Actual && chain.CancelledAt == null && chain.Expires > now)
            .Join(database.Messages, chain => chain.NewestMessageId, message => message.Id, (_, message) => message).ToListAsync(cancellationToken);
        return newest.Find(message => SafetyDoor.IsGrave(message.ToView(cancelledAt: null)))?.AlertId;
    }

    private async Task<bool> IsSettledAsync(Drill drill, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() >= drill.EndedAt!.Value.AddSeconds(options.Value.ReportAfterSeconds))
        {
            return true;
        }

        var chains = database.Chains.Where(chain => chain.Source == drill.Source).Select(chain => chain.AlertId);
        var messages = await database.Messages.CountAsync(message => chains.Contains(message.AlertId), cancellationToken);
        var plans = await database.Set<PlanEntry>().AsNoTracking().Where(plan => chains.Contains(plan.AlertId)).Select(plan => new { plan.Sequence, plan.PlannedAt }).ToListAsync(cancellationToken);
        var sequences = plans.Select(plan => plan.Sequence).ToList();
        return plans.Count == messages && plans.TrueForAll(plan => plan.PlannedAt is not null)
            && !await database.Set<LedgerEntry>().AnyAsync(row => sequences.Contains(row.Sequence) && row.NextAt != null, cancellationToken);
    }
}
