using Microsoft.Extensions.Options;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>Everything that is delivered out of one database.</summary>
internal sealed class OwnerDelivery
{
    private static readonly TimeSpan BetweenForgetting = TimeSpan.FromHours(1);

    private readonly DatabaseKind _kind;
    private readonly DeliveryOptions _options;
    private readonly PlanStore _plans;
    private readonly LedgerAge _age;
    private readonly ITownDirectory _towns;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly WakeSignal _issued = new();
    private readonly SettleQueue _settled;
    private readonly IReadOnlyList<ChannelPump> _pumps;

    public OwnerDelivery(
        DeliveryOwner owned, TownDatabases databases, IEnumerable<IDeliveryChannel> channels, PlanStore plans, LedgerAge age, LedgerStore store, JobLoader loader, HostLines hosts,
        GoneAddresses gone, DeliveryMetrics metrics, ITownDirectory towns, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<OwnerDelivery> log)
    {
        var owner = owned.Municipality;
        (_kind, _options, _plans, _age, _towns, _clock, _log) = (databases.Of(owner), options.Value, plans, age, towns, clock, log);
        var offered = channels.Where(channel => channel.NotOffered is null).ToList();
        _settled = new SettleQueue(_kind, store, offered.Count * _options.HeldPerChannel, _options, clock, log);
        _pumps = [.. offered.Select(channel => new ChannelPump(owner, _kind, channel, _settled, store, loader, hosts, gone, metrics, _options, clock, log))];
    }

    public void Wake() => _issued.Set();

    public async Task RunAsync(CancellationToken stopping)
    {
        var writing = _settled.RunAsync(stopping);
        await Task.WhenAll([PlanAsync(stopping), .. _pumps.Select(pump => pump.RunAsync(stopping))]);
        _settled.Complete();
        await writing;
    }

    private async Task PlanAsync(CancellationToken stopping)
    {
        var forgetAt = _clock.GetUtcNow() + BetweenForgetting;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _plans.TakeIssuedAsync(_kind, stopping);
                foreach (var open in await _plans.OpenAsync(_kind, stopping))
                {
                    await TryPlanAsync(open, stopping);
                }

                if (_clock.GetUtcNow() >= forgetAt && !await _age.ForgetAsync(_kind, _options.KeepLedgerDays, stopping))
                {
                    forgetAt = _clock.GetUtcNow() + BetweenForgetting;
                }

                await _issued.WaitAsync(TimeSpan.FromSeconds(_options.PollSeconds), _clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is: without this loop nobody would be told of anything any more.
                _log.NotPlanned(exception);
                await Task.Delay(TimeSpan.FromSeconds(_options.PollSeconds), _clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // A message that can't be read holds up no other; it is tried again with the next look.
    private async Task TryPlanAsync(DeliveryPlan open, CancellationToken stopping)
    {
        try
        {
            await PlanAsync(open, stopping);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !exception.IsDatabaseFault())
        {
            _log.MessageNotPlanned(exception, open.Municipality, open.Sequence);
        }
    }

    private async Task PlanAsync(DeliveryPlan open, CancellationToken stopping)
    {
        _ = _towns.TryGet(open.Municipality, out var town);
        for (var plan = open; plan is not null;)
        {
            var began = _clock.GetTimestamp();
            plan = await _plans.PlanChunkAsync(_kind, plan, town, stopping);
            foreach (var pump in _pumps)
            {
                pump.Wake.Set();
            }

            if (plan is not null && _kind.IsSqlite)
            {
                // Whoever issues the next alert finds the file free.
                await Task.Delay(_clock.GetElapsedTime(began) / 4, _clock, stopping);
            }
        }
    }
}
