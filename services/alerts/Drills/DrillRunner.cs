using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Drills;

/// <summary>Looks for drills that have something to do, of every town. What they are about to do stands in the database alone, so a restart loses nothing.</summary>
internal sealed class DrillRunner(
    IServiceScopeFactory scopes, TownDatabases databases, ITownDirectory towns, IOptions<DrillOptions> options, TimeProvider clock, ILogger<DrillRunner> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        do
        {
            foreach (var owner in databases.Owners)
            {
                await LookAsync(owner, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(string? owner, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Municipality, string Id)> open;
        try
        {
            open = await OpenAsync(owner, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: without this loop no drill would go on, and no all-clear would come.
            log.DrillsNotRead(exception);
            return;
        }

        foreach (var (municipality, id) in open)
        {
            await PlayAsync(municipality, id, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<(string Municipality, string Id)>> OpenAsync(string? owner, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(owner);
        var now = clock.GetUtcNow();
        var rows = await scope.ServiceProvider.GetRequiredService<AlertDbContext>().Set<Drill>().AsNoTracking().IgnoreQueryFilters()
            .Where(row => row.State == DrillState.Running || (row.State == DrillState.Approved && row.StartsAt <= now)
                || ((row.State == DrillState.Ended || row.State == DrillState.Stopped) && row.StartedAt != null && row.ReportedAt == null))
            .OrderBy(row => row.PlannedAt).Select(row => new { row.Municipality, row.Id }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Municipality, row.Id))];
    }

    private async Task PlayAsync(string municipality, string id, CancellationToken cancellationToken)
    {
        if (!towns.TryGet(municipality, out var town))
        {
            return;
        }

        try
        {
            await using var scope = ScopeOf(municipality);
            await scope.ServiceProvider.GetRequiredService<DrillPlay>().AdvanceAsync(town, id, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            log.DrillNotPlayed(exception, municipality, id);
        }
    }

    private AsyncServiceScope ScopeOf(string? municipality)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = municipality;
        return scope;
    }
}
