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
/// writes, so neither a crash nor a second replica does it twice. Its report reads much, so it is made while others may write.
/// </summary>
internal sealed class DrillPlay(
    AlertDbContext database, DrillStage stage, ReportReader reports, CommitSignals signals, IOptions<DrillOptions> options, TimeProvider clock, ILogger<DrillPlay> log)
{
    private const string Actual = nameof(CapStatus.Actual);

    private int _written;

    public async Task AdvanceAsync(Town town, string id, CancellationToken cancellationToken)
    {
        var drill = await ActAsync(town, id, cancellationToken);
        if (drill is { State: DrillState.Ended or DrillState.Stopped, Report: null, StartedAt: not null } && await IsSettledAsync(drill, cancellationToken))
        {
            await ReportAsync(town, drill, cancellationToken);
        }
    }

    private async Task<Drill> ActAsync(Town town, string id, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var drill = await database.Set<Drill>().Include(row => row.Steps).SingleAsync(row => row.Id == id, cancellationToken);
        if (drill.State == DrillState.Approved && drill.StartsAt <= clock.GetUtcNow())
        {
            Begin(town, drill);
        }

        if (drill.State == DrillState.Running)
        {
            await GoOnAsync(town, drill, cancellationToken);
        }

        await SaveAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (_written > 0)
        {
            signals.Committed();
        }

        return drill;
    }

    // Another replica may have been faster: the first report is the one that is kept.
    private async Task ReportAsync(Town town, Drill drill, CancellationToken cancellationToken)
    {
        var report = await reports.OfDrillAsync(town, drill, cancellationToken);
        var text = JsonSerializer.Serialize(report, CityJson.Options);
        DateTimeOffset? at = report.AsOf;
        if (await database.Set<Drill>().Where(row => row.Id == drill.Id && row.Report == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Report, text).SetProperty(row => row.ReportedAt, at), cancellationToken) == 1)
        {
            log.ReportKept(town.Code, drill.Id);
        }
    }

    private async Task SaveAsync(CancellationToken cancellationToken) => _written += await database.SaveChangesAsync(cancellationToken);

    private void Begin(Town town, Drill drill)
    {
        drill.State = DrillState.Running;
        drill.StartedAt = drill.StartsAt;
        log.DrillBegan(town.Code, drill.Id);
    }

    private async Task GoOnAsync(Town town, Drill drill, CancellationToken cancellationToken)
    {
        if (drill.StopOnActual && await InTheWayAsync(drill, cancellationToken) is { } alert)
        {
            await stage.EndAsync(town, drill, DrillEnd.ActualAlert, officer: null, alert, cancellationToken);
            return;
        }

        if (await stage.CancelledByHandAsync(drill, cancellationToken) is { } cancel)
        {
            await stage.EndAsync(town, drill, DrillEnd.Officer, cancel.IssuedBy, cancel.Reason, cancellationToken);
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

    // However it began: what is grave keeps it from its first step, and what is new stops it later too.
    private async Task<string?> InTheWayAsync(Drill drill, CancellationToken cancellationToken)
        => await ArrivedAsync(drill.StartedAt!.Value, cancellationToken)
            ?? (drill.Steps.TrueForAll(step => step.State == DrillStepState.Waiting) ? await GraveAlertAsync(cancellationToken) : null);

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
