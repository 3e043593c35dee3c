using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Import;
using SmartCity.Alerts.Jma.Kinds;
using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Jma.Importing;

/// <summary>
/// Takes a bulletin for one town: what it means there, what becomes of it, the message and the row about it, in one transaction.
/// The same bulletin again changes nothing. The scope's town must be set.
/// </summary>
public sealed class JmaDesk(
    AlertDbContext database, ForeignAlertDesk foreign, JmaCapMapper mapper, CommitSignals signals, TimeProvider clock, ILogger<JmaDesk> log)
{
    /// <summary>An office that has once used the newer form of warnings does not go back to the old one, and no alert lasts longer.</summary>
    private static readonly TimeSpan FormsLast = TimeSpan.FromDays(31);

    /// <param name="content">The XML, kept while it waits for an officer.</param>
    /// <param name="from">Token subject of who hands it in, or <c>feed</c>.</param>
    public async Task<BulletinAnswer> TakeAsync(Town town, JmaReading reading, byte[] content, string from, CancellationToken cancellationToken)
    {
        var report = reading.Report!;
        var bulletin = TownBulletin.Of(town, report);
        var id = JmaIdentity.IdentifierOf(report);
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var chain = await ChainAsync(JmaIdentity.ChainOf(report), report.ReportedAt, cancellationToken);
        if (await database.Set<BulletinRow>().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known)
        {
            return Answer(known, bulletin, chain.Exists(row => row.Id != id), reading.Notices, isRepeated: true);
        }

        var now = clock.GetUtcNow();
        var alert = await AlertInForceAsync(chain, now, cancellationToken);
        var decision = BulletinDecision.Of(bulletin, chain, await BetterSayersAsync(report, cancellationToken), alert?.AlertId, now);
        var row = RowOf(town, report, id, decision, bulletin.Expires, now, from);
        row.Content = decision.Outcome == BulletinOutcome.Waiting ? content : null;
        database.Set<BulletinRow>().Add(row);
        BulletinLine.Withdraw(chain, report, decision);
        var notices = decision.Outcome == BulletinOutcome.Published
            ? await PublishAsync(row, bulletin, chain, alert, reading.Notices, from, cancellationToken)
            : reading.Notices;
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Committed();
        log.BulletinTaken(town.Code, id, row.Outcome, row.Explanation);
        return Answer(row, bulletin, chain.Count > 0, notices, isRepeated: false);
    }

    /// <summary>Goes the whole way and takes it back, so that the first real bulletin finds everything compiled.</summary>
    internal async Task RehearseAsync(Town town, JmaReading reading, CancellationToken cancellationToken)
    {
        database.IsRehearsal = true;
        var report = reading.Report!;
        var bulletin = TownBulletin.Of(town, report);
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var chain = await ChainAsync(JmaIdentity.ChainOf(report), report.ReportedAt, cancellationToken);
        var decision = BulletinDecision.Of(bulletin, chain, await BetterSayersAsync(report, cancellationToken), inForce: null, clock.GetUtcNow());
        var row = RowOf(town, report, JmaIdentity.IdentifierOf(report), decision, bulletin.Expires, clock.GetUtcNow(), "rehearsal");
        database.Set<BulletinRow>().Add(row);
        await PublishAsync(row, bulletin, chain, alert: null, [], "rehearsal", cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        Answer(row, bulletin, hasEarlier: false, [], isRepeated: false);
        await transaction.RollbackAsync(cancellationToken);
    }

    /// <summary>Publishes what waits, as an officer says. The caller has the transaction, and saves.</summary>
    internal async Task<BulletinAnswer> PublishWaitingAsync(BulletinRow row, TownBulletin bulletin, string officer, CancellationToken cancellationToken)
    {
        var chain = await ChainAsync(row.Chain, row.ReportedAt, cancellationToken);
        chain.Remove(row);
        var alert = await AlertInForceAsync(chain, clock.GetUtcNow(), cancellationToken);
        row.DecidedBy = officer;
        row.Content = null;
        if (alert is not null && BulletinLine.Told(chain, alert.AlertId) is { } told && JmaKinds.SaysBetter(told.Kind, row.Kind))
        {
            row.Outcome = BulletinOutcome.SaidAlready;
            row.Explanation = $"A bulletin of the kind {told.Kind} says the same and more, and is in force. Nothing was published.";
            return Answer(row, bulletin, hasEarlier: true, [], isRepeated: false);
        }

        row.Outcome = BulletinOutcome.Published;
        row.Explanation = "Residents were told, as an officer said.";
        var notices = await PublishAsync(row, bulletin, chain, alert, [], officer, cancellationToken);
        return Answer(row, bulletin, chain.Count > 0, notices, isRepeated: false);
    }

    private async Task<IReadOnlyList<Notice>> PublishAsync(
        BulletinRow row, TownBulletin bulletin, List<BulletinRow> chain, AlertChain? alert, IReadOnlyList<Notice> notices, string from, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // CAP 1.2, section 3.2.1: every message of the alert that has not expired, since a receiver may have missed some.
        var earlier = alert is null ? [] : chain
            .Where(other => other.AlertId == alert.AlertId && other.Outcome == BulletinOutcome.Published && other.Expires > now)
            .OrderBy(other => other.SentAt)
            .Select(other => new CapReference(JmaIdentity.Sender, other.Id, CapTime.WholeSeconds(other.SentAt)))
            .ToList();
        var result = await foreign.ImportAsync(
            bulletin.Town,
            new ForeignAlert
            {
                Alert = mapper.Map(bulletin, earlier),
                ImportedBy = from,
                Origin = "JMA",
                Hazard = bulletin.Ends && alert is not null ? alert.Hazard : bulletin.Hazard,
                Level = bulletin.Ends ? alert?.Level : bulletin.Level,
                Words = mapper.View(bulletin),
                Notices = notices,
                IsNewest = !chain.Exists(other => other.Replaces(bulletin.Report)),
            },
            cancellationToken);
        row.MessageId = result.Id;
        row.AlertId = result.View?.AlertId ?? alert?.AlertId;
        (row.Outcome, row.Explanation) = result.Outcome switch
        {
            ForeignOutcome.Issued or ForeignOutcome.Updated or ForeignOutcome.Cancelled => (row.Outcome, row.Explanation),
            ForeignOutcome.Superseded => (BulletinOutcome.Superseded, "A message that replaces it came first."),
            ForeignOutcome.Expired => (BulletinOutcome.Expired, "It was over before it came."),
            _ => (BulletinOutcome.Refused, $"Its message was not published ({result.Outcome})."),
        };
        return result.Notices;
    }

    // A river, a volcano or an office has one chain for ever; what is older than any alert's time says nothing any more.
    private Task<List<BulletinRow>> ChainAsync(string chain, DateTimeOffset reportedAt, CancellationToken cancellationToken)
    {
        var since = reportedAt - FormsLast;
        return database.Set<BulletinRow>().Where(row => row.Chain == chain && row.ReportedAt >= since).OrderByDescending(row => row.ReportedAt).ToListAsync(cancellationToken);
    }

    private async Task<AlertChain?> AlertInForceAsync(List<BulletinRow> chain, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var alerts = chain.Where(row => row.Outcome == BulletinOutcome.Published && row.AlertId is not null).Select(row => row.AlertId!).Distinct(StringComparer.Ordinal).ToList();
        var rows = await database.Chains.Where(alert => alerts.Contains(alert.AlertId)).ToListAsync(cancellationToken);
        return rows.Find(alert => alert.IsInForce(now));
    }

    private async Task<IReadOnlyList<string>> BetterSayersAsync(JmaReport report, CancellationToken cancellationToken)
    {
        if (report.Kind.SaidBetterBy.Count == 0)
        {
            return [];
        }

        var kinds = report.Kind.SaidBetterBy;
        var rows = database.Set<BulletinRow>().AsNoTracking().Where(row => kinds.Contains(row.Kind) && row.Status == report.Status);
        var since = report.ReportedAt - FormsLast;
        rows = report.Kind.EventsAreUnique
            ? rows.Where(row => row.EventId == report.EventId && row.Outcome == BulletinOutcome.Published)
            : rows.Where(row => row.ReportedAt >= since && (row.Office == report.EditorialOffice || row.EventId == report.EventId));
        return await rows.Select(row => row.Kind).Distinct().ToListAsync(cancellationToken);
    }

    private BulletinAnswer Answer(BulletinRow row, TownBulletin bulletin, bool hasEarlier, IReadOnlyList<Notice> notices, bool isRepeated)
    {
        var shown = bulletin.Concerns ? bulletin : TownBulletin.Everywhere(bulletin.Town, bulletin.Report);
        var msgType = JmaCapMapper.MsgTypeOf(shown, hasEarlier || bulletin.Report.InfoType == JmaInfoType.Corrected);
        return BulletinAnswer.Of(row, shown, msgType.ToString(), mapper.View(shown), notices, isRepeated);
    }

    private static BulletinRow RowOf(
        Town town, JmaReport report, string id, BulletinDecision decision, DateTimeOffset expires, DateTimeOffset now, string from) => new()
        {
            Municipality = town.Code,
            Id = id,
            Kind = report.Kind.Key,
            Title = report.Title,
            HeadTitle = report.HeadTitle,
            EventId = report.EventId,
            Serial = report.Serial,
            InfoType = report.InfoType,
            Status = report.Status,
            Office = report.EditorialOffice,
            Chain = JmaIdentity.ChainOf(report),
            ReportedAt = report.ReportedAt,
            SentAt = CapTime.WholeSeconds(report.SentAt),
            Expires = expires,
            ReceivedAt = now,
            ReceivedFrom = from,
            Concerns = decision.Concerns,
            Outcome = decision.Outcome,
            Explanation = decision.Explanation,
        };
}
