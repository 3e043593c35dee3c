using System.Collections.Concurrent;
using SmartCity.Contracts.Towns;
using SmartCity.Engine;
using SmartCity.ServiceDefaults.Devices;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Host.Access;

/// <summary>
/// What each town, each kind of its devices, and each device may publish (<see cref="TownLimits"/>). Beyond it a town's
/// devices wait for their turn, and only they: every connection is held back by itself.
/// </summary>
internal sealed class TownQuotas : IMqttQuota, IDisposable
{
    /// <summary>Who would have to wait longer is refused, so that a device which is far over its quota learns of it.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly ITownDirectory _towns;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<(string Town, string? Kind, string? Device), QuotaBucket> _buckets = new();
    private readonly ConcurrentDictionary<string, QuotaBucket[]> _byUser = new(StringComparer.Ordinal);
    private readonly IDisposable _subscription;

    public TownQuotas(ITownDirectory towns, TimeProvider clock)
    {
        _towns = towns;
        _clock = clock;
        // Limits and kinds may be others now; they are looked up again, and the buckets stay as full as they are.
        _subscription = towns.OnChange(_ => _byUser.Clear());
    }

    public TimeSpan? Take(string userName, string topic, int qualityOfService)
    {
        var longest = qualityOfService == 0 ? TimeSpan.Zero : LongestWait;
        var buckets = _byUser.GetOrAdd(userName, BucketsOf);
        var wait = TimeSpan.Zero;
        for (var index = 0; index < buckets.Length; index++)
        {
            if (buckets[index].Take(longest) is not { } turn)
            {
                for (var taken = 0; taken < index; taken++)
                {
                    buckets[taken].Return();
                }

                return null;
            }

            wait = turn > wait ? turn : wait;
        }

        return wait;
    }

    public void Dispose() => _subscription.Dispose();

    // The platform's own user belongs to no town and has no limit.
    private QuotaBucket[] BucketsOf(string userName)
    {
        if (!DeviceRights.TrySplit(userName, out var municipality, out var deviceId) || !_towns.TryGet(municipality, out var town))
        {
            return [];
        }

        // The narrowest first: what a device may not send takes no turn of the others.
        var buckets = new List<QuotaBucket> { BucketOf((municipality, null, deviceId), town.Limits.MessagesPerSecondOfDevice ?? TownLimits.UsualMessagesPerSecondOfDevice) };
        if (_towns.TryGetDevice(municipality, deviceId, out var device) && town.Limits.MessagesPerSecondByKind.TryGetValue(device.Kind, out var ofKind))
        {
            buckets.Add(BucketOf((municipality, device.Kind, null), ofKind));
        }

        buckets.Add(BucketOf((municipality, null, null), town.Limits.MessagesPerSecond));
        return [.. buckets];
    }

    private QuotaBucket BucketOf((string Town, string? Kind, string? Device) key, int perSecond)
        => _buckets.GetOrAdd(key, _ => new QuotaBucket(_clock)).WithLimit(perSecond);
}
