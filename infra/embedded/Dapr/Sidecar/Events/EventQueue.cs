namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>The events that wait for one app and topic, in order. Guarded by the <see cref="EventStore"/>'s lock.</summary>
internal sealed class EventQueue(int id, QueueKey key)
{
    private readonly LinkedList<StoredEvent> _live = [];
    private readonly Queue<LinkedListNode<StoredEvent>> _waiting = [];
    private long _bytes;

    public int Id { get; } = id;

    public QueueKey Key { get; } = key;

    /// <summary>The app's subscription, or null while it does not want the topic: what waits is then kept.</summary>
    public Subscription? Subscription { get; set; }

    /// <summary>Open while there is a subscription.</summary>
    public AsyncGate Subscribed { get; } = new();

    /// <summary>Completes when the queue itself is known on disk; fails when that could not be written.</summary>
    public Task Defined { get; set; } = Task.CompletedTask;

    /// <summary>Deliveries under way.</summary>
    public int Workers { get; set; }

    /// <summary>Everything not yet acknowledged by the app: waiting or being delivered.</summary>
    public IReadOnlyCollection<StoredEvent> Live => _live;

    public int WaitingCount => _waiting.Count;

    public long Bytes => _bytes;

    public bool HasRoom(int payloadBytes, DaprSidecarLimits limits)
        => _live.Count < limits.QueueEvents && _bytes + payloadBytes <= limits.QueueBytes;

    public void Add(StoredEvent stored)
    {
        _waiting.Enqueue(_live.AddLast(stored));
        _bytes += stored.Content.Payload.Length;
    }

    public bool TryTake(out LinkedListNode<StoredEvent> node) => _waiting.TryDequeue(out node!);

    /// <summary>Takes the next event if its payload is not larger than the given bytes.</summary>
    public bool TryTakeWithin(long bytes, out LinkedListNode<StoredEvent> node)
        => _waiting.TryPeek(out node!) && node.Value.Content.Payload.Length <= bytes && _waiting.TryDequeue(out node!);

    public void Remove(LinkedListNode<StoredEvent> node)
    {
        _live.Remove(node);
        _bytes -= node.Value.Content.Payload.Length;
    }

    /// <summary>Removes an event by its sequence, as read from the log: nearly always the first.</summary>
    public void RemoveReplayed(long sequence)
    {
        for (var node = _live.First; node is not null; node = node.Next)
        {
            if (node.Value.Sequence == sequence)
            {
                Remove(node);
                return;
            }
        }
    }

    /// <summary>After the log was read, everything left waits for delivery.</summary>
    public void QueueReplayed()
    {
        _waiting.Clear();
        for (var node = _live.First; node is not null; node = node.Next)
        {
            _waiting.Enqueue(node);
        }
    }
}
