using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Towns;

/// <summary>
/// The towns in force, in memory, for the registry itself and for every service that follows it. Read from the database
/// at the start, after each change here, and once a second for the changes of other replicas.
/// </summary>
public sealed class TownFeed(IServiceScopeFactory scopes, TownDirectory directory, TimeProvider clock, ILogger<TownFeed> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly VersionSignal _signal = new(clock);
    private volatile IReadOnlyList<TownVersion> _towns = [];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Reads what changed since the last time.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<RegistryDbContext>();
            var known = _signal.Version;
            var rows = await database.Towns.IgnoreQueryFilters().AsNoTracking().Where(row => row.Version > known).ToListAsync(cancellationToken);
            if (rows.Count > 0)
            {
                Take(rows);
            }
        }
        finally
        {
            _refreshing.Release();
        }
    }

    /// <summary>What changed after a version, as soon as something did.</summary>
    public async Task<TownChanges> ChangesAsync(long after, TimeSpan wait, CancellationToken cancellationToken)
    {
        await _signal.WaitBeyondAsync(after, wait, cancellationToken);
        var version = _signal.Version;
        // A version from the future is of a registry that was set up anew: whoever asks must begin again.
        var rows = _towns.Where(row => row.Version <= version && (after > version || row.Version > after)).ToList();
        return new TownChanges(
            version,
            [.. rows.Where(row => row.Town is not null).Select(row => row.Town!)],
            [.. rows.Where(row => row.Town is null).Select(row => row.Code)]);
    }

    public override void Dispose()
    {
        _refreshing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Poll, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (exception.IsDatabaseFault())
            {
                log.TownsNotRead(exception);
            }
        }
    }

    private void Take(List<TownRow> rows)
    {
        var changed = rows.Select(row => row.Municipality).ToHashSet(StringComparer.Ordinal);
        _towns = [.. _towns.Where(row => !changed.Contains(row.Code)), .. rows.Select(row => new TownVersion(row.Municipality, row.Version, row.IsRemoved ? null : row.Manifest))];
        directory.Change(
            [.. rows.Where(row => !row.IsRemoved).Select(row => row.Manifest)],
            [.. rows.Where(row => row.IsRemoved).Select(row => row.Municipality)]);
        _signal.Raise(rows.Max(row => row.Version));
    }

    private sealed record TownVersion(string Code, long Version, Town? Town);
}
