using System.Collections.Concurrent;
using System.Threading.Channels;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>Collects outcomes and writes them down many at a time: one commit for each would wait for the disk each time.</summary>
internal sealed class SettleQueue(DatabaseKind kind, LedgerStore store, int capacity, DeliveryOptions options, TimeProvider clock, ILogger log)
{
    private const int MostAtOnce = 1000;

    private readonly Channel<Settlement> _settlements = Channel.CreateBounded<Settlement>(new BoundedChannelOptions(capacity) { SingleReader = true });

    // Known, but perhaps not written.
    private readonly ConcurrentDictionary<(long Sequence, string SubscriptionId), Settlement> _known = new();

    public ValueTask AddAsync(Settlement settlement)
    {
        _known[KeyOf(settlement.Row)] = settlement;
        return _settlements.Writer.WriteAsync(settlement);
    }

    /// <summary>Where the outcome of an earlier try is known but not written yet: sees to it that it is, under the lease with which the row was taken again.</summary>
    /// <returns>Whether that is so; the row is not to be tried then.</returns>
    public async ValueTask<bool> KeepAsync(LedgerRow row)
    {
        if (!_known.TryGetValue(KeyOf(row), out var known))
        {
            return false;
        }

        await AddAsync(known with { Row = row });
        return true;
    }

    /// <summary>No more will come.</summary>
    public void Complete() => _settlements.Writer.TryComplete();

    /// <summary>Runs until no more will come and all is written.</summary>
    /// <param name="stopping">From then on what can't be written is left: its leases end by themselves.</param>
    public async Task RunAsync(CancellationToken stopping)
    {
        var batch = new List<Settlement>(MostAtOnce);
        while (await _settlements.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < MostAtOnce && _settlements.Reader.TryRead(out var one))
            {
                batch.Add(one);
            }

            var began = clock.GetTimestamp();
            await WriteAsync(batch, stopping);
            batch.Clear();
            if (kind.IsSqlite && !stopping.IsCancellationRequested)
            {
                // As long a pause as it wrote: whoever issues an alert meanwhile finds the file free.
                await Task.Delay(clock.GetElapsedTime(began), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static (long Sequence, string SubscriptionId) KeyOf(LedgerRow row) => (row.Sequence, row.SubscriptionId);

    private async Task WriteAsync(List<Settlement> batch, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await store.SettleAsync(kind, batch, CancellationToken.None);
                batch.ForEach(one => _known.TryRemove(new(KeyOf(one.Row), one)));
                return;
            }
            catch (Exception exception)
            {
                log.OutcomesNotWritten(exception, batch.Count);
                if (stopping.IsCancellationRequested)
                {
                    return;
                }

                await Task.Delay(TimeSpan.FromSeconds(options.PollSeconds), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
