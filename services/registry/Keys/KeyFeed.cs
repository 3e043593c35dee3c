using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Data;
using SmartCity.Registry.Towns;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Registry.Keys;

/// <summary>
/// Tells brokers which keys are good. Only the newest version is kept in memory: raised at once by changes here, and
/// looked for once a second for the changes of other replicas.
/// </summary>
public sealed class KeyFeed(IServiceScopeFactory scopes, TimeProvider clock, ILogger<KeyFeed> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly VersionSignal _signal = new(clock);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>After the commit of a change.</summary>
    public void Raise(long version) => _signal.Raise(version);

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RegistryDbContext>();
        _signal.Raise(await database.DeviceKeys.IgnoreQueryFilters().MaxAsync(row => (long?)row.Version, cancellationToken) ?? 0);
    }

    /// <summary>The devices whose keys changed after a version, as soon as some did.</summary>
    public async Task<DeviceKeyChanges> ChangesAsync(long after, TimeSpan wait, RegistryDbContext database, CancellationToken cancellationToken)
    {
        // A version from the future is of a registry that was set up anew: whoever asks must begin again, at once.
        await _signal.WaitBeyondAsync(after, after > _signal.Version ? TimeSpan.Zero : wait, cancellationToken);
        var version = _signal.Version;
        var isWhole = after <= 0 || after > version;
        if (after == version)
        {
            return new DeviceKeyChanges(version, isWhole, []);
        }

        var keys = database.DeviceKeys.IgnoreQueryFilters().AsNoTracking();
        // What is newer than the version comes again next time, and does no harm twice.
        var changed = isWhole
            ? keys.Where(key => key.RevokedAt == null)
            : keys.Where(key => keys.Any(other => other.Version > after && other.Municipality == key.Municipality && other.Device == key.Device));
        var now = clock.GetUtcNow();
        var devices = (await changed.ToListAsync(cancellationToken))
            .GroupBy(key => MqttTopic.UserName(key.Municipality, key.Device), StringComparer.Ordinal)
            .Select(device => new DeviceKeys(
                device.Key,
                [.. device.Where(key => key.StateAt(now) is KeyState.Valid or KeyState.Expiring).Select(key => new DeviceKey(key.KeyId, key.Sha256, key.ExpiresAt))]))
            .Where(device => !isWhole || device.Keys.Count > 0)
            .ToList();
        return new DeviceKeyChanges(version, isWhole, devices);
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
                log.KeysNotRead(exception);
            }
        }
    }
}
