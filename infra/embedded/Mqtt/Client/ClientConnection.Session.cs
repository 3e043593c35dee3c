using MQTTnet.Exceptions;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <summary>What outlives the connection: identifiers at QoS 2, and acknowledging what handlers have seen.</summary>
internal sealed partial class ClientConnection
{
    /// <summary>Acknowledges for the application.</summary>
    /// <exception cref="MqttClientNotConnectedException">The connection ended: the server delivers the message again.</exception>
    public Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs args, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (args.PacketIdentifier == 0 || args.ProcessingFailed)
        {
            return Task.CompletedTask;
        }

        // An old identifier would mean another message on the next connection.
        if (Volatile.Read(ref _ended) != 0 || (IsAcceptedExactlyOnce(args) && !_session.TryAddReceived(_sessionEpoch, args.PacketIdentifier)))
        {
            return Task.FromException(new MqttClientNotConnectedException());
        }

        SendAcknowledgement(args);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Acknowledges what the handlers have returned from. If the connection has ended the server sends the message
    /// again: at QoS 1 the handlers get it again, at QoS 2 it is then only answered.
    /// </summary>
    public void AcknowledgeHandled(MqttApplicationMessageReceivedEventArgs args)
    {
        if (args.PacketIdentifier == 0 || args.ProcessingFailed)
        {
            return;
        }

        if (IsAcceptedExactlyOnce(args))
        {
            _session.TryAddReceived(_sessionEpoch, args.PacketIdentifier);
        }

        if (Volatile.Read(ref _ended) == 0)
        {
            SendAcknowledgement(args);
        }
    }

    /// <summary>Answers a message that came while its handler on the connection before was still running.</summary>
    public bool TryAnswerRepetition(MqttApplicationMessageReceivedEventArgs args)
    {
        if (!IsExactlyOnce(args) || !_session.IsReceived(args.PacketIdentifier))
        {
            return false;
        }

        _output.WriteAck(PacketType.PubRec, args.PacketIdentifier);
        return true;
    }

    private void ResumeSession(bool isPresent)
    {
        (_sessionEpoch, var unreleased) = _session.Resume(this, _options.ClientId, isPresent);
        _pending.Hold(unreleased);
        foreach (var identifier in unreleased)
        {
            _output.WriteAck(PacketType.PubRel, identifier);
        }
    }

    private void SendNumbered(PublishPacket packet)
    {
        if (packet.QualityOfService == 2 && _session.Begin(this, packet.PacketIdentifier))
        {
            _output.WriteAck(PacketType.PubRel, packet.PacketIdentifier);
        }

        Send(packet);
    }

    private void HandlePubComp(AckPacket ack)
    {
        var wasReceived = _releasing.Remove(ack.PacketIdentifier, out var received);
        if (!wasReceived && _session.EndClearing(ack.PacketIdentifier))
        {
            return;
        }

        // First, as the identifier may be used again as soon as it is free.
        _session.Complete(this, ack.PacketIdentifier);
        if (!_pending.Release(ack.PacketIdentifier))
        {
            Complete(wasReceived && ack.ReasonCode == MqttReasonCode.Success
                ? received!
                : new AckPacket(PacketType.PubComp, ack.PacketIdentifier, MqttReasonCode.UnspecifiedError));
        }
    }

    private void SendAcknowledgement(MqttApplicationMessageReceivedEventArgs args)
    {
        var hasProperties = args.ResponseReasonString is not null || args.ResponseUserProperties.Count > 0;
        Send(new AckPacket(IsExactlyOnce(args) ? PacketType.PubRec : PacketType.PubAck, args.PacketIdentifier, (MqttReasonCode)args.ReasonCode)
        {
            Properties = hasProperties ? new MqttProperties { ReasonString = args.ResponseReasonString, UserProperties = args.ResponseUserProperties } : null,
        });
    }

    private static bool IsExactlyOnce(MqttApplicationMessageReceivedEventArgs args)
        => args.ApplicationMessage.QualityOfServiceLevel == Protocol.MqttQualityOfServiceLevel.ExactlyOnce;

    private static bool IsAcceptedExactlyOnce(MqttApplicationMessageReceivedEventArgs args)
        => IsExactlyOnce(args) && args.ReasonCode < MqttApplicationMessageReceivedReasonCode.UnspecifiedError;
}
