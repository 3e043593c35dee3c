using System.Runtime.CompilerServices;
using SmartCity.Contracts.Towns;
using SmartCity.Telemetry.Devices;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.NgsiLd.Entities;

/// <summary>Reads a town's entities, some devices at a time.</summary>
internal sealed class EntitySource(TelemetryDb database, TelemetryStores stores)
{
    private const int AtOnce = 500;

    /// <param name="wanted">Type and device of the entities, in the order in which they are wanted.</param>
    public async IAsyncEnumerable<Entity> ReadAsync(
        Town town, IEnumerable<(string Type, Device Device)> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in wanted.Chunk(AtOnce))
        {
            var devices = some.Select(one => one.Device).DistinctBy(device => device.Id).ToList();
            var views = (await DeviceHandlers.ViewsOf(town, devices, database, stores, cancellationToken)).ToDictionary(view => view.Id, StringComparer.Ordinal);
            foreach (var (type, device) in some)
            {
                yield return EntityBuilder.Build(town, device, views[device.Id], type);
            }
        }
    }

    public async Task<Entity?> FindAsync(Town town, string id, CancellationToken cancellationToken)
    {
        if (EntityId.Find(town, id) is not { } found)
        {
            return null;
        }

        var view = (await DeviceHandlers.ViewsOf(town, [found.Device], database, stores, cancellationToken))[0];
        return EntityBuilder.Build(town, found.Device, view, found.Type);
    }

    /// <summary>All of a town, in the order of their ids.</summary>
    public static IEnumerable<(string Type, Device Device)> AllOf(Town town)
        => town.Devices.SelectMany(device => EntityBuilder.TypesOf(device).Select(type => (type, device)))
            .OrderBy(pair => EntityId.Of(pair.type, town.Code, pair.device.Id), StringComparer.Ordinal);
}
