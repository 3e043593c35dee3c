using System.Buffers;
using MQTTnet.Exceptions;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <summary>What comes from the server, and what it is answered.</summary>
internal sealed partial class ClientConnection
{
    private ReadOnlySequence<byte> _unread;
    private bool _hasUnread;

    private async Task RunAsync()
    {
        try
        {
            while (await ReceiveAsync(_closing.Token) is { } packet)
            {
                if (packet is DisconnectPacket disconnect)
                {
                    var reason = new MqttClientUnexpectedDisconnectReceivedException(disconnect);
                    Fail(reason);
                    End(reason, disconnect);
                    return;
                }

                if (packet is AuthPacket auth)
                {
                    await HandleAuthAsync(auth);
                }
                else
                {
                    Handle(packet);
                }
            }

            var exception = new MqttClientDisconnectedException(null);
            Fail(exception);
            End(exception);
        }
        catch (Exception exception)
        {
            var reason = new MqttClientDisconnectedException(exception);
            Fail(reason);
            End(reason);
        }
    }

    private void Handle(MqttPacket packet)
    {
        switch (packet)
        {
            case PublishPacket publish when publish.QualityOfService == 2 && _session.IsReceived(publish.PacketIdentifier):
                _output.WriteAck(PacketType.PubRec, publish.PacketIdentifier);
                break;
            case PublishPacket publish:
                _received.Enqueue(publish);
                break;
            case AckPacket { Type: PacketType.PubAck } ack:
                Complete(ack);
                break;
            case AckPacket { Type: PacketType.PubRec } ack when ack.ReasonCode >= MqttReasonCode.UnspecifiedError:
                _session.Complete(this, ack.PacketIdentifier);
                Complete(ack);
                break;
            case AckPacket { Type: PacketType.PubRec } ack:
                _releasing[ack.PacketIdentifier] = Copy(ack);
                _output.WriteAck(PacketType.PubRel, ack.PacketIdentifier);
                break;
            case AckPacket { Type: PacketType.PubComp } ack:
                HandlePubComp(ack);
                break;
            case AckPacket ack:
                _session.RemoveReceived(this, ack.PacketIdentifier);
                _output.WriteAck(PacketType.PubComp, ack.PacketIdentifier);
                break;
            case SubscriptionAckPacket ack:
                _pending.Complete(ack.PacketIdentifier, ack);
                break;
            case PingPacket { Type: PacketType.PingResp }:
                _pending.CompletePing();
                break;
            default:
                throw new MqttProtocolViolationException($"Received {packet.Type} at an unexpected time.");
        }
    }

    private void Complete(AckPacket ack)
    {
        if (_pending.Complete(ack.PacketIdentifier, Copy(ack)))
        {
            _window.Release();
        }
    }

    private void Fail(Exception exception)
    {
        _pending.FailAll(exception);
        _window.FailAll(exception);
    }

    // The decoder uses its own object again.
    private static AckPacket Copy(AckPacket ack) => new(ack.Type, ack.PacketIdentifier, ack.ReasonCode) { Properties = ack.Properties };

    private async Task<MqttPacket?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var maximum = _options.MaximumPacketSize is 0 or > int.MaxValue ? int.MaxValue : (int)_options.MaximumPacketSize;
        ConsumePrevious();
        while (true)
        {
            var result = await _reader.ReadAsync(cancellationToken);
            _unread = result.Buffer;
            if (FrameReader.TryRead(ref _unread, maximum, out var header, out var body))
            {
                _hasUnread = true;
                return _decoder.Decode(header, body);
            }

            _reader.AdvanceTo(_unread.Start, _unread.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    // A packet's payload lies in the reader's memory: it is given back when the next packet is asked for.
    private void ConsumePrevious()
    {
        if (_hasUnread)
        {
            _hasUnread = false;
            _reader.AdvanceTo(_unread.Start);
        }
    }
}
