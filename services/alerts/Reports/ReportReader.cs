using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Drills;
using SmartCity.Alerts.Reports.Facts;
using SmartCity.Alerts.Reports.Findings;
using SmartCity.Alerts.Reports.Writing;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Reports;

/// <summary>Makes after-action reports out of what the database knows; writes nothing.</summary>
internal sealed class ReportReader(
    AlertDbContext database, MessageHistory history, DeliveryFacts deliveries, TownFacts around, ReportWording wording, TimeProvider clock)
{
    public const string Span = "span";

    /// <summary>Messages of one report; a span with more says that it is cut off.</summary>
    private const int MostMessages = 200;

    /// <summary>The report of a chain, named by any of its messages; null where there is none.</summary>
    public async Task<AfterActionReport?> OfChainAsync(Town town, string id, CancellationToken cancellationToken)
    {
        var message = await database.Messages.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (message is null)
        {
            return null;
        }

        var chain = await database.Chains.AsNoTracking().SingleAsync(row => row.AlertId == message.AlertId, cancellationToken);
        var now = clock.GetJapanNow();
        return await MakeAsync(town, "alert", chain.AlertId, database.Messages.Where(row => row.AlertId == chain.AlertId), from: null,
            to: chain.CancelledAt ?? (chain.Expires <= now ? chain.Expires : null), drill: null, cancellationToken);
    }

    /// <summary>The report of everything that was issued in a time: real things, or with <paramref name="isExercise"/> drills and tests.</summary>
    public Task<AfterActionReport> OfSpanAsync(Town town, DateTimeOffset from, DateTimeOffset to, bool isExercise, CancellationToken cancellationToken)
        => MakeAsync(town, Span, Span, database.Messages.Where(row => row.Sent >= from && row.Sent <= to
            && database.Chains.Any(chain => chain.AlertId == row.AlertId && (chain.Status == nameof(CapStatus.Actual)) != isExercise)), from, to, drill: null, cancellationToken, isExercise);

    public Task<AfterActionReport> OfDrillAsync(Town town, Drill drill, CancellationToken cancellationToken)
    {
        var messages = drill.Steps.Where(step => step.MessageId is not null).Select(step => step.MessageId!).ToList();
        return MakeAsync(town, "drill", drill.Id, database.Messages.Where(row => messages.Contains(row.Id)
            || database.Chains.Any(chain => chain.AlertId == row.AlertId && chain.Source == drill.Source)), drill.StartedAt ?? drill.PlannedAt, drill.EndedAt, drill, cancellationToken);
    }

    /// <summary>A kept report with what was delivered since.</summary>
    public async Task<AfterActionReport> WithLaterAsync(AfterActionReport kept, CancellationToken cancellationToken)
    {
        var (delivered, failed) = await deliveries.SettledAfterAsync([.. kept.Messages.Select(message => message.Id)], kept.AsOf, cancellationToken);
        return kept with { Later = new LaterDeliveries(clock.GetJapanNow(), delivered, failed) };
    }

    private async Task<AfterActionReport> MakeAsync(
        Town town, string kind, string id, IQueryable<AlertMessage> messages, DateTimeOffset? from, DateTimeOffset? to, Drill? drill, CancellationToken cancellationToken, bool? isExercise = null)
    {
        var now = clock.GetJapanNow();
        var rows = await messages.AsNoTracking().OrderBy(row => row.Sent).ThenBy(row => row.Id).Take(MostMessages + 1).ToListAsync(cancellationToken);
        var told = await history.ReadAsync([.. rows.Take(MostMessages)], cancellationToken);
        var reports = new List<MessageReport>(told.Count);
        // CAP's seconds are too coarse for the order of messages of the same second.
        foreach (var (message, plan) in told.OrderBy(one => one.Report.IssuedAt))
        {
            reports.Add(plan is { } sequence ? message with { Channels = await deliveries.OfMessageAsync(sequence, message.IssuedAt, cancellationToken) } : message);
        }

        var begin = JapanTime.From(from ?? reports.Min(message => message.DetectedAt is { } at && at < message.IssuedAt ? at : message.IssuedAt));
        var isDrill = isExercise ?? (drill is not null || reports.TrueForAll(message => message.Status != nameof(CapStatus.Actual)));
        var report = new AfterActionReport
        {
            Id = id,
            Municipality = town.Code,
            Town = town.Name,
            Kind = kind,
            IsExercise = isDrill,
            AsOf = now,
            From = begin,
            To = to is { } end ? JapanTime.From(end) : null,
            Drill = drill is null ? null : await SummaryOfAsync(drill, cancellationToken),
            Messages = reports,
            IsCutOff = rows.Count > MostMessages,
            Channels = deliveries.TotalsOf(reports.SelectMany(message => message.Channels)),
            People = await deliveries.PeopleAsync(told.Where(one => one.Plan is not null).ToDictionary(one => one.Plan!.Value, one => (one.Report.Id, one.Report.Level)), cancellationToken),
            Safety = await around.SafetyAsync(isDrill, begin, to ?? now, now, cancellationToken),
            Shelters = await around.SheltersAsync(begin, to ?? now, cancellationToken),
        };
        return report with
        {
            Summary = wording.Say(ReportFindings.Summarize(report)),
            Improvements = wording.Say(Improvements.Of(report, await around.UntestedChannelsAsync(cancellationToken))),
        };
    }

    private async Task<DrillSummary> SummaryOfAsync(Drill drill, CancellationToken cancellationToken)
    {
        var (drills, all) = await around.SubscriptionsAsync(cancellationToken);
        return new DrillSummary(
            drill.Name, drill.State.ToString(), drill.PlannedBy, drill.PlannedAt, drill.State == DrillState.Rejected ? null : drill.DecidedBy, drill.State == DrillState.Rejected ? null : drill.DecidedAt,
            drill.StartedAt, drill.EndedAt, drill.EndedWhy, drill.EndedBy,
            [.. drill.Steps.Where(step => step.State == DrillStepState.Skipped).OrderBy(step => step.Number).Select(step => new SkippedStep(step.Number, step.Level, step.Why ?? "", step.LateSeconds))],
            drills, all, drill.Sirens);
    }
}
