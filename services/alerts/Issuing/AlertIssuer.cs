using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Streaming;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Messaging;

namespace SmartCity.Alerts.Issuing;

/// <summary>
/// Adds one CAP message with everything that must be committed with it: chain, stream event, outbox event. The caller
/// has a write transaction and saves.
/// </summary>
public sealed class AlertIssuer(AlertDbContext database, AlertComposer composer, AlertMetrics metrics, AlertFeeds feeds, TimeProvider clock)
{
    public AlertView Issue(Town town, AlertContent content)
    {
        content = composer.Finished(content);
        var sent = CapTime.WholeSeconds(clock.GetUtcNow());
        var id = AlertIdentifier.New(town.Code, sent);
        database.Chains.Add(new AlertChain
        {
            AlertId = id,
            Municipality = town.Code,
            Source = content.Source,
            Hazard = content.Hazard,
            Level = content.Level,
            Status = content.Status.ToString(),
            NewestMessageId = id,
            Expires = content.Expires,
        });
        return Add(town, AlertComposer.ToView(town, CapMsgType.Alert, id, id, sent, content), [], content);
    }

    /// <param name="chain">In force.</param>
    /// <param name="msgType">Update or Cancel.</param>
    public async Task<AlertView> FollowAsync(Town town, AlertChain chain, CapMsgType msgType, AlertContent content, CancellationToken cancellationToken)
    {
        var sent = CapTime.WholeSeconds(clock.GetUtcNow());
        // CAP 1.2 section 3.2.1: a receiver may have missed some, so every earlier message that has not expired is named.
        var references = await database.Messages
            .Where(message => message.AlertId == chain.AlertId && message.Expires > sent)
            .OrderBy(message => message.Sent).ThenBy(message => message.Id)
            .Select(message => new CapReference(message.Sender, message.Identifier ?? message.Id, message.Sent))
            .ToListAsync(cancellationToken);
        content = composer.Finished(content with { Status = Enum.Parse<CapStatus>(chain.Status) });
        var view = AlertComposer.ToView(town, msgType, AlertIdentifier.New(town.Code, sent), chain.AlertId, sent, content);
        chain.Level = content.Level;
        chain.NewestMessageId = view.Id;
        chain.Expires = content.Expires;
        chain.CancelledAt = view.CancelledAt;
        return Add(town, view, references, content);
    }

    /// <summary>Adds a message as it stands, of whoever it is.</summary>
    /// <param name="isAnnounced">False: it is only recorded; no stream, no event and so no delivery tells of it.</param>
    public void Record(AlertMessage message, AlertView view, bool isAnnounced = true)
    {
        database.Messages.Add(message);
        if (!isAnnounced)
        {
            return;
        }

        Announce(view, message.Id);
        if (!database.IsRehearsal)
        {
            metrics.MessageIssued(view);
        }
    }

    /// <summary>Tells streams and other services what an alert is now.</summary>
    /// <param name="messageId">The message that made it so; told of once.</param>
    public void Announce(AlertView view, string messageId)
    {
        database.StreamEvents.Add(new StreamEvent
        {
            Municipality = view.Municipality,
            MessageId = messageId,
            AlertId = view.AlertId,
            MsgType = view.MsgType,
            Expires = view.Expires,
            IssuedAt = clock.GetUtcNow(),
            OpenPages = feeds.OpenPagesOf(view.Municipality),
            // Every open page gets this at once: what loudspeakers say they fetch with the alert.
            Payload = JsonSerializer.Serialize(view with { Info = [.. view.Info.Select(info => info with { Spoken = null })] }, CityJson.Options),
        });
        // The message's identifier names the event too, so that a receiver's inbox knows a repetition.
        var changed = new AlertChanged { EventId = messageId, Municipality = view.Municipality, Alert = view };
        database.Outbox.Add(OutboxEvent.Of(TopicOf(view.MsgType), changed.EventId, changed, clock.GetUtcNow()));
    }

    private AlertView Add(Town town, AlertView view, IReadOnlyList<CapReference> references, AlertContent content)
    {
        var cap = composer.ToCap(town, view, references, content);
        Record(new AlertMessage
        {
            Id = view.Id,
            AlertId = view.AlertId,
            Municipality = view.Municipality,
            Sender = cap.Sender,
            MsgType = view.MsgType,
            Sent = view.Sent,
            Expires = view.Expires,
            AlertView = JsonSerializer.Serialize(view, CityJson.Options),
            CapXml = CapWriter.Write(cap),
            IssuedBy = content.IssuedBy,
            Reason = content.Reason,
        }, view);
        return view;
    }

    private static string TopicOf(string msgType) => msgType switch
    {
        nameof(CapMsgType.Update) => Topics.AlertUpdated,
        nameof(CapMsgType.Cancel) => Topics.AlertCancelled,
        _ => Topics.AlertIssued,
    };
}
