using System.Runtime.CompilerServices;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Names;

namespace SmartCity.Telemetry.Devices;

/// <summary>The devices of a town by id, with the folded forms of their names: made once for each state of the town.</summary>
internal sealed class DeviceIndex
{
    private static readonly ConditionalWeakTable<Town, DeviceIndex> Indexes = new();
    private readonly List<(Device Device, string[] Keys)> _entries;

    private DeviceIndex(Town town)
    {
        _entries = [.. town.Devices.OrderBy(device => device.Id, StringComparer.Ordinal)
            .Select(device => (device, device.Name.Values.Select(NameKey.Of).Append(NameKey.Of(device.Id)).Distinct(StringComparer.Ordinal).ToArray()))];
    }

    public static DeviceIndex Of(Town town) => Indexes.GetValue(town, static one => new DeviceIndex(one));

    /// <summary>Devices of a kind whose name in any language, or id, has every word of the search in it.</summary>
    /// <param name="search">Words; null or empty for all.</param>
    /// <param name="kind">Null or empty for all.</param>
    public IEnumerable<Device> Find(string? search, string? kind)
    {
        // An ideographic space parts words as well.
        var words = (search ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(NameKey.Of).Where(word => word.Length > 0).ToArray();
        return _entries
            .Where(entry => string.IsNullOrEmpty(kind) || entry.Device.Kind == kind)
            .Where(entry => words.All(word => entry.Keys.Any(key => key.Contains(word, StringComparison.Ordinal))))
            .Select(entry => entry.Device);
    }
}
