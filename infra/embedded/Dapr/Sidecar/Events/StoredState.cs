namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>What the event log amounts to: the queues with what they hold, and each app's last known subscriptions.</summary>
internal sealed class StoredState
{
    private readonly Dictionary<int, EventQueue> _byId = [];
    private int _lastQueueId;

    public Dictionary<QueueKey, EventQueue> Queues { get; } = [];

    public Dictionary<string, IReadOnlyList<Subscription>> Subscriptions { get; } = new(StringComparer.Ordinal);

    public long LastSequence { get; set; }

    public EventQueue AddQueue(QueueKey key)
    {
        var queue = new EventQueue(++_lastQueueId, key);
        Add(queue);
        return queue;
    }

    /// <summary>Applies one record of the log.</summary>
    /// <exception cref="InvalidDataException">The record is of an unknown kind, as from a newer version.</exception>
    public void Replay(ReadOnlySpan<byte> record)
    {
        switch (record[0])
        {
            case EventRecords.Queue:
                var body = EventRecords.ReadJson<EventRecords.QueueBody>(record);
                Add(new EventQueue(body.Id, body.Key));
                break;
            case EventRecords.Subscriptions:
                var known = EventRecords.ReadJson<EventRecords.SubscriptionsBody>(record);
                Subscriptions[known.AppId] = known.Subscriptions;
                break;
            case EventRecords.Event:
                var stored = EventRecords.ReadEvent(record, out var queueIds);
                LastSequence = Math.Max(LastSequence, stored.Sequence);
                foreach (var id in queueIds)
                {
                    // An unknown queue's definition failed to be written, and so its publishers were told.
                    _byId.GetValueOrDefault(id)?.Add(stored);
                }

                break;
            case EventRecords.Removed:
                var (sequence, queueId) = EventRecords.ReadRemoved(record);
                _byId.GetValueOrDefault(queueId)?.RemoveReplayed(sequence);
                break;
            default:
                throw new InvalidDataException($"The event log has a record of unknown kind {record[0]}; was it written by a newer version?");
        }
    }

    /// <summary>Writes the records of a fresh log with the same content.</summary>
    public void Write(Action<ReadOnlyMemory<byte>> write)
    {
        foreach (var queue in Queues.Values)
        {
            write(EventRecords.OfQueue(queue));
        }

        foreach (var (appId, subscriptions) in Subscriptions)
        {
            write(EventRecords.OfSubscriptions(appId, subscriptions));
        }

        var events = Queues.Values.SelectMany(queue => queue.Live.Select(stored => (stored, queue.Id)))
            .GroupBy(pair => pair.stored, pair => pair.Id).OrderBy(group => group.Key.Sequence);
        foreach (var group in events)
        {
            var buffer = EventRecords.RentEvent(group.Key, [.. group], out var length);
            write(buffer.AsMemory(0, length));
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Add(EventQueue queue)
    {
        // A definition is written again when its first writing failed.
        if (_byId.TryAdd(queue.Id, queue))
        {
            Queues[queue.Key] = queue;
            _lastQueueId = Math.Max(_lastQueueId, queue.Id);
        }
    }
}
