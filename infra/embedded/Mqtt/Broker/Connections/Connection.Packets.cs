using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>Which packet goes to which handler.</summary>
internal sealed partial class Connection
{
    /// <summary>It reads no more packets and gets no session any more.</summary>
    public bool IsClosing => Volatile.Read(ref _isClosing) != 0;

    /// <summary>
    /// Whether the session is still this connection's: a take-over, a revocation or silence may end that while a packet
    /// waits for the gate, and what comes after must not change it. Asked under the gate.
    /// </summary>
    public bool OwnsSession => Session is { } session && ReferenceEquals(session.Connection, this);

    internal ValueTask HandleAsync(MqttPacket packet)
    {
        // Between CONNECT and CONNACK (section 3.1.2.11.9).
        if (Session is null && Authentication is not null && packet is not (AuthPacket or DisconnectPacket))
        {
            throw MqttProtocolException.Protocol($"{packet.Type} came before the authentication was done.");
        }

        switch (packet)
        {
            case PublishPacket publish:
                return _publishes.HandleAsync(publish);
            case AckPacket { Type: PacketType.PubRel } ack:
                _publishes.Release(ack.PacketIdentifier);
                return ValueTask.CompletedTask;
            case AckPacket ack:
                Acknowledge(ack);
                return ValueTask.CompletedTask;
            case SubscribePacket subscribe:
                _subscriptions.Subscribe(subscribe);
                return ValueTask.CompletedTask;
            case UnsubscribePacket unsubscribe:
                _subscriptions.Unsubscribe(unsubscribe);
                return ValueTask.CompletedTask;
            case PingPacket { Type: PacketType.PingReq }:
                Output.Write(PingPacket.Response);
                return ValueTask.CompletedTask;
            case DisconnectPacket disconnect:
                Leave(disconnect);
                return ValueTask.CompletedTask;
            case AuthPacket auth when Authentication is not null:
                return Authentication.HandleAsync(auth);
            case ConnectPacket connect when Session is null:
                return new ConnectHandler(_core, this).HandleAsync(connect);
            default:
                throw MqttProtocolException.Protocol($"{packet.Type} is not expected from a client here.");
        }
    }

    /// <summary>The client has authenticated again: what it may do is asked anew.</summary>
    public void ChangePrincipal(object? principal)
    {
        Principal = principal;
        _publishes.ForgetPermission();
        List<string> refused;
        lock (_core.State.Gate)
        {
            refused = OwnsSession ? StoredSubscriptions.RemoveRefused(_core, Session!, principal) : [];
        }

        StoredSubscriptions.Report(_core, this, refused);
    }

    /// <summary>
    /// Whether the client takes a packet of this size (section 3.1.2.11.4); its reason in words is left out if that helps.
    /// </summary>
    public bool TryFit(MqttPacket packet)
    {
        if (MaximumPacketBytes == uint.MaxValue || PacketEncoder.SizeOf(packet, Version) <= MaximumPacketBytes)
        {
            return true;
        }

        if (packet.Properties?.ReasonString is null)
        {
            return false;
        }

        packet.Properties.ReasonString = null;
        return PacketEncoder.SizeOf(packet, Version) <= MaximumPacketBytes;
    }

    /// <summary>Sends the packet if the client takes one of its size.</summary>
    public bool TrySend(MqttPacket packet)
    {
        var fits = TryFit(packet);
        if (fits)
        {
            Output.Write(packet);
        }

        return fits;
    }

    private void Acknowledge(AckPacket ack)
    {
        lock (_core.State.Gate)
        {
            if (!OwnsSession)
            {
                return;
            }

            var session = Session!;
            if (ack.Type == PacketType.PubComp)
            {
                _core.Deliveries.Completed(session, ack.PacketIdentifier);
            }
            else
            {
                _core.Deliveries.Acknowledged(session, ack);
            }
        }
    }

    private void Leave(DisconnectPacket packet)
    {
        if (packet.Properties?.SessionExpiryInterval is { } expiry)
        {
            if (RequestedExpirySeconds == 0 && expiry > 0)
            {
                throw MqttProtocolException.Protocol("A session that was to end with its connection cannot be prolonged by DISCONNECT.");
            }

            lock (_core.State.Gate)
            {
                if (OwnsSession && Session is { IsDurable: false } session)
                {
                    session.ExpirySeconds = ConnectHandler.Bounded(expiry, _core.State.Options);
                }
            }
        }

        // Only a normal DISCONNECT takes the last will back (section 3.14.4).
        Detach(publishWill: packet.ReasonCode != MqttReasonCode.Success);
        CloseQuietly("the client left");
    }

    private void Reject(MqttProtocolException exception)
    {
        if (Session is null)
        {
            ConnectHandler.Refuse(this, exception.ReasonCode, exception.Message);
        }

        Close(exception.ReasonCode, exception.Message);
    }
}
