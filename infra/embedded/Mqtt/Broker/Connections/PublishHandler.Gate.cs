using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>A publish at the host's gate: who publishes more than is theirs is slowed by not being read.</summary>
internal sealed partial class PublishHandler
{
    private static readonly TimeSpan PauseBeforeRefusal = TimeSpan.FromSeconds(1);

    // Asked before the receive maximum is looked at: what is held back here is not taken yet.
    private ValueTask PublishThrough(IMqttPublishGate gate, Message message, PublishPacket packet)
    {
        if (gate.Admit(_connection.Principal, message.Topic.Value, message.QualityOfService) is not { } wait)
        {
            if (message.QualityOfService > 0)
            {
                return RefuseSlowlyAsync(message, packet.PacketIdentifier);
            }

            Interlocked.Increment(ref _core.State.DroppedOverQuota);
            return ValueTask.CompletedTask;
        }

        return wait > TimeSpan.Zero ? HoldAndPublishAsync(message, packet, wait) : Publish(message, packet);
    }

    // A client that is told no at once would only ask again at once.
    private async ValueTask RefuseSlowlyAsync(Message message, ushort identifier)
    {
        await HoldAsync(PauseBeforeRefusal);
        Deny(message, identifier, MqttReasonCode.QuotaExceeded, "More is published than the quota allows.");
    }

    private async ValueTask HoldAndPublishAsync(Message message, PublishPacket packet, TimeSpan wait)
    {
        Interlocked.Increment(ref _core.State.HeldBack);
        await HoldAsync(wait);
        await Publish(message, packet);
    }

    private async Task HoldAsync(TimeSpan wait)
    {
        _connection.IsDelayed = true;
        try
        {
            await Task.Delay(wait, _core.State.TimeProvider, _connection.Closing);
        }
        finally
        {
            _connection.IsDelayed = false;
        }
    }
}
