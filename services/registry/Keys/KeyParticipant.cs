using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts.Towns;
using SmartCity.Registry.Changes;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Registry.Keys;

/// <summary>A device that goes takes its keys along, and a municipality those of all its devices.</summary>
internal sealed class KeyParticipant(KeyFeed feed, TimeProvider clock) : IRegistryParticipant
{
    private const string Who = "registry";

    public async Task TakePartAsync(RegistryDbContext database, Town? before, Town? after, long version, CancellationToken cancellationToken)
    {
        if (before is null)
        {
            return;
        }

        var gone = before.Devices.Select(device => device.Id).ToHashSet(StringComparer.Ordinal);
        gone.ExceptWith(after?.Devices.Select(device => device.Id) ?? []);
        if (gone.Count == 0)
        {
            return;
        }

        DateTimeOffset? now = clock.GetJapanNow();
        foreach (var some in gone.Chunk(500).Select(ids => ids.ToList()))
        {
            // Its key must not come back to life with a device that is registered anew under the same name.
            await database.DeviceKeys.IgnoreQueryFilters()
                .Where(key => key.Municipality == before.Code && key.RevokedAt == null && some.Contains(key.Device))
                .ExecuteUpdateAsync(
                    key => key.SetProperty(row => row.RevokedAt, now).SetProperty(row => row.RevokedBy, Who).SetProperty(row => row.Version, version),
                    cancellationToken);
        }
    }

    public Task CommittedAsync(CancellationToken cancellationToken) => feed.RefreshAsync(cancellationToken);
}
