using System.Buffers;
using Microsoft.Extensions.Logging;
using SmartCity.Embedded.Journal;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// The queues of all apps on one log, so that all publishers share each write to the disk. An event is one record
/// however many apps it is for: it is safe for all of them or for none.
/// </summary>
internal sealed class EventStore : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly StoredState _state;
    private readonly AppendLog _log;
    private readonly DaprSidecarOptions _options;
    private readonly ILogger _logger;
    private readonly Dictionary<TopicKey, EventQueue[]> _subscribed = [];
    private readonly HashSet<string> _activeApps;
    private readonly Dictionary<string, Task> _subscriptionWrites = new(StringComparer.Ordinal);
    private Task _compaction = Task.CompletedTask;
    private long _compactAbove;

    private EventStore(StoredState state, AppendLog log, DaprSidecarOptions options, ILogger logger)
    {
        (_state, _log, _options, _logger) = (state, log, options, logger);
        _compactAbove = options.Limits.CompactionBytes;
        _activeApps = options.Apps.Select(a => a.AppId).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Starts a delivery worker for a queue; called under the store's lock, must not block.</summary>
    public Action<EventQueue>? StartWorker { get; set; }

    /// <summary>The last failure of the disk, or null.</summary>
    public Exception? LastFailure => _log.LastFailure;

    /// <exception cref="IOException">The directory cannot be written, or another sidecar uses it.</exception>
    public static EventStore Open(DaprSidecarOptions options, ILogger logger)
    {
        var state = new StoredState();
        var log = AppendLog.Open(options.DataDirectory, state.Replay, options.Journal);
        if (log.TornBytes > 0)
        {
            Log.TornLog(logger, options.DataDirectory, log.TornBytes);
        }

        foreach (var queue in state.Queues.Values)
        {
            queue.QueueReplayed();
        }

        var store = new EventStore(state, log, options, logger);
        foreach (var (appId, subscriptions) in state.Subscriptions.Where(s => store._activeApps.Contains(s.Key)))
        {
            store.Apply(appId, subscriptions);
        }

        return store;
    }

    public IReadOnlyList<Subscription> SubscriptionsOf(string appId)
    {
        lock (_gate)
        {
            return _state.Subscriptions.GetValueOrDefault(appId, []);
        }
    }

    public bool HasSubscriber(TopicKey topic)
    {
        lock (_gate)
        {
            return _subscribed.ContainsKey(topic);
        }
    }

    /// <summary>Replaces an app's subscriptions; completes when that is on disk. Nothing is written when nothing changed.</summary>
    public Task SetSubscriptionsAsync(string appId, IReadOnlyList<Subscription> subscriptions)
    {
        lock (_gate)
        {
            var last = _subscriptionWrites.GetValueOrDefault(appId, Task.CompletedTask);
            if (!last.IsFaulted && _state.Subscriptions.GetValueOrDefault(appId, []).SequenceEqual(subscriptions))
            {
                return last;
            }

            foreach (var subscription in subscriptions)
            {
                var key = new QueueKey(appId, subscription.Pubsub, subscription.Topic);
                if (!_state.Queues.ContainsKey(key))
                {
                    Define(_state.AddQueue(key));
                }
            }

            _state.Subscriptions[appId] = subscriptions;
            var written = _log.AppendAsync(EventRecords.OfSubscriptions(appId, subscriptions));
            _subscriptionWrites[appId] = written;
            Apply(appId, subscriptions);
            return written;
        }
    }

    /// <summary>Queues an event for every subscribed app; the task completes when it is on disk.</summary>
    /// <exception cref="QueueFullException">An app's queue has no room; nothing was queued for any.</exception>
    public Task PublishAsync(TopicKey topic, EventContent content)
    {
        lock (_gate)
        {
            if (!_subscribed.TryGetValue(topic, out var queues))
            {
                return Task.CompletedTask;
            }

            Span<int> ids = queues.Length <= 64 ? stackalloc int[queues.Length] : new int[queues.Length];
            for (var i = 0; i < queues.Length; i++)
            {
                if (!queues[i].HasRoom(content.Payload.Length, _options.Limits))
                {
                    throw new QueueFullException(queues[i].Key);
                }

                ids[i] = queues[i].Id;
                if (queues[i].Defined.IsFaulted)
                {
                    Define(queues[i]);
                }
            }

            var stored = new StoredEvent(++_state.LastSequence, content);
            var record = EventRecords.RentEvent(stored, ids, out var length);
            stored.Written = _log.AppendAsync(record.AsSpan(0, length));
            ArrayPool<byte>.Shared.Return(record);
            foreach (var queue in queues)
            {
                if (!queue.Defined.IsCompletedSuccessfully)
                {
                    stored.Written = Task.WhenAll(queue.Defined, stored.Written);
                }

                queue.Add(stored);
                StartWorkerIfNeeded(queue);
            }

            return stored.Written;
        }
    }

    /// <summary>Starts workers for everything that waits from an earlier run.</summary>
    public void StartWorkers()
    {
        lock (_gate)
        {
            foreach (var queue in _state.Queues.Values.Where(q => _activeApps.Contains(q.Key.AppId)))
            {
                for (var i = 0; i < _options.Delivery.ConcurrentDeliveries; i++)
                {
                    StartWorkerIfNeeded(queue);
                }
            }
        }
    }

    /// <summary>Takes the next event to deliver; false ends the worker.</summary>
    public bool TryTake(EventQueue queue, out LinkedListNode<StoredEvent> node)
    {
        lock (_gate)
        {
            if (queue.TryTake(out node))
            {
                return true;
            }

            queue.Workers--;
            return false;
        }
    }

    /// <summary>Takes what else waits, as far as it fits into one bulk.</summary>
    public void TakeMore(EventQueue queue, List<LinkedListNode<StoredEvent>> taken, int maximumCount)
    {
        lock (_gate)
        {
            long bytes = taken.Sum(n => n.Value.Content.Payload.Length);
            while (taken.Count < maximumCount && queue.TryTakeWithin(_options.Limits.MaximumEventBytes - bytes, out var node))
            {
                bytes += node.Value.Content.Payload.Length;
                taken.Add(node);
            }
        }
    }

    /// <summary>The app is done with the event. Losing this record only means one delivery more.</summary>
    public void Complete(EventQueue queue, LinkedListNode<StoredEvent> node)
    {
        lock (_gate)
        {
            EventRecords.AppendRemoved(_log, node.Value.Sequence, queue.Id);
            queue.Remove(node);
            CompactIfLarge();
        }
    }

    /// <summary>Forgets an event that could not be written: its publisher was told so.</summary>
    public void Discard(EventQueue queue, LinkedListNode<StoredEvent> node)
    {
        lock (_gate)
        {
            queue.Remove(node);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _compaction;
        await _log.DisposeAsync();
    }

    // An event whose queue is not known on disk would be lost on replay, so it waits for the definition too.
    private void Define(EventQueue queue) => queue.Defined = _log.AppendAsync(EventRecords.OfQueue(queue));

    private void Apply(string appId, IReadOnlyList<Subscription> subscriptions)
    {
        foreach (var queue in _state.Queues.Values.Where(q => string.Equals(q.Key.AppId, appId, StringComparison.Ordinal)))
        {
            queue.Subscription = subscriptions.FirstOrDefault(s => s.TopicKey == queue.Key.TopicKey);
            if (queue.Subscription is not null)
            {
                queue.Subscribed.Open();
                continue;
            }

            queue.Subscribed.Close();
            if (queue.Live.Count > 0)
            {
                Log.QueueParked(_logger, appId, queue.Key.Topic, queue.Live.Count);
            }
        }

        _subscribed.Clear();
        foreach (var group in _state.Queues.Values.Where(q => q.Subscription is not null).GroupBy(q => q.Key.TopicKey))
        {
            _subscribed[group.Key] = [.. group];
        }
    }

    private void StartWorkerIfNeeded(EventQueue queue)
    {
        if (queue.Workers < _options.Delivery.ConcurrentDeliveries && queue.WaitingCount > 0)
        {
            queue.Workers++;
            StartWorker?.Invoke(queue);
        }
    }

    private void CompactIfLarge()
    {
        var size = _log.SizeBytes;
        if (size < _compactAbove || !_compaction.IsCompleted || size < 4 * _state.Queues.Values.Sum(q => q.Bytes))
        {
            return;
        }

        _compaction = ReportAsync(_log.RewriteAsync(_state.Write));
    }

    private async Task ReportAsync(Task compaction)
    {
        try
        {
            await compaction;
            Volatile.Write(ref _compactAbove, _options.Limits.CompactionBytes);
        }
        catch (IOException exception)
        {
            // Not again before it has grown much: each attempt copies the whole, and a full disk stays full for a while.
            Volatile.Write(ref _compactAbove, 2 * _log.SizeBytes);
            Log.CompactionFailed(_logger, exception);
        }
    }
}
