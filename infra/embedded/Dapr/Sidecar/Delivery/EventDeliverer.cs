using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// Runs the delivery workers: one queue's worker never waits for another's, and a worker exists only while its queue
/// holds something.
/// </summary>
internal sealed class EventDeliverer : IAsyncDisposable
{
    private readonly EventStore _store;
    private readonly IReadOnlyDictionary<string, SidecarApp> _apps;
    private readonly EventDelivery _delivery;
    private readonly BulkEventDelivery _bulk;
    private readonly Redelivery _redelivery;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the deliverer itself, one for each worker; whoever ends last completes the stop.
    private int _running = 1;

    public EventDeliverer(EventStore store, IReadOnlyDictionary<string, SidecarApp> apps, EventSender sender, DaprDeliveryOptions options, TimeProvider clock, ILogger logger)
    {
        (_store, _apps, _logger) = (store, apps, logger);
        _redelivery = new Redelivery(options, clock);
        var deadLetters = new DeadLetters(store, _redelivery, logger);
        _delivery = new EventDelivery(sender, _redelivery, deadLetters, clock, logger);
        _bulk = new BulkEventDelivery(store, new BulkSender(sender), _delivery, _redelivery, deadLetters, clock, logger);
        store.StartWorker = Start;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        End();
        await _ended.Task;
        _stopping.Dispose();
    }

    private void Start(EventQueue queue)
    {
        if (!_stopping.IsCancellationRequested)
        {
            Interlocked.Increment(ref _running);
            ThreadPool.UnsafeQueueUserWorkItem(static s => _ = s.Deliverer.RunAsync(s.Queue), (Deliverer: this, Queue: queue), preferLocal: false);
        }
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _running) == 0)
        {
            _ended.TrySetResult();
        }
    }

    private async Task RunAsync(EventQueue queue)
    {
        try
        {
            var app = _apps[queue.Key.AppId];
            while (!_stopping.IsCancellationRequested && _store.TryTake(queue, out var node))
            {
                if (queue.Subscription?.Bulk is { } bulk)
                {
                    await DeliverBulkAsync(app, queue, node, bulk.MaximumCount);
                }
                else if (await WasWrittenAsync(queue, node))
                {
                    await DeliverAsync(app, queue, node);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The event stays on disk for the next run.
            return;
        }
        finally
        {
            End();
        }
    }

    private async Task DeliverAsync(SidecarApp app, EventQueue queue, LinkedListNode<StoredEvent> node)
    {
        var isDone = false;
        await GuardAsync(queue, async () => isDone = await _delivery.DeliverAsync(app, queue, node.Value, _stopping.Token));
        if (isDone)
        {
            _store.Complete(queue, node);
        }
        else
        {
            await DeliverBulkAsync(app, queue, node, queue.Subscription?.Bulk?.MaximumCount ?? 1);
        }
    }

    // What waits goes at once: while one bulk is under way the next one gathers, so that nothing waits for company.
    private async Task DeliverBulkAsync(SidecarApp app, EventQueue queue, LinkedListNode<StoredEvent> first, int maximumCount)
    {
        var taken = new List<LinkedListNode<StoredEvent>> { first };
        _store.TakeMore(queue, taken, maximumCount);
        var nodes = new List<LinkedListNode<StoredEvent>>(taken.Count);
        foreach (var node in taken)
        {
            if (await WasWrittenAsync(queue, node))
            {
                nodes.Add(node);
            }
        }

        await GuardAsync(queue, () => _bulk.DeliverAsync(app, queue, nodes, _stopping.Token));
    }

    // Whatever goes wrong here must not cost the event, nor the queue its worker.
    private async Task GuardAsync(EventQueue queue, Func<Task> deliver)
    {
        for (var faults = 1; ; faults++)
        {
            try
            {
                await deliver();
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !_stopping.IsCancellationRequested)
            {
                Log.WorkerFailed(_logger, queue.Key.Topic, queue.Key.AppId, exception);
            }

            await _redelivery.PauseAsync(faults, _stopping.Token);
        }
    }

    private async Task<bool> WasWrittenAsync(EventQueue queue, LinkedListNode<StoredEvent> node)
    {
        try
        {
            await node.Value.Written;
            return true;
        }
        catch (IOException exception)
        {
            Log.NotWritten(_logger, queue.Key.Topic, queue.Key.AppId, exception);
            _store.Discard(queue, node);
            return false;
        }
    }
}
