using System.Buffers;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>PUBLISH and PUBREL from a client (MQTT 5.0, sections 3.3 and 4.3).</summary>
internal sealed partial class PublishHandler
{
    private readonly BrokerCore _core;
    private readonly Connection _connection;
    private readonly AckQueue _acks;
    private readonly PublishTopics _topics;

    public PublishHandler(BrokerCore core, Connection connection)
    {
        _core = core;
        _connection = connection;
        _acks = new AckQueue(connection.Output, OnNotStored);
        _topics = new PublishTopics(core, connection);
    }

    public ValueTask HandleAsync(PublishPacket packet)
    {
        if (packet.Properties?.SubscriptionIdentifiers is not null)
        {
            throw MqttProtocolException.Protocol("PUBLISH from a client has a subscription identifier.");
        }

        var topic = _topics.Resolve(packet);
        _connection.PublishesReceived++;
        var now = _core.State.Now;
        if (_topics.Check(topic, now) is not MqttReasonCode.Success and var reason)
        {
            Deny(packet, topic, reason, reason == MqttReasonCode.NotAuthorized
                ? "The client may not publish to this topic."
                : "The topic has more levels than the server takes.");
            return ValueTask.CompletedTask;
        }

        var message = Message.From(
            topic, packet.Payload.ToArray(), packet.QualityOfService, packet.Retain, packet.Properties, now);
        return _core.PublishGate is { } gate ? PublishThrough(gate, message, packet) : Publish(message, packet);
    }

    private ValueTask Publish(Message message, PublishPacket packet)
    {
        if (packet.QualityOfService > 0)
        {
            if (_connection.IsVersion5 && IsOverReceiveMaximum(packet))
            {
                throw new MqttProtocolException(MqttReasonCode.ReceiveMaximumExceeded, "More publishes are in flight than the receive maximum.");
            }

            if (_acks.Count >= _core.State.Options.ReceiveMaximum)
            {
                return WaitAndPublishAsync(message, packet.PacketIdentifier);
            }
        }

        return TryPublish(message, packet.PacketIdentifier, out var result)
            ? ValueTask.CompletedTask
            : PublishSlowlyAsync(message, packet.PacketIdentifier, result);
    }

    public void Release(ushort identifier)
    {
        var stored = Task.CompletedTask;
        bool isKnown;
        lock (_core.State.Gate)
        {
            if (!_connection.OwnsSession)
            {
                return;
            }

            var session = _connection.Session!;
            isKnown = session.ReceivedExactlyOnce.Remove(identifier);
            if (isKnown && session.IsPersistent)
            {
                stored = _core.State.Store.ReceivedReleased(session, identifier);
            }
        }

        _acks.Add(stored, PacketType.PubComp, identifier, isKnown ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound);
    }

    public void ForgetPermission() => _topics.ForgetPermission();

    // A QoS 2 publish that is sent again has its place already.
    private bool IsOverReceiveMaximum(PublishPacket packet)
    {
        var received = _connection.Session!.ReceivedExactlyOnce;
        if (_acks.AtLeastOnce + received.Count < _core.State.Options.ReceiveMaximum)
        {
            return false;
        }

        lock (_core.State.Gate)
        {
            return packet.QualityOfService == 1 || !received.Contains(packet.PacketIdentifier);
        }
    }

    // Version 3.1.1 has no receive maximum, and repetitions do not count: the client is slowed by not being read.
    private async ValueTask WaitAndPublishAsync(Message message, ushort identifier)
    {
        while (_acks.Count >= _core.State.Options.ReceiveMaximum)
        {
            await _acks.WaitForSpace().WaitAsync(_connection.Closing);
        }

        if (!TryPublish(message, identifier, out var result))
        {
            await PublishSlowlyAsync(message, identifier, result);
        }
    }

    private bool TryPublish(Message message, ushort identifier, out RouteResult result)
    {
        lock (_core.State.Gate)
        {
            if (!_connection.OwnsSession)
            {
                // Dropped: there is nobody to answer, and above QoS 0 the client sends it again.
                result = default;
                return true;
            }

            var session = _connection.Session!;
            if (message.QualityOfService == 2 && session.ReceivedExactlyOnce.Contains(identifier))
            {
                result = new RouteResult(RouteOutcome.Accepted, session.IsPersistent ? _core.State.Store.FlushAsync() : Task.CompletedTask);
            }
            else
            {
                result = _core.Router.Route(message, session);
                if (message.QualityOfService == 2 && result.Outcome is RouteOutcome.Accepted or RouteOutcome.NoSubscribers)
                {
                    session.ReceivedExactlyOnce.Add(identifier);
                    if (session.IsPersistent)
                    {
                        result = result with { Stored = _core.State.Store.Received(session, identifier) };
                    }
                }
            }
        }

        if (result.Outcome == RouteOutcome.SessionFull)
        {
            return false;
        }

        Answer(message, identifier, result);
        return true;
    }

    // The publisher is slowed for a while. Then a subscriber whose session would not outlive its connection loses
    // both, as it cannot keep up; for one that lasts, the publish is refused.
    private async ValueTask PublishSlowlyAsync(Message message, ushort identifier, RouteResult result)
    {
        var deadline = _core.State.Now + (long)_core.State.Options.MaximumPublishDelay.TotalMilliseconds;
        _connection.IsDelayed = true;
        try
        {
            do
            {
                _connection.Closing.ThrowIfCancellationRequested();
                var full = result.FullSession!;
                var timeLeft = deadline - _core.State.Now;
                WaitingPublish? place = null;
                bool hasRoom;
                lock (_core.State.Gate)
                {
                    if (timeLeft <= 0)
                    {
                        _core.Sessions.RemoveIfOver(full);
                    }

                    hasRoom = full.HasRoom(message.SizeBytes);
                    if (!hasRoom && timeLeft > 0)
                    {
                        place = full.QueueForRoom(message.SizeBytes);
                    }
                }

                if (place is not null)
                {
                    await WaitAsync(full, place, TimeSpan.FromMilliseconds(timeLeft));
                }
                else if (!hasRoom)
                {
                    if (full.IsPersistent)
                    {
                        Deny(message, identifier, MqttReasonCode.QuotaExceeded, $"The queue of {full.ClientId} is full.");
                        return;
                    }

                    full.Connection?.Close(MqttReasonCode.QuotaExceeded, "The client does not take its messages in time.");
                }
            }
            while (!TryPublish(message, identifier, out result));
        }
        finally
        {
            _connection.IsDelayed = false;
        }
    }

    private async Task WaitAsync(Session full, WaitingPublish place, TimeSpan timeout)
    {
        var takesIt = false;
        try
        {
            await place.Promised.WaitAsync(timeout, _core.State.TimeProvider, _connection.Closing);
            takesIt = true;
        }
        catch (TimeoutException)
        {
            _connection.Closing.ThrowIfCancellationRequested();
        }
        finally
        {
            lock (_core.State.Gate)
            {
                full.Leave(place, takesIt);
            }
        }
    }

    private void Answer(Message message, ushort identifier, RouteResult result)
    {
        if (result.Outcome == RouteOutcome.RetainedFull)
        {
            Deny(message, identifier, MqttReasonCode.QuotaExceeded, "The server keeps as many retained messages as it may.");
            return;
        }

        if (message.QualityOfService > 0)
        {
            var reason = result.Outcome == RouteOutcome.NoSubscribers ? MqttReasonCode.NoMatchingSubscribers : MqttReasonCode.Success;
            _acks.Add(result.Stored, message.QualityOfService == 1 ? PacketType.PubAck : PacketType.PubRec, identifier, reason);
        }
    }

    private void Deny(PublishPacket packet, TopicName topic, MqttReasonCode reason, string text)
        => Deny(packet.QualityOfService, packet.PacketIdentifier, topic, reason, text);

    private void Deny(Message message, ushort identifier, MqttReasonCode reason, string text)
        => Deny(message.QualityOfService, identifier, message.Topic, reason, text);

    // Version 3.1.1 has no way to say no but to close (its section 3.3.5).
    private void Deny(byte qualityOfService, ushort identifier, TopicName topic, MqttReasonCode reason, string text)
    {
        _core.State.Refuse(_connection.UserName, _connection.ClientId, reason, topic.Value, text);
        if (!_connection.IsVersion5)
        {
            _connection.CloseQuietly(text);
        }
        else if (qualityOfService > 0)
        {
            var ack = new AckPacket(qualityOfService == 1 ? PacketType.PubAck : PacketType.PubRec, identifier, reason)
            {
                Properties = _connection.WantsReasons ? new MqttProperties { ReasonString = text } : null,
            };
            _connection.TryFit(ack);
            _acks.Add(Task.CompletedTask, ack, identifier);
        }
    }

    private void OnNotStored(Exception exception, PacketType type, ushort identifier)
    {
        Log.JournalFailed(_core.State.Logger, exception);
        lock (_core.State.Gate)
        {
            if (_connection.OwnsSession)
            {
                // Not taken, so the client's repetition is not a repetition.
                _connection.Session!.ReceivedExactlyOnce.Remove(identifier);
            }
        }

        if (_connection.IsVersion5 && type is PacketType.PubAck or PacketType.PubRec)
        {
            _connection.Output.WriteAck(type, identifier, MqttReasonCode.ImplementationSpecificError);
        }
        else
        {
            _connection.Close(MqttReasonCode.ImplementationSpecificError, "The server could not store a message.");
        }
    }
}
