using Microsoft.Extensions.Options;
using Orleans;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.Fleet;

/// <summary>
/// Has every town's fleet look for silent devices, as long as ingest hears any (decision 0012). While the broker is away
/// nobody is called silent, and afterwards everybody has the rule's whole time again.
/// </summary>
internal sealed class SilenceSweep(
    MqttIngest ingest, IGrainFactory grains, ITownDirectory towns, IOptions<FleetOptions> options, TimeProvider clock, ILogger<SilenceSweep> log) : BackgroundService
{
    private DateTimeOffset? _listeningSince;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SweepSeconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                _listeningSince = ingest.IsConnected ? _listeningSince ?? clock.GetUtcNow() : null;
                foreach (var town in towns.Towns)
                {
                    if (_listeningSince is { } since && town.Offers(AppIds.Telemetry) && town.Rules.Any(rule => rule is SilenceRule))
                    {
                        await SweepAsync(town, since);
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The next start sweeps on; what was found is stored.
            return;
        }
    }

    private async Task SweepAsync(Town town, DateTimeOffset since)
    {
        try
        {
            await grains.GetGrain<IFleetGrain>(town.Code).SweepAsync(since);
        }
        catch (Exception exception)
        {
            // One town's database that is away must not end the sweep of the others, nor the process.
            log.FleetNotSwept(exception, town.Code);
        }
    }
}
