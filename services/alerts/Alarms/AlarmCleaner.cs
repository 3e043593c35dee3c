using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Alarms;

/// <summary>Every hour, for every town: deletes what has been over for longer than it is kept. Active alarms stay.</summary>
internal sealed class AlarmCleaner(
    IServiceScopeFactory scopes, ITownDirectory towns, IOptions<AlarmOptions> options, TimeProvider clock, ILogger<AlarmCleaner> log) : BackgroundService
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

    internal async Task CleanAsync(string municipality, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = municipality;
            var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
            var before = clock.GetUtcNow().AddDays(-options.Value.KeepDays);
            await database.Set<AlarmClear>().Where(row => row.NotedAt < before).ExecuteDeleteAsync(cancellationToken);
            var old = database.Set<Alarm>().Where(row => row.EndedAt != null && row.EndedAt < before);
            if (!await old.AnyAsync(cancellationToken))
            {
                return;
            }

            await using var transaction = await database.BeginWriteAsync(cancellationToken);
            await database.Set<AlarmStep>().Where(step => old.Any(alarm => alarm.Id == step.AlarmId)).ExecuteDeleteAsync(cancellationToken);
            var count = await old.ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            log.AlarmsDeleted(municipality, count, options.Value.KeepDays);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One town's fault, whatever it is, is no matter of the others, and none of the host.
            log.AlarmsNotDeleted(exception, municipality);
        }
    }
}
