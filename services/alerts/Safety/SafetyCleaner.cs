using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Safety;

/// <summary>Every hour, for every town: <see cref="SafetyEraser"/>.</summary>
internal sealed class SafetyCleaner(IServiceScopeFactory scopes, ITownDirectory towns, TimeProvider clock, ILogger<SafetyCleaner> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            foreach (var town in towns.Towns.Where(town => town.Offers(AppIds.Alerts)))
            {
                await CleanAsync(town.Code, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CleanAsync(string municipality, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = municipality;
        try
        {
            var count = await scope.ServiceProvider.GetRequiredService<SafetyEraser>().EraseAsync(cancellationToken);
            if (count > 0)
            {
                log.ReportsDeleted(municipality, count);
            }
        }
        catch (Exception exception) when (exception.IsDatabaseFault())
        {
            log.ReportsNotDeleted(exception, municipality);
        }
    }
}
