using MQTTnet.Exceptions;
using SmartCity.Embedded.Mqtt.Codec;

namespace MQTTnet;

/// <summary>
/// Publishes above QoS 0 in the order of the calls, as many at once as the server takes (MQTT 5.0, section 4.9). The
/// rest wait here, each for its caller.
/// </summary>
internal sealed class PublishWindow(PendingRequests pending, Action<PublishPacket> send)
{
    private readonly Lock _gate = new();
    private readonly Queue<(PublishPacket Packet, TaskCompletionSource<MqttPacket> Answer)> _waiting = new();
    private int _inflight;
    private Exception? _failure;

    /// <summary>The server's receive maximum.</summary>
    public int Quota { get; set; } = ushort.MaxValue;

    public async Task<AckPacket> PublishAsync(PublishPacket packet, CancellationToken cancellationToken)
    {
        var answer = PendingRequests.NewSource();
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw new MqttClientDisconnectedException(_failure);
            }

            _waiting.Enqueue((packet, answer));
            SendWhatFits();
        }

        try
        {
            return (AckPacket)await answer.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What was not sent yet is not sent any more.
            answer.TrySetCanceled(cancellationToken);
            throw;
        }
    }

    /// <summary>One publish was answered for good.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _inflight--;
            SendWhatFits();
        }
    }

    public void FailAll(Exception exception)
    {
        lock (_gate)
        {
            _failure ??= exception;
            while (_waiting.TryDequeue(out var waiting))
            {
                waiting.Answer.TrySetException(exception);
                // The caller may have given up before.
                _ = waiting.Answer.Task.Exception;
            }
        }
    }

    private void SendWhatFits()
    {
        while (_inflight < Quota && _waiting.TryDequeue(out var next))
        {
            if (next.Answer.Task.IsCompleted)
            {
                continue;
            }

            try
            {
                next.Packet.PacketIdentifier = pending.Add(next.Answer);
            }
            catch (Exception exception)
            {
                // The connection is failing: this caller hears it, not the one who happened to come by.
                next.Answer.TrySetException(exception);
                continue;
            }

            _inflight++;
            send(next.Packet);
        }
    }
}
