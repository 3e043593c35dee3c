using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Embedded.Mqtt.Transport;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>
/// Answers that wait for the disk, in the order of the requests (MQTT 5.0, section 4.6). Most writes share one group
/// commit, so one wake-up sends many answers.
/// </summary>
internal sealed class AckQueue(PacketOutput output, Action<Exception, PacketType, ushort> failed)
{
    private readonly Lock _gate = new();
    private readonly Queue<Entry> _entries = new();
    private TaskCompletionSource? _space;
    private int _atLeastOnce;
    private bool _isRunning;

    /// <summary>QoS 1 publishes that are taken and not answered; those of QoS 2 are in the session.</summary>
    public int AtLeastOnce => Volatile.Read(ref _atLeastOnce);

    /// <summary>Answers that wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    public void Add(Task stored, PacketType type, ushort identifier, MqttReasonCode reason)
        => Add(new Entry(stored, type, identifier, reason, null));

    public void Add(Task stored, MqttPacket packet, ushort identifier)
        => Add(new Entry(stored, packet.Type, identifier, MqttReasonCode.Success, packet));

    /// <summary>Completes when an answer has left the queue.</summary>
    public Task WaitForSpace()
    {
        lock (_gate)
        {
            return _entries.Count == 0
                ? Task.CompletedTask
                : (_space ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Add(Entry entry)
    {
        lock (_gate)
        {
            if (!_isRunning && entry.Stored.IsCompletedSuccessfully)
            {
                Write(entry);
                return;
            }

            _entries.Enqueue(entry);
            _atLeastOnce += entry.Type == PacketType.PubAck ? 1 : 0;
            if (!_isRunning)
            {
                _isRunning = true;
                _ = RunAsync();
            }
        }
    }

    private async Task RunAsync()
    {
        while (TryPeek(out var entry))
        {
            Exception? failure = null;
            try
            {
                await entry.Stored;
            }
            catch (Exception exception)
            {
                failure = exception;
            }

            lock (_gate)
            {
                _entries.Dequeue();
                _atLeastOnce -= entry.Type == PacketType.PubAck ? 1 : 0;
                if (failure is null)
                {
                    Write(entry);
                }

                _space?.TrySetResult();
                _space = null;
            }

            if (failure is not null)
            {
                failed(failure, entry.Type, entry.Identifier);
            }
        }
    }

    private bool TryPeek(out Entry entry)
    {
        lock (_gate)
        {
            _isRunning = _entries.TryPeek(out entry);
            return _isRunning;
        }
    }

    private void Write(in Entry entry)
    {
        if (entry.Packet is not null)
        {
            output.Write(entry.Packet);
        }
        else
        {
            output.WriteAck(entry.Type, entry.Identifier, entry.Reason);
        }
    }

    private readonly record struct Entry(Task Stored, PacketType Type, ushort Identifier, MqttReasonCode Reason, MqttPacket? Packet);
}
