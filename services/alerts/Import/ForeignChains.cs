using System.Text.Json;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Incidents;
using SmartCity.Alerts.Issuing;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Import;

/// <summary>Decides which alert a public message begins, continues or ends. The caller has a write transaction and saves.</summary>
public sealed class ForeignChains(
    AlertDbContext database, ForeignLedger ledger, ForeignView views, AlertIssuer issuer, IncidentDesk incidents, TimeProvider clock)
{
    /// <returns>What became of it, and its view where it belongs to an alert.</returns>
    public async Task<(ForeignOutcome Outcome, AlertView? View)> PlaceAsync(
        Town town, ForeignAlert foreign, string id, CapNotices notices, CancellationToken cancellationToken)
    {
        var alert = foreign.Alert;
        var found = alert.MsgType == CapMsgType.Alert ? [] : await ledger.ChainsAsync(alert, cancellationToken);
        if (await ledger.SupersederAsync(alert, cancellationToken) is { } later)
        {
            notices.Inform("superseded", "references", null, $"{later.Identifier}, which replaces or ends this message, was here before it: it is recorded and shown to nobody as in force.");
            return (ForeignOutcome.Superseded, await RecordLateAsync(town, foreign, id, later, found, cancellationToken));
        }

        var open = found.Where(chain => chain.IsInForce(clock.GetUtcNow())).ToList();
        foreach (var chain in found)
        {
            var newest = await ledger.NewestAsync(chain, cancellationToken);
            if (!foreign.IsNewest && newest.Sender == alert.Sender && newest.Sent > alert.Sent)
            {
                notices.Inform("superseded", "sent", CapTime.Format(alert.Sent), $"A message of {CapTime.Format(newest.Sent)} is newer: this one is recorded and changes nothing.");
                var late = views.Of(town, foreign, id, chain.AlertId, newest.ToView(cancelledAt: null));
                issuer.Record(MessageOf(foreign, late), late, isAnnounced: false);
                return (ForeignOutcome.Superseded, late);
            }
        }

        return alert.MsgType switch
        {
            CapMsgType.Cancel when open.Count == 0 => (ForeignOutcome.Kept, KeepCancel(found, notices)),
            CapMsgType.Alert => Begin(town, foreign, id),
            CapMsgType.Update when open.Count == 0 => BeginWithUpdate(town, foreign, id, found, notices),
            _ => await FollowAsync(town, foreign, id, open, cancellationToken),
        };
    }

    private static AlertView? KeepCancel(IReadOnlyList<AlertChain> found, CapNotices notices)
    {
        notices.Inform(found.Count == 0 ? "cancel-of-unknown" : "cancel-of-ended", "references", null, found.Count == 0
            ? "None of the messages that it ends is known here. It is stored; if one of them comes, it is not shown."
            : "The alert that it ends is over already.");
        return null;
    }

    private (ForeignOutcome, AlertView?) BeginWithUpdate(Town town, ForeignAlert foreign, string id, IReadOnlyList<AlertChain> found, CapNotices notices)
    {
        notices.Warn(found.Count == 0 ? "update-of-unknown" : "update-of-ended", "references", null, found.Count == 0
            ? "None of the messages that it updates is known here: it begins an alert. If one of them comes later, it is not shown."
            : "The alert that it updates is over: it begins another.");
        return Begin(town, foreign, id);
    }

    private (ForeignOutcome, AlertView?) Begin(Town town, ForeignAlert foreign, string id, DateTimeOffset? cancelledAt = null)
    {
        var view = views.Of(town, foreign, id, id, before: null);
        database.Chains.Add(new AlertChain
        {
            AlertId = id,
            Municipality = town.Code,
            Source = "cap:" + foreign.Alert.Sender,
            Hazard = view.Hazard,
            Level = view.Level,
            Status = view.Status,
            Origin = view.Origin,
            NewestMessageId = id,
            Expires = view.Expires,
            CancelledAt = cancelledAt,
        });
        var isOver = view.Expires <= clock.GetUtcNow();
        issuer.Record(MessageOf(foreign, view), view, isAnnounced: !isOver && cancelledAt is null);
        return (isOver ? ForeignOutcome.Expired : ForeignOutcome.Issued, view);
    }

    /// <summary>An update or cancel may name messages of several alerts: it is then the newest of each.</summary>
    private async Task<(ForeignOutcome, AlertView?)> FollowAsync(
        Town town, ForeignAlert foreign, string id, IReadOnlyList<AlertChain> open, CancellationToken cancellationToken)
    {
        AlertView? first = null;
        foreach (var chain in open)
        {
            var newest = (await ledger.NewestAsync(chain, cancellationToken)).ToView(cancelledAt: null);
            var ownId = first is null ? id : AlertIdentifier.New(town.Code, CapTime.WholeSeconds(clock.GetUtcNow()));
            // What an alert is about stays, whatever a later message calls it: a Cancel finds it again by that.
            var view = views.Of(town, foreign, ownId, chain.AlertId, newest);
            if (first is not null && foreign.Alert.MsgType == CapMsgType.Update)
            {
                // Alerts that became one: the others end, so that nobody sees it twice.
                view = view with { MsgType = nameof(CapMsgType.Cancel), CancelledAt = clock.GetUtcNow(), Expires = views.AllClearUntil(view.Expires, newest) };
            }

            chain.Level = view.Level;
            chain.NewestMessageId = ownId;
            chain.Expires = view.Expires;
            chain.CancelledAt = view.CancelledAt;
            issuer.Record(MessageOf(foreign, view), view);
            if (chain.Origin is null && view.CancelledAt is not null)
            {
                var rules = await incidents.RulesOfAsync(chain.Source, cancellationToken);
                new Incident([.. rules.Where(rule => rule.Hazard == chain.Hazard)], chain.Level).Dismiss();
            }

            first ??= view;
        }

        return (foreign.Alert.MsgType == CapMsgType.Cancel ? ForeignOutcome.Cancelled : ForeignOutcome.Updated, first);
    }

    /// <summary>What came after its replacement ends the alerts that only it ties to that replacement.</summary>
    private async Task<AlertView?> RecordLateAsync(
        Town town, ForeignAlert foreign, string id, ForeignMessage later, IReadOnlyList<AlertChain> found, CancellationToken cancellationToken)
    {
        var stray = found.FirstOrDefault(chain => chain.AlertId != later.AlertId && chain.IsInForce(clock.GetUtcNow()));
        if (stray is not null)
        {
            var before = (await ledger.NewestAsync(stray, cancellationToken)).ToView(cancelledAt: null);
            var view = views.Of(town, foreign, id, stray.AlertId, before);
            var ended = view with { MsgType = nameof(CapMsgType.Cancel), CancelledAt = clock.GetUtcNow(), Expires = views.AllClearUntil(view.Expires, before) };
            stray.CancelledAt = ended.CancelledAt;
            stray.NewestMessageId = id;
            issuer.Record(MessageOf(foreign, ended), ended);
            return ended;
        }

        if (later.AlertId is not { } alertId)
        {
            return Begin(town, foreign, id, cancelledAt: later.Sent).Item2;
        }

        var late = views.Of(town, foreign, id, alertId, before: null);
        issuer.Record(MessageOf(foreign, late), late, isAnnounced: false);
        return late;
    }

    private static AlertMessage MessageOf(ForeignAlert foreign, AlertView view) => new()
    {
        Id = view.Id,
        Identifier = foreign.Alert.Identifier,
        AlertId = view.AlertId,
        Municipality = view.Municipality,
        Sender = foreign.Alert.Sender,
        MsgType = view.MsgType,
        Sent = foreign.Alert.Sent,
        Expires = view.Expires,
        AlertView = JsonSerializer.Serialize(view, CityJson.Options),
        CapXml = foreign.CapXml ?? CapWriter.Write(foreign.Alert),
        IssuedBy = foreign.ImportedBy,
    };
}
