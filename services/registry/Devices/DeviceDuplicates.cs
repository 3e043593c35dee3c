using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Names;

namespace SmartCity.Registry.Devices;

/// <summary>Devices that may be one and the same: in one place, or of one name. Only ever a warning, never a merge.</summary>
internal static class DeviceDuplicates
{
    private const double SamePlaceMetres = 5;
    private const double MetresPerDegree = 111_320;

    /// <summary>More than five metres wide everywhere in Japan, so that looking at the cells around one is enough.</summary>
    private const double CellDegrees = 0.0001;

    public static IEnumerable<DeviceFault> In(IReadOnlyList<Device> known, IReadOnlyList<DeviceCandidate> candidates)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var places = new Dictionary<(long, long), List<Device>>();
        foreach (var device in known)
        {
            Remember(device, names, places);
        }

        for (var index = 0; index < candidates.Count; index++)
        {
            if (candidates[index].Device is not { } device)
            {
                continue;
            }

            if (KeyOf(device) is { } name && names.TryGetValue(name, out var other) && other != device.Id)
            {
                yield return Warning(index, "name.ja", "same-name", device.Name.In("ja"), $"'{other}' has the same name, apart from how it is written: is it the same device?");
            }

            if (Nearest(device, places) is { } near && near.Id != device.Id)
            {
                yield return Warning(index, "latitudeDegrees", "same-place", null, $"'{near.Id}' is within {SamePlaceMetres:0} m: is it the same device?");
            }

            Remember(device, names, places);
        }
    }

    private static DeviceFault Warning(int index, string field, string code, string? value, string message)
        => new(index, field, code, NoticeSeverity.Warning, value, message);

    private static void Remember(Device device, Dictionary<string, string> names, Dictionary<(long, long), List<Device>> places)
    {
        if (KeyOf(device) is { } name)
        {
            names.TryAdd(name, device.Id);
        }

        if (CellOf(device) is { } cell)
        {
            if (!places.TryGetValue(cell, out var inside))
            {
                places[cell] = inside = [];
            }

            inside.Add(device);
        }
    }

    // Devices of different kinds bear the name of the same river or school.
    private static string? KeyOf(Device device) => NameKey.Of(device.Name.In("ja")) is { Length: > 0 } key ? device.Kind + "\n" + key : null;

    private static (long, long)? CellOf(Device device) => device is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude }
        ? ((long)Math.Floor(latitude / CellDegrees), (long)Math.Floor(longitude / CellDegrees))
        : null;

    private static Device? Nearest(Device device, Dictionary<(long, long), List<Device>> places)
    {
        if (CellOf(device) is not { } cell)
        {
            return null;
        }

        for (var row = -1; row <= 1; row++)
        {
            for (var column = -1; column <= 1; column++)
            {
                if (places.TryGetValue((cell.Item1 + row, cell.Item2 + column), out var inside)
                    && inside.Find(other => other.Kind == device.Kind && Metres(device, other) <= SamePlaceMetres) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    // On so short a way the earth is flat.
    private static double Metres(Device one, Device other)
    {
        var north = (one.LatitudeDegrees!.Value - other.LatitudeDegrees!.Value) * MetresPerDegree;
        var east = (one.LongitudeDegrees!.Value - other.LongitudeDegrees!.Value) * MetresPerDegree * Math.Cos(one.LatitudeDegrees.Value * Math.PI / 180);
        return Math.Sqrt((north * north) + (east * east));
    }
}
