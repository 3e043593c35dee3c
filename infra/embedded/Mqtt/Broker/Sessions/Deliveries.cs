using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Sessions;

/// <summary>Sends messages to clients and follows their acknowledgements (MQTT 5.0, sections 4.3, 4.4 and 4.9). Called under the gate.</summary>
internal sealed class Deliveries(BrokerState state)
{
    private HeldDeliveries? _held;

    /// <summary>Bytes in a connection's output from which on its session's queue holds messages back.</summary>
    public const int HighWaterBytes = 256 * 1024;

    /// <summary>Bytes in a connection's output from which on QoS 0 messages for it are dropped and counted.</summary>
    public const int DropAtMostOnceBytes = 8 * 1024 * 1024;

    public void Deliver(Message message, in Target target)
    {
        var session = target.Session;
        if (target.QualityOfService > 0)
        {
            session.Enqueue(new Delivery
            {
                Message = message,
                QualityOfService = target.QualityOfService,
                Retain = target.Retain,
                Identifiers = target.Identifiers,
                SharedFilter = target.SharedFilter,
                IsStored = target.IsStored,
            });
            Pump(session);
        }
        else if (session.Connection is not { } connection || connection.Output.PendingBytes > DropAtMostOnceBytes)
        {
            state.DroppedAtMostOnce += session.Connection is null ? 0 : 1;
        }
        else
        {
            Send(connection, message, 0, target.Retain, target.Identifiers, 0, duplicate: false);
        }
    }

    /// <summary>Sends what waits while the client and its connection can take it.</summary>
    public void Pump(Session session)
    {
        if (session.ToSendAgain is not null)
        {
            SendAgain(session);
        }

        while (session.Waiting.Count > 0 && session.ToSendAgain is null && CanTake(session, out var connection))
        {
            var delivery = session.Waiting.Dequeue();
            if (delivery.Message.HasExpired(state.Now))
            {
                Finish(session, delivery);
                continue;
            }

            session.MarkSent(delivery);
            if (delivery is { QualityOfService: 2, IsStored: true })
            {
                delivery.Stored = state.Store.Sent(session, delivery);
            }

            SendWhenStored(session, connection, delivery, isDuplicate: false);
        }
    }

    /// <summary>
    /// Sends again, in order, what the client had not acknowledged when its connection ended (section 4.4): as much as its
    /// receive maximum allows now, and the rest with its acknowledgements [MQTT-3.3.4-9]. PUBREL is not bound by that.
    /// </summary>
    public void Resume(Session session, Connection connection)
    {
        session.ToSendAgain = null;
        foreach (var delivery in session.Inflight.Values.OrderBy(delivery => delivery.Sequence))
        {
            if (delivery.State == DeliveryState.Released)
            {
                SendWhenStored(session, connection, delivery, isDuplicate: true);
            }
            else
            {
                (session.ToSendAgain ??= new Queue<Delivery>()).Enqueue(delivery);
            }
        }

        Pump(session);
    }

    private void SendAgain(Session session)
    {
        var queue = session.ToSendAgain!;
        while (queue.TryPeek(out var delivery))
        {
            // An acknowledgement for what it got on the connection before may have come first.
            var isOpen = delivery.State == DeliveryState.Sent
                && session.Inflight.TryGetValue(delivery.PacketIdentifier, out var current) && ReferenceEquals(current, delivery);
            if (isOpen && !CanTake(session, out _))
            {
                return;
            }

            queue.Dequeue();
            if (isOpen)
            {
                SendWhenStored(session, session.Connection!, delivery, isDuplicate: true);
            }
        }

        session.ToSendAgain = null;
    }

    private static bool CanTake(Session session, [NotNullWhen(true)] out Connection? connection)
    {
        connection = session.Connection;
        return connection is not null && session.UsedQuota < connection.SendQuota && connection.Output.PendingBytes < HighWaterBytes;
    }

    /// <summary>PUBACK and PUBREC from a client.</summary>
    public void Acknowledged(Session session, AckPacket ack)
    {
        var isKnown = session.Inflight.TryGetValue(ack.PacketIdentifier, out var delivery);
        if (ack.Type == PacketType.PubAck || (isKnown && ack.ReasonCode >= MqttReasonCode.UnspecifiedError))
        {
            if (isKnown && (ack.Type == PacketType.PubAck) == (delivery!.QualityOfService == 1))
            {
                session.Inflight.Remove(ack.PacketIdentifier);
                Finish(session, delivery);
                Pump(session);
            }

            return;
        }

        if (delivery is { QualityOfService: 2 })
        {
            if (delivery.State != DeliveryState.Released)
            {
                delivery.State = DeliveryState.Released;
                if (delivery.IsStored)
                {
                    delivery.Stored = state.Store.Released(session, delivery);
                }
            }

            if (session.Connection is { } connection)
            {
                SendWhenStored(session, connection, delivery, isDuplicate: false);
            }
        }
        else
        {
            session.Connection?.Output.WriteAck(PacketType.PubRel, ack.PacketIdentifier, MqttReasonCode.PacketIdentifierNotFound);
        }
    }

    /// <summary>PUBCOMP from a client.</summary>
    public void Completed(Session session, ushort identifier)
    {
        if (session.Inflight.TryGetValue(identifier, out var delivery) && delivery.State == DeliveryState.Released)
        {
            session.Inflight.Remove(identifier);
            Finish(session, delivery);
            Pump(session);
        }
    }

    private void SendWhenStored(Session session, Connection connection, Delivery delivery, bool isDuplicate)
    {
        if (delivery.Stored is { IsFaulted: true })
        {
            // A snapshot may have it by now; if not, this fails again.
            delivery.Stored = state.Store.FlushAsync();
        }

        var held = new HeldDelivery(delivery.Stored ?? Task.CompletedTask, session, connection, delivery, isDuplicate);
        if (delivery.Stored is null || (held.Stored.IsCompletedSuccessfully && _held is null or { IsEmpty: true }))
        {
            SendNow(in held);
        }
        else
        {
            (_held ??= new HeldDeliveries(state, this)).Add(in held);
        }
    }

    /// <summary>Sends what the journal has; only <see cref="HeldDeliveries"/> calls it from elsewhere.</summary>
    public void SendNow(in HeldDelivery held)
    {
        var (_, session, connection, delivery, isDuplicate) = held;
        delivery.Stored = null;
        if (delivery.State == DeliveryState.Released)
        {
            connection.Output.WriteAck(PacketType.PubRel, delivery.PacketIdentifier);
        }
        else if (!Send(connection, delivery, isDuplicate))
        {
            session.Inflight.Remove(delivery.PacketIdentifier);
            Finish(session, delivery);
        }
    }

    private void Finish(Session session, Delivery delivery)
    {
        session.Forget(delivery);
        if (delivery.IsStored)
        {
            state.Store.Done(session, delivery);
        }
    }

    private bool Send(Connection connection, Delivery delivery, bool duplicate)
        => Send(connection, delivery.Message, delivery.QualityOfService, delivery.Retain, delivery.Identifiers, delivery.PacketIdentifier, duplicate);

    // A packet over the client's maximum is not sent and counts as delivered (section 3.1.2.11.4).
    private bool Send(Connection connection, Message message, byte qualityOfService, bool retain, List<uint>? identifiers, ushort identifier, bool duplicate)
    {
        var isKnown = false;
        var alias = connection.Aliases?.Find(message.Topic.Value, message.Topic.Utf8.Length, out isKnown);
        var frame = new PublishFrame
        {
            Version = connection.Version,
            Duplicate = duplicate,
            QualityOfService = qualityOfService,
            Retain = retain,
            PacketIdentifier = identifier,
            Topic = isKnown ? [] : message.Topic.Utf8,
            TopicAlias = alias,
            Payload = new ReadOnlySequence<byte>(message.Payload),
            Content = message.Content,
            MessageExpiryInterval = message.ExpiresAt == 0 ? null : Math.Max(message.SecondsLeft(state.Now) ?? 1, 1),
            SubscriptionIdentifiers = identifiers,
        };
        if (frame.Size > connection.MaximumPacketBytes)
        {
            return false;
        }

        if (alias is { } set && !isKnown)
        {
            connection.Aliases!.Set(message.Topic.Value, set);
        }

        state.MessagesSent++;
        connection.Output.Write(in frame);
        return true;
    }
}
