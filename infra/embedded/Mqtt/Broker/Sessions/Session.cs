using SmartCity.Embedded.Mqtt.Broker.Connections;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Broker.Sessions;

/// <summary>
/// What the broker knows of a client beyond its connection (MQTT 5.0, section 4.1). Guarded by the broker's gate.
/// </summary>
internal sealed class Session(uint key, string clientId, string? userName, SessionLimits limits)
{
    private readonly Queue<WaitingPublish> _places = new();
    private int _promised;
    private long _promisedBytes;
    private ushort _lastIdentifier;
    private long _lastSequence;

    /// <summary>Its number in the journal.</summary>
    public uint Key { get; } = key;

    public string ClientId { get; } = clientId;

    public string? UserName { get; } = userName;

    /// <summary>Declared in the options: it is never removed.</summary>
    public bool IsDurable { get; set; }

    /// <summary>Seconds that it outlives its connection.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>Milliseconds of Unix time at which its connection ended.</summary>
    public long DisconnectedAt { get; set; }

    public bool IsPersistent => IsDurable || ExpirySeconds > 0;

    /// <summary>Whether the journal knows it.</summary>
    public bool IsInStore { get; set; }

    public Connection? Connection { get; set; }

    public Dictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Not sent yet, in order.</summary>
    public Queue<Delivery> Waiting { get; } = new();

    /// <summary>Sent and not fully acknowledged.</summary>
    public Dictionary<ushort, Delivery> Inflight { get; } = [];

    /// <summary>
    /// What is in <see cref="Inflight"/> from before this connection and was not sent again yet, in order; null when
    /// there is nothing.
    /// </summary>
    public Queue<Delivery>? ToSendAgain { get; set; }

    /// <summary>How much of the client's receive maximum is used on this connection.</summary>
    public int UsedQuota => Inflight.Count - (ToSendAgain?.Count ?? 0);

    /// <summary>Identifiers of QoS 2 messages from the client that are not released yet: a repetition is not routed again.</summary>
    public HashSet<ushort> ReceivedExactlyOnce { get; } = [];

    public PendingWill? Will { get; set; }

    /// <summary>The last will that the journal has for it.</summary>
    public WillMessage? StoredWill { get; set; }

    public long QueuedBytes { get; private set; }

    public int QueuedMessages => Waiting.Count + Inflight.Count;

    /// <summary>Scratch of the router: the round in which this session was last matched, and its place there.</summary>
    public long MatchRound { get; set; }

    public int MatchIndex { get; set; }

    /// <summary>Publishers that wait for room.</summary>
    public int WaitingForRoom => _places.Count(place => place.IsWaiting);

    /// <summary>Whether a message fits beside what was promised to those who wait; one alone always does, however large.</summary>
    public bool HasRoom(int sizeBytes)
        => QueuedMessages + _promised == 0 || (QueuedMessages + _promised < limits.MaximumMessages && QueuedBytes + _promisedBytes + sizeBytes <= limits.MaximumBytes);

    public int RankFor(int sizeBytes)
        => !HasRoom(sizeBytes) ? 0 : Connection is null ? 1 : UsedQuota >= Connection.SendQuota ? 2 : 3;

    public void Enqueue(Delivery delivery)
    {
        QueuedBytes += delivery.Message.SizeBytes;
        Waiting.Enqueue(delivery);
    }

    /// <summary>Puts a delivery that a former process had sent back in flight.</summary>
    public void Restore(Delivery delivery)
    {
        QueuedBytes += delivery.Message.SizeBytes;
        delivery.Sequence = ++_lastSequence;
        Inflight.Add(delivery.PacketIdentifier, delivery);
    }

    public void MarkSent(Delivery delivery)
    {
        do
        {
            _lastIdentifier = _lastIdentifier == ushort.MaxValue ? (ushort)1 : (ushort)(_lastIdentifier + 1);
        }
        while (Inflight.ContainsKey(_lastIdentifier));
        delivery.PacketIdentifier = _lastIdentifier;
        delivery.Sequence = ++_lastSequence;
        delivery.State = DeliveryState.Sent;
        Inflight.Add(_lastIdentifier, delivery);
    }

    /// <summary>The delivery is done, one way or the other: its room is free again.</summary>
    public void Forget(Delivery delivery)
    {
        QueuedBytes -= delivery.Message.SizeBytes;
        PromiseRoom();
    }

    public void ForgetAll()
    {
        Waiting.Clear();
        Inflight.Clear();
        ToSendAgain = null;
        ReceivedExactlyOnce.Clear();
        QueuedBytes = 0;
        PromiseRoom();
    }

    /// <summary>
    /// A place among those who wait for room, who come in turn: were all of them woken at once, one with bad luck would be
    /// refused while others are taken again and again. Whoever leaves it calls <see cref="Leave"/>.
    /// </summary>
    public WaitingPublish QueueForRoom(int sizeBytes)
    {
        var place = new WaitingPublish(sizeBytes);
        _places.Enqueue(place);
        return place;
    }

    /// <summary>The room that was promised, if it was, is free for whoever takes it next.</summary>
    /// <param name="takesIt">Whether that is the one who waited; else it is promised to another.</param>
    public void Leave(WaitingPublish place, bool takesIt)
    {
        if (!place.TryGiveUp())
        {
            _promised--;
            _promisedBytes -= place.SizeBytes;
        }

        if (!takesIt)
        {
            PromiseRoom();
        }
    }

    private void PromiseRoom()
    {
        while (_places.TryPeek(out var place) && (!place.IsWaiting || HasRoom(place.SizeBytes)))
        {
            _places.Dequeue();
            if (place.TryPromise())
            {
                _promised++;
                _promisedBytes += place.SizeBytes;
            }
        }
    }
}

/// <summary>A publish that waits for room in a session's queue.</summary>
internal sealed class WaitingPublish(int sizeBytes)
{
    private readonly TaskCompletionSource _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int SizeBytes { get; } = sizeBytes;

    public bool IsWaiting => !_promise.Task.IsCompleted;

    /// <summary>Completes when room is promised.</summary>
    public Task Promised => _promise.Task;

    public bool TryPromise() => _promise.TrySetResult();

    public bool TryGiveUp() => _promise.TrySetCanceled();
}

/// <summary>The bounds of a session's queue.</summary>
internal sealed record SessionLimits(int MaximumMessages, long MaximumBytes);

/// <summary>A last will whose delay has begun (section 3.1.3.2.2).</summary>
/// <param name="DueAt">Milliseconds of Unix time.</param>
internal sealed record PendingWill(WillMessage Will, long DueAt);
