using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>A publish at the host's gate: who publishes more than is theirs is slowed by not being read.</summary>
internal sealed partial class PublishHandler
{
    // Asked before the receive maximum is looked at: what is held back here is not taken yet.
    private ValueTask PublishThrough(IMqttPublishGate gate, Message message, PublishPacket packet)
    {
        if (gate.Admit(_connection.Principal, message.Topic.Value, message.QualityOfService) is not { } wait)
        {
            if (message.QualityOfService == 0)
            {
                Interlocked.Increment(ref _core.State.DroppedOverQuota);
            }
            else
            {
                Deny(message, packet.PacketIdentifier, MqttReasonCode.QuotaExceeded, "More is published than the quota allows.");
            }

            return ValueTask.CompletedTask;
        }

        return wait > TimeSpan.Zero ? HoldAndPublishAsync(message, packet, wait) : Publish(message, packet);
    }

    private async ValueTask HoldAndPublishAsync(Message message, PublishPacket packet, TimeSpan wait)
    {
        Interlocked.Increment(ref _core.State.HeldBack);
        _connection.IsDelayed = true;
        try
        {
            await Task.Delay(wait, _core.State.TimeProvider, _connection.Closing);
            await Publish(message, packet);
        }
        finally
        {
            _connection.IsDelayed = false;
        }
    }
}
