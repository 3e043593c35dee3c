using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Data;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Prediction;

namespace SmartCity.Transit.Live;

/// <summary>
/// Carries what was learned of travel times over a restart: loaded at the start, saved every few minutes and at the end. Without
/// it the timetable predicts, so nothing waits for the database and nothing fails with it.
/// </summary>
internal sealed class LearnedTimesKeeper(
    IServiceScopeFactory scopes, MemorySegmentTimes learned, TownPlans plans, ITownDirectory towns, TimeProvider clock, ILogger<LearnedTimesKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, DateTimeOffset> _newest = new(StringComparer.Ordinal);

    private IEnumerable<string> Towns => towns.Towns.Where(static town => town.Offers(AppIds.Transit)).Select(static town => town.Code);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var rows = new List<SegmentTimesRow>();
        foreach (var town in Towns)
        {
            rows.AddRange(await LoadAsync(town, cancellationToken));
        }

        // Stops that two towns share are stored with both.
        learned.Load(new SegmentTimesSnapshot([.. rows
            .GroupBy(static row => new SegmentKey(row.FromStopId, row.ToStopId, row.Day, row.Hour))
            .Select(static group => group.MaxBy(static row => row.NewestAt)!)]));
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SaveAsync(cancellationToken);
    }

    /// <summary>Saves the towns in which something was observed since the last time.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        var rows = learned.Save().Rows;
        foreach (var town in Towns)
        {
            if (plans.Of(town) is { } live)
            {
                await SaveAsync(town, [.. rows.Where(row => live.LocationTypeOf(row.FromStopId) is not null)], cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await SaveAsync(stoppingToken);
        }
    }

    private async Task<IReadOnlyList<SegmentTimesRow>> LoadAsync(string municipality, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = ScopeOf(municipality);
            var stored = await scope.ServiceProvider.GetRequiredService<TransitDbContext>().LearnedTimes.AsNoTracking().FirstOrDefaultAsync(cancellationToken);
            return stored?.Unpack() ?? [];
        }
        catch (InvalidDataException exception)
        {
            log.LearnedTimesUnreadable(exception, municipality);
        }
        catch (Exception exception) when (exception.IsDatabaseFault())
        {
            log.LearnedTimesNotLoaded(exception, municipality);
        }

        return [];
    }

    private async Task SaveAsync(string municipality, IReadOnlyList<SegmentTimesRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0 || rows.Max(static row => row.NewestAt) is var newest && _newest.TryGetValue(municipality, out var saved) && saved == newest)
        {
            return;
        }

        try
        {
            await using var scope = ScopeOf(municipality);
            var database = scope.ServiceProvider.GetRequiredService<TransitDbContext>();
            await using var transaction = await database.BeginWriteAsync(cancellationToken);
            await database.LearnedTimes.ExecuteDeleteAsync(cancellationToken);
            database.LearnedTimes.Add(new LearnedTimes { Municipality = municipality, SavedAt = clock.GetUtcNow(), Packed = LearnedTimes.Pack(rows) });
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            _newest[municipality] = rows.Max(static row => row.NewestAt);
        }
        catch (Exception exception) when (exception.IsDatabaseFault())
        {
            log.LearnedTimesNotSaved(exception, municipality);
        }
    }

    private AsyncServiceScope ScopeOf(string municipality)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = municipality;
        return scope;
    }
}
