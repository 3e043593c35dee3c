using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>Deletes what a town keeps no longer: readings and roll-ups by the days that its manifest gives.</summary>
internal sealed class Retention(TelemetryStores stores, ITownDirectory towns, TimeProvider clock, ILogger<Retention> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var town in towns.Towns)
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    return;
                }

                await DeleteAsync(town, stoppingToken);
            }
        }
    }

    private async Task DeleteAsync(Town town, CancellationToken stoppingToken)
    {
        var settings = RetentionSettings.Of(town);
        var now = clock.GetUtcNow();
        try
        {
            var deleted = await stores.OfTown(town.Code).DeleteBeforeAsync(
                town.Code,
                UnixMicroseconds.From(now.AddDays(-settings.KeepReadingsDays)),
                UnixMicroseconds.From(now.AddDays(-settings.KeepRollupsDays)),
                stoppingToken);
            if (deleted > 0)
            {
                log.ReadingsDeleted(town.Code, deleted, settings.KeepReadingsDays);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest is deleted after the next start.
            return;
        }
        catch (Exception exception) when (exception.MayPass())
        {
            log.NotDeleted(exception, town.Code);
        }
    }
}
