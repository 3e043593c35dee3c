using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Geography;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>Which devices a zone takes in, and where the zone lies.</summary>
public static class ZoneMembers
{
    /// <summary>The devices of the member rule's kind that are listed, or stand in the circle.</summary>
    public static IReadOnlyList<Device> Of(Town town, ZoneRule zone)
    {
        var kind = town.Rules.OfType<DeviceRule>().FirstOrDefault(rule => rule.Id == zone.Rule)?.DeviceKind;
        var listed = zone.Devices?.ToHashSet(StringComparer.Ordinal);
        return [.. town.Devices.Where(device => device.Kind == kind && (listed?.Contains(device.Id) ?? IsInCircle(zone, device)))];
    }

    /// <summary>The centre of the circle, or the mean of the members' positions; null where no member has one.</summary>
    public static (double LatitudeDegrees, double LongitudeDegrees)? CentreOf(ZoneRule zone, IReadOnlyList<Device> members)
    {
        if (zone is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude })
        {
            return (latitude, longitude);
        }

        var placed = members.Where(device => device is { LatitudeDegrees: not null, LongitudeDegrees: not null }).ToList();
        return placed.Count == 0 ? null : (placed.Average(device => device.LatitudeDegrees!.Value), placed.Average(device => device.LongitudeDegrees!.Value));
    }

    private static bool IsInCircle(ZoneRule zone, Device device)
        => zone is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude, RadiusMetres: { } radius }
            && device is { LatitudeDegrees: { } deviceLatitude, LongitudeDegrees: { } deviceLongitude }
            && GeoPoint.Metres(latitude, longitude, deviceLatitude, deviceLongitude) <= radius;
}
