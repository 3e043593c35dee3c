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
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One for the deliverer itself, one for each worker; whoever ends last completes the stop.
    private int _running = 1;

    public EventDeliverer(EventStore store, IReadOnlyDictionary<string, SidecarApp> apps, EventDelivery delivery, ILogger logger)
    {
        (_store, _apps, _delivery, _logger) = (store, apps, delivery, logger);
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
                if (await WasWrittenAsync(queue, node))
                {
                    await DeliverAsync(app, queue, node.Value);
                    _store.Complete(queue, node);
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

    // Whatever goes wrong here must not cost the event, nor the queue its worker.
    private async Task DeliverAsync(SidecarApp app, EventQueue queue, StoredEvent stored)
    {
        for (var faults = 1; ; faults++)
        {
            try
            {
                await _delivery.DeliverAsync(app, queue, stored, _stopping.Token);
                return;
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !_stopping.IsCancellationRequested)
            {
                Log.WorkerFailed(_logger, queue.Key.Topic, queue.Key.AppId, exception);
            }

            await _delivery.PauseAsync(faults, _stopping.Token);
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
