using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Issuing;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Import;

/// <summary>
/// Takes messages of other authorities for a town: each once, in whatever order they come, with chain, message, stream event and
/// outgoing event in one transaction. What must not be public is stored and shown to nobody.
/// </summary>
public sealed class ForeignAlertDesk(
    AlertDbContext database, ForeignLedger ledger, ForeignChains chains, CommitSignals signals, TimeProvider clock, ILogger<ForeignAlertDesk> log)
{
    /// <summary>
    /// Takes one message. Inside a write transaction of the caller's (<see cref="ServiceDefaults.Data.CityDbContext.BeginWriteAsync"/>)
    /// it is part of that; else it has its own. The scope's town must be <paramref name="town"/>.
    /// </summary>
    public async Task<ForeignResult> ImportAsync(Town town, ForeignAlert foreign, CancellationToken cancellationToken)
    {
        if (database.Database.CurrentTransaction is not null)
        {
            return await TakeAsync(town, foreign, cancellationToken);
        }

        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var result = await TakeAsync(town, foreign, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signals.Committed();
        return result;
    }

    private async Task<ForeignResult> TakeAsync(Town town, ForeignAlert foreign, CancellationToken cancellationToken)
    {
        var alert = foreign.Alert;
        if (await KnownAsync(alert, cancellationToken) is { } known)
        {
            return known;
        }

        // The town's own words, and its levels with them, come from its officers alone, two of them where its policy says so.
        if (alert.Sender == AlertComposer.SenderOf(town))
        {
            return new ForeignResult(ForeignOutcome.NotIssuedHere, "", null, foreign.Notices);
        }

        var id = AlertIdentifier.New(town.Code, CapTime.WholeSeconds(clock.GetUtcNow()));
        var notices = new CapNotices();
        var outcome = ForeignOutcome.Kept;
        AlertView? view = null;
        if (IsForThePublic(alert, notices))
        {
            (outcome, view) = await chains.PlaceAsync(town, foreign, id, notices, cancellationToken);
            if (alert.MsgType is CapMsgType.Update or CapMsgType.Cancel)
            {
                ledger.AddReferences(town, alert, id);
            }
        }

        IReadOnlyList<Notice> all = [.. foreign.Notices, .. notices.All];
        database.Add(new ForeignMessage
        {
            Municipality = town.Code,
            Sender = alert.Sender,
            Identifier = alert.Identifier,
            Sent = alert.Sent,
            Id = id,
            AlertId = view?.AlertId,
            Status = alert.Status.ToString(),
            MsgType = alert.MsgType.ToString(),
            Scope = alert.Scope.ToString(),
            Outcome = outcome,
            CapXml = foreign.CapXml ?? CapWriter.Write(alert),
            FactsHash = ForeignLedger.HashOf(alert),
            Notices = all,
            ImportedBy = foreign.ImportedBy,
            ImportedAt = clock.GetUtcNow(),
        });
        await database.SaveChangesAsync(cancellationToken);
        log.ForeignTaken(town.Code, alert.Sender, alert.Identifier, outcome, id, foreign.ImportedBy);
        return new ForeignResult(outcome, id, view, all);
    }

    private async Task<ForeignResult?> KnownAsync(CapAlert alert, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(alert, cancellationToken) is { } before)
        {
            var view = before.AlertId is null ? null : await ViewAsync(before.Id, cancellationToken);
            return before.FactsHash == ForeignLedger.HashOf(alert)
                ? new ForeignResult(before.Outcome, before.Id, view, before.Notices) { IsRepeated = true }
                : new ForeignResult(ForeignOutcome.Conflicting, before.Id, view, []);
        }

        if (await ledger.FindOwnAsync(alert, cancellationToken) is { } own)
        {
            var view = JsonSerializer.Deserialize<AlertView>(own.AlertView, CityJson.Options)!;
            return Cap.Xml.CapReader.Read(own.CapXml, clock.GetUtcNow()).Alert is { } written && ForeignLedger.HashOf(written) == ForeignLedger.HashOf(alert)
                ? new ForeignResult(OutcomeOf(alert.MsgType), own.Id, view, []) { IsRepeated = true }
                : new ForeignResult(ForeignOutcome.Conflicting, own.Id, view, []);
        }

        return null;
    }

    private async Task<AlertView?> ViewAsync(string id, CancellationToken cancellationToken)
        => await database.Messages.FindAsync([id], cancellationToken) is { } message ? JsonSerializer.Deserialize<AlertView>(message.AlertView, CityJson.Options) : null;

    private static ForeignOutcome OutcomeOf(CapMsgType msgType) => msgType switch
    {
        CapMsgType.Update => ForeignOutcome.Updated,
        CapMsgType.Cancel => ForeignOutcome.Cancelled,
        _ => ForeignOutcome.Issued,
    };

    private static bool IsForThePublic(CapAlert alert, CapNotices notices)
    {
        var why = alert switch
        {
            { Scope: not CapScope.Public } => ("scope", $"Its scope is {alert.Scope}"),
            { Status: CapStatus.Draft or CapStatus.System } => ("status", $"Its status is {alert.Status}"),
            { MsgType: CapMsgType.Ack or CapMsgType.Error } => ("msgType", $"{alert.MsgType} is between systems"),
            { MsgType: not CapMsgType.Cancel, Info.Count: 0 } => ("info", "It has no info block"),
            _ => default,
        };
        if (why.Item1 is not null)
        {
            notices.Inform("not-public", why.Item1, null, $"{why.Item2}: the message is stored and shown to nobody.");
        }

        return why.Item1 is null;
    }
}
