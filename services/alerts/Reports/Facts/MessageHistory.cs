using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Drills;
using SmartCity.Alerts.Import;
using SmartCity.Alerts.Jma.Importing;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Reports.Facts;

/// <summary>How each message came to be: when, by what and by whom.</summary>
internal sealed class MessageHistory(AlertDbContext database)
{
    // A draft is decided in the transaction that issues its message; only the clock is read twice.
    private static readonly TimeSpan SameDecision = TimeSpan.FromSeconds(5);

    /// <param name="messages">In the order in which they were issued.</param>
    public async Task<IReadOnlyList<(MessageReport Report, long? Plan)>> ReadAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(message => message.Id).ToList();
        var alerts = messages.Select(message => message.AlertId).Distinct(StringComparer.Ordinal).ToList();
        var plans = await database.Set<PlanEntry>().AsNoTracking().Where(row => ids.Contains(row.MessageId)).ToDictionaryAsync(row => row.MessageId, StringComparer.Ordinal, cancellationToken);
        var streams = await database.StreamEvents.AsNoTracking().Where(row => ids.Contains(row.MessageId)).ToDictionaryAsync(row => row.MessageId, StringComparer.Ordinal, cancellationToken);
        var drafts = await database.Drafts.AsNoTracking()
            .Where(row => row.AlertId != null && alerts.Contains(row.AlertId) && row.Status == DraftStatus.Approved).OrderBy(row => row.DecidedAt).ToListAsync(cancellationToken);
        var subjects = ids.Concat(drafts.Select(draft => draft.Id)).ToList();
        var traces = await database.Set<AlertTrace>().AsNoTracking().Where(row => subjects.Contains(row.SubjectId)).ToDictionaryAsync(row => row.SubjectId, StringComparer.Ordinal, cancellationToken);
        var bulletins = (await database.Set<BulletinRow>().AsNoTracking().Where(row => row.MessageId != null && ids.Contains(row.MessageId)).ToListAsync(cancellationToken))
            .ToLookup(row => row.MessageId!, StringComparer.Ordinal);
        var foreign = await database.Set<ForeignMessage>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);
        var drills = await DrillsAsync(ids, cancellationToken);
        var bare = messages.Select(message =>
        {
            var plan = plans.GetValueOrDefault(message.Id);
            var stream = streams.GetValueOrDefault(message.Id);
            var view = message.ToView(cancelledAt: null);
            return (Message: message, View: view, Plan: plan, Report: Bare(message, view, plan?.IssuedAt ?? stream?.IssuedAt ?? message.Sent, plan?.PlannedAt, stream?.OpenPages));
        }).ToList();
        var decided = DecisionsOf(drafts, [.. bare.Select(one => (one.Message, one.Report))]);
        return [.. bare.Select(one =>
        {
            var (message, view, plan, report) = one;
            report = bulletins[message.Id].FirstOrDefault() is { } bulletin ? FromBulletin(report, bulletin)
                : foreign.GetValueOrDefault(message.Id) is { } import ? report with { Source = "cap", DetectedAt = import.Sent, ReachedAt = import.ImportedAt }
                : drills.GetValueOrDefault(message.Id) is { } drill ? FromDrill(report, drill)
                : FromHere(report, message, view, decided.GetValueOrDefault(message.Id), traces);
            return (report, plan?.Sequence);
        })];
    }

    private async Task<Dictionary<string, Drill>> DrillsAsync(List<string> ids, CancellationToken cancellationToken)
    {
        var rows = await database.Set<DrillStep>().AsNoTracking().Where(step => step.MessageId != null && ids.Contains(step.MessageId))
            .Join(database.Set<Drill>(), step => step.DrillId, drill => drill.Id, (step, drill) => new { step.MessageId, Drill = drill }).ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.MessageId!, row => row.Drill, StringComparer.Ordinal);
    }

    private static MessageReport Bare(AlertMessage message, AlertView view, DateTimeOffset issuedAt, DateTimeOffset? plannedAt, int? openPages)
    {
        var headline = new LocalizedText();
        foreach (var info in view.Info)
        {
            headline[info.Language] = info.Headline;
        }

        return new MessageReport(
            message.Id, message.AlertId, view.Status, message.MsgType, view.Level, view.Hazard, headline, "person", null, null, null, null, null, null, null, issuedAt, plannedAt, openPages, []);
    }

    private static MessageReport FromBulletin(MessageReport report, BulletinRow bulletin)
    {
        report = report with { Source = "bulletin", DetectedAt = bulletin.ReportedAt, ReachedAt = bulletin.ReceivedAt };
        return bulletin.DecidedBy is null ? report : Waited(report, bulletin.ReceivedAt, null, report.IssuedAt, bulletin.DecidedBy);
    }

    private static MessageReport FromDrill(MessageReport report, Drill drill) => report with
    {
        Source = "drill",
        DraftedAt = drill.PlannedAt,
        DraftedBy = drill.PlannedBy,
        ApprovedAt = drill.DecidedAt,
        ApprovedBy = drill.DecidedBy,
    };

    private static MessageReport FromHere(MessageReport report, AlertMessage message, AlertView view, Draft? draft, Dictionary<string, AlertTrace> traces)
    {
        if ((traces.GetValueOrDefault(message.Id) ?? (draft is null ? null : traces.GetValueOrDefault(draft.Id))) is { } trace)
        {
            report = report with { Source = "reading", DetectedAt = trace.HappenedAt, ReachedAt = trace.ReachedAt };
        }
        else if (view.DeviceId is not null && message.IssuedBy is null)
        {
            // From before the times of readings were kept.
            report = report with { Source = "reading" };
        }

        return draft is not null ? Waited(report, draft.CreatedAt, draft.CreatedBy, draft.DecidedAt, draft.DecidedBy)
            : message.IssuedBy is null ? report : report with { ApprovedAt = report.IssuedAt, ApprovedBy = message.IssuedBy };
    }

    private static MessageReport Waited(MessageReport report, DateTimeOffset since, string? by, DateTimeOffset? until, string? officer) => report with
    {
        DraftedAt = since,
        DraftedBy = by,
        ApprovedAt = until,
        ApprovedBy = officer,
        ApprovalWaitSeconds = until is { } decided ? Math.Max(0, (decided - since).TotalSeconds) : null,
    };

    // Each draft makes one message at most: the nearest of its officer and level, since one may do more within seconds.
    private static Dictionary<string, Draft> DecisionsOf(List<Draft> drafts, IReadOnlyList<(AlertMessage Message, MessageReport Report)> messages)
    {
        var decided = new Dictionary<string, Draft>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            var made = messages
                .Where(one => one.Message.IssuedBy == draft.DecidedBy && one.Message.MsgType != nameof(CapMsgType.Cancel) && one.Report.AlertId == draft.AlertId && one.Report.Level == draft.Level)
                .Select(one => (one.Message.Id, Distance: (draft.DecidedAt!.Value - one.Report.IssuedAt).Duration()))
                .Where(one => one.Distance <= SameDecision && !decided.ContainsKey(one.Id))
                .OrderBy(one => one.Distance).Select(one => one.Id).FirstOrDefault();
            if (made is not null)
            {
                decided[made] = draft;
            }
        }

        return decided;
    }
}
