using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>SUBSCRIBE and UNSUBSCRIBE (MQTT 5.0, sections 3.8 to 3.11).</summary>
internal sealed class SubscribeHandler(BrokerCore core, Connection connection)
{
    private readonly AckQueue _acks = new(connection.Output, (exception, _, _) =>
    {
        Log.JournalFailed(core.State.Logger, exception);
        connection.Close(MqttReasonCode.ImplementationSpecificError, "The server could not store the subscription.");
    });

    /// <summary>
    /// Each filter has the gate for itself, so that a packet with many of them does not keep the other clients waiting,
    /// and each counts what those before it have queued.
    /// </summary>
    public void Subscribe(SubscribePacket packet)
    {
        var codes = new byte[packet.Filters.Count];
        var identifiers = packet.Properties?.SubscriptionIdentifiers;
        var stored = Task.CompletedTask;
        var refusal = connection.IsVersion5 ? default(MqttReasonCode?) : MqttReasonCode.UnspecifiedError;
        var most = Math.Min(codes.Length, core.State.Options.MaximumSubscriptionsPerSession);
        for (var index = 0; index < most; index++)
        {
            var filter = packet.Filters[index];
            MqttReasonCode reason;
            lock (core.State.Gate)
            {
                if (!connection.OwnsSession)
                {
                    return;
                }

                reason = Subscribe(filter, identifiers, ref stored);
            }

            codes[index] = (byte)reason;
            if (reason >= MqttReasonCode.UnspecifiedError)
            {
                codes[index] = (byte)(refusal ?? reason);
                Refuse(filter, reason);
            }
        }

        if (most < codes.Length)
        {
            // One packet cannot hold more than a session can: the rest is not looked at.
            codes.AsSpan(most).Fill((byte)(refusal ?? MqttReasonCode.QuotaExceeded));
            Refuse(packet.Filters[most], MqttReasonCode.QuotaExceeded);
        }

        Answer(stored, new SubscriptionAckPacket(PacketType.SubAck, packet.PacketIdentifier, codes));
    }

    public void Unsubscribe(UnsubscribePacket packet)
    {
        var codes = new byte[packet.Filters.Count];
        var stored = Task.CompletedTask;
        lock (core.State.Gate)
        {
            if (!connection.OwnsSession)
            {
                return;
            }

            for (var index = 0; index < codes.Length; index++)
            {
                if (!TopicRules.IsValidFilter(packet.Filters[index]))
                {
                    codes[index] = (byte)MqttReasonCode.TopicFilterInvalid;
                }
                else if (core.Sessions.Unsubscribe(connection.Session!, packet.Filters[index], out var removed))
                {
                    stored = removed;
                }
                else
                {
                    codes[index] = (byte)MqttReasonCode.NoSubscriptionExisted;
                }
            }
        }

        Answer(stored, new SubscriptionAckPacket(PacketType.UnsubAck, packet.PacketIdentifier, codes));
    }

    private void Answer(Task stored, SubscriptionAckPacket ack)
    {
        if (connection.TryFit(ack))
        {
            _acks.Add(stored, ack, ack.PacketIdentifier);
        }
        else
        {
            connection.Close(MqttReasonCode.PacketTooLarge, "The client does not take an answer to as many filters.");
        }
    }

    private void Refuse(MqttTopicFilter filter, MqttReasonCode reason)
        => core.State.Refuse(connection.UserName, connection.ClientId, reason, filter.Topic, "The client may not subscribe to this filter.");

    private MqttReasonCode Subscribe(MqttTopicFilter filter, List<uint>? identifiers, ref Task stored)
    {
        if (!TopicRules.IsValidFilter(filter.Topic) || !TopicLimits.AllowsFilter(filter.Topic))
        {
            return MqttReasonCode.TopicFilterInvalid;
        }

        var session = connection.Session!;
        var subscription = new Subscription(session, filter.Topic)
        {
            QualityOfService = (byte)filter.QualityOfServiceLevel,
            NoLocal = filter.NoLocal,
            RetainAsPublished = filter.RetainAsPublished,
            RetainHandling = filter.RetainHandling,
            Identifiers = identifiers,
        };
        if (subscription is { Group: not null, NoLocal: true })
        {
            throw MqttProtocolException.Protocol("A shared subscription cannot be no-local.");
        }

        if (!core.Authorizer.CanSubscribe(connection.Principal, subscription.TopicFilter))
        {
            return MqttReasonCode.NotAuthorized;
        }

        var isNew = !session.Subscriptions.ContainsKey(filter.Topic);
        if (isNew && session.Subscriptions.Count >= core.State.Options.MaximumSubscriptionsPerSession)
        {
            return MqttReasonCode.QuotaExceeded;
        }

        var messages = Retained(subscription, isNew);
        // What is retained is part of the subscription: without room for it the answer is no, not a part of it.
        if (!HasRoom(session, subscription, messages))
        {
            return MqttReasonCode.QuotaExceeded;
        }

        stored = core.Sessions.Subscribe(session, subscription);
        SendRetained(subscription, messages);
        return (MqttReasonCode)subscription.QualityOfService;
    }

    private List<Message> Retained(Subscription subscription, bool isNew)
        => subscription.Group is null
            && (subscription.RetainHandling == MqttRetainHandling.SendAtSubscribe
                || (isNew && subscription.RetainHandling == MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly))
            ? (subscription.TopicFilter.StartsWith("$SYS", StringComparison.Ordinal) ? core.State.System : core.State.Retained)
                .Matching(subscription.TopicFilter, core.State.Now)
            : [];

    private bool HasRoom(Session session, Subscription subscription, List<Message> messages)
    {
        var queued = messages.Where(message => Math.Min(message.QualityOfService, subscription.QualityOfService) > 0).ToList();
        return queued.Count == 0
            || (session.QueuedMessages + queued.Count <= core.State.Options.MaximumQueuedMessagesPerSession
                && session.QueuedBytes + queued.Sum(message => (long)message.SizeBytes) <= core.State.Options.MaximumQueuedBytesPerSession);
    }

    private void SendRetained(Subscription subscription, List<Message> messages)
    {
        foreach (var message in messages)
        {
            var target = new Target
            {
                Session = subscription.Session,
                QualityOfService = Math.Min(message.QualityOfService, subscription.QualityOfService),
                Retain = true,
                Identifiers = subscription.Identifiers,
            };
            // Of its own in the journal: the retained one may be replaced before this one is delivered.
            var copy = target.QualityOfService > 0 ? message.Copy() : message;
            if (target.IsStored)
            {
                _ = core.State.Store.Enqueued(copy, [target], 1);
            }

            core.Deliveries.Deliver(copy, in target);
        }
    }
}
