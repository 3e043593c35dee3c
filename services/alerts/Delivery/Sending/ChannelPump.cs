using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.ServiceDefaults.Retries;

namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>Sends what one database has for one channel: takes, tries, and hands the outcomes on.</summary>
internal sealed class ChannelPump(
    string? owner, DatabaseKind kind, IDeliveryChannel channel, SettleQueue settled, LedgerStore store, JobLoader loader, HostLines hosts,
    GoneAddresses gone, DeliveryMetrics metrics, DeliveryOptions options, TimeProvider clock, ILogger log)
{
    private const int MostAtOnce = 500;

    private readonly Backoff _pauses = new(TimeSpan.FromSeconds(options.RetrySeconds), TimeSpan.FromSeconds(options.LongestRetrySeconds));
    private readonly SemaphoreSlim _slots = new(options.HeldPerChannel, options.HeldPerChannel);

    /// <summary>Something may be due.</summary>
    public WakeSignal Wake { get; } = new();

    /// <summary>Runs until it is told to stop, and what was begun has ended.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await PumpAsync(stopping))
                {
                    await Wake.WaitAsync(TimeSpan.FromSeconds(options.PollSeconds), clock, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                // Whatever it is: a channel whose loop had ended would be silent for good.
                log.DeliveriesNotTaken(exception, channel.Name);
                await Task.Delay(TimeSpan.FromSeconds(options.PollSeconds), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        for (var slot = 0; slot < options.HeldPerChannel; slot++)
        {
            await _slots.WaitAsync(CancellationToken.None);
        }
    }

    /// <returns>Whether there may be more at once.</returns>
    private async Task<bool> PumpAsync(CancellationToken stopping)
    {
        // One slot must be free; more are taken as they are there.
        await _slots.WaitAsync(stopping);
        var slots = 1;
        while (slots < MostAtOnce && await _slots.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            slots++;
        }

        try
        {
            var rows = await store.TakeAsync(kind, channel.Name, slots, TimeSpan.FromSeconds(options.LeaseSeconds), stopping);
            if (rows is not { Count: > 0 })
            {
                return rows is not null && await store.CloseAsync(kind, stopping) > 0;
            }

            // Whose outcome is known but could not be written before its lease ended is not tried again.
            var news = new List<LedgerRow>(rows.Count);
            foreach (var row in rows)
            {
                if (!await settled.KeepAsync(row))
                {
                    news.Add(row);
                }
            }

            var loaded = await loader.LoadAsync(owner, news, stopping);
            foreach (var row in loaded.Withdrawn)
            {
                await settled.AddAsync(Settlement.Withdrawn(row, clock.GetUtcNow()));
            }

            foreach (var (row, next) in loaded.Unreadable)
            {
                await settled.AddAsync(Settlement.Unreadable(row, next, clock.GetUtcNow()));
            }

            foreach (var job in loaded.Jobs)
            {
                slots--;
                _ = RunJobAsync(job, stopping);
            }

            return true;
        }
        finally
        {
            if (slots > 0)
            {
                _slots.Release(slots);
            }
        }
    }

    private async Task RunJobAsync(DeliveryJob job, CancellationToken stopping)
    {
        // Off the loop that takes: encrypting a message is work.
        await Task.Yield();
        try
        {
            var outcome = await TryAsync(job, stopping);
            var now = clock.GetUtcNow();
            metrics.Tried(channel.Name, outcome);
            if (outcome.Kind == OutcomeKind.Gone && !await gone.RemoveAsync(job, stopping))
            {
                // What is gone is the address before: the next try goes to the one that is there now.
                outcome = DeliveryOutcome.Later("gone", hostIsIll: false);
            }

            await settled.AddAsync(Settlement.Of(
                job.Row, outcome, job.Next, now, now + _pauses.After(job.Row.Attempts), job.Message.View.Expires, options.TriesBeforeNextAddress,
                TimeSpan.FromSeconds(options.SecondsBeforeNextAddress)));
        }
        catch (Exception exception)
        {
            // A fault that nobody foresaw: the lease ends by itself, and the delivery is tried again.
            log.DeliveryBroke(exception, channel.Name);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<DeliveryOutcome> TryAsync(DeliveryJob job, CancellationToken stopping)
    {
        var line = hosts.Of(channel, channel.HostOf(job.Address));
        if (await line.EnterAsync(clock.GetUtcNow()) is { } later)
        {
            return DeliveryOutcome.NotTried("host-waits", later) with { HostIsIll = line.IsPaused(clock.GetUtcNow()) };
        }

        bool? isIll = null;
        DateTimeOffset? notBefore = null;
        try
        {
            var now = clock.GetUtcNow();
            if (stopping.IsCancellationRequested || job.Row.LeaseEnds <= now + options.NeededToTry)
            {
                // It waited so long that another process could take it while it is on its way.
                return DeliveryOutcome.NotTried(null, now);
            }

            if (job.Message.View.Expires <= now)
            {
                return DeliveryOutcome.Refused("not-in-time");
            }

            var outcome = await channel.SendAsync(job, stopping);
            if (outcome.Kind != OutcomeKind.NotTried)
            {
                (isIll, notBefore) = (outcome.HostIsIll, outcome.HostIsIll ? outcome.NotBefore : null);
            }

            return outcome;
        }
        finally
        {
            line.Leave(isIll, clock.GetUtcNow(), notBefore);
        }
    }
}
