using System.Diagnostics.CodeAnalysis;
using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>The municipalities that this installation serves.</summary>
public interface ITownDirectory
{
    IReadOnlyList<Town> Towns { get; }

    bool TryGet(string? municipality, [NotNullWhen(true)] out Town? town);

    bool TryGetDevice(string municipality, string deviceId, [NotNullWhen(true)] out Device? device);
}

/// <summary>The directory of one region file.</summary>
public sealed class TownDirectory(Region region) : ITownDirectory
{
    private readonly Dictionary<string, (Town Town, Dictionary<string, Device> Devices)> _towns = region.Municipalities.ToDictionary(
        town => town.Code,
        town => (town, town.Devices.ToDictionary(device => device.Id, StringComparer.Ordinal)),
        StringComparer.Ordinal);

    public IReadOnlyList<Town> Towns => region.Municipalities;

    public bool TryGet(string? municipality, [NotNullWhen(true)] out Town? town)
    {
        town = municipality is not null && _towns.TryGetValue(municipality, out var entry) ? entry.Town : null;
        return town is not null;
    }

    public bool TryGetDevice(string municipality, string deviceId, [NotNullWhen(true)] out Device? device)
    {
        device = null;
        return _towns.TryGetValue(municipality, out var entry) && entry.Devices.TryGetValue(deviceId, out device);
    }
}
