using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.Telemetry.Decoding;
using SmartCity.Telemetry.NgsiLd.Subscriptions;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.Streaming;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Ingest;

/// <summary>
/// The one writer of a lane: evaluates a batch, commits readings, rule state and outgoing events in one transaction, and only
/// then acknowledges the messages. A batch that can't be stored is tried until it can; meanwhile the queue fills,
/// the broker is not read on, and its own durable queue holds what devices send.
/// </summary>
internal sealed class BatchWriter(
    IngestQueue queue, LaneOwner owner, BatchEvaluator evaluator, TelemetryStores stores, OutboxSignal outbox, RefusalLog refusals, LiveReadings live, SubscriptionBell bell,
    IngestMetrics metrics, IOptions<IngestOptions> options, TimeProvider clock, ILogger<BatchWriter> log)
{
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5));
    private readonly ITelemetryStore _store = stores.Of(owner.Municipality);

    /// <summary>Until the process stops.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RehearseAsync(stoppingToken);
            while (true)
            {
                var batch = await queue.ReadBatchAsync(options.Value.BatchMessages, stoppingToken);
                await StoreUntilDoneAsync(batch, stoppingToken);
                await AcknowledgeAsync(batch, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not acknowledged stays with the broker.
            return;
        }
    }

    /// <summary>One reading of no device goes through grain and store, and is taken back: the first real one is then as fast as the next.</summary>
    private async Task RehearseAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var batch = new[]
        {
            new IngestItem
            {
                Municipality = "rehearsal",
                Device = "rehearsal",
                ReceivedAt = now,
                Measurements = [new Measurement("rehearsal", now, 0)],
                AcknowledgeAsync = _ => Task.CompletedTask,
            },
        };
        try
        {
            await evaluator.EvaluateAsync(batch);
            await _store.RehearseAsync(batch, cancellationToken);
        }
        catch (Exception exception) when (exception.MayPass())
        {
            // The same fault meets the first real batch, which is tried until it is stored.
            log.BatchNotStored(exception, batch.Length, 0);
        }
    }

    private async Task StoreUntilDoneAsync(List<IngestItem> batch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            IReadOnlyList<DeviceOutcome> outcomes = [];
            try
            {
                outcomes = await evaluator.EvaluateAsync(batch);
                var stored = await _store.CommitAsync(batch, outcomes, cancellationToken);
                metrics.Stored(batch.Count, stored.Readings, stored.Duplicates);
                live.Committed(stored.Fresh);
                bell.Committed();
                if (outcomes.Any(outcome => outcome.Events.Count > 0))
                {
                    outbox.Set();
                }

                Tell(batch, stored);
                return;
            }
            catch (Exception exception) when (exception is StaleSensorStateException || exception.MayPass())
            {
                log.BatchNotStored(exception, batch.Count, attempt);
                await evaluator.ForgetAsync(outcomes);
                await Task.Delay(Pauses.After(attempt), clock, cancellationToken);
            }
        }
    }

    private void Tell(List<IngestItem> batch, StoredBatch stored)
    {
        foreach (var item in batch)
        {
            foreach (var fault in item.Faults)
            {
                refusals.Add(item.Municipality, item.Device, fault);
            }
        }

        foreach (var (item, fault) in stored.Refused)
        {
            refusals.Add(item.Municipality, item.Device, fault);
        }
    }

    private async Task AcknowledgeAsync(List<IngestItem> batch, CancellationToken cancellationToken)
    {
        foreach (var item in batch)
        {
            try
            {
                await item.AcknowledgeAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // The connection it came by is gone: the broker sends it again and the primary key drops it.
                log.AcknowledgementNotSent(exception);
            }
        }
    }
}
