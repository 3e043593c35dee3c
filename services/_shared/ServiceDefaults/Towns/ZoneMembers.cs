using SmartCity.Contracts.Towns;

namespace SmartCity.ServiceDefaults.Towns;

/// <summary>Which devices a zone takes in, and where the zone lies.</summary>
public static class ZoneMembers
{
    private const double EarthRadiusMetres = 6_371_008.8;

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

    /// <summary>Great-circle distance by the haversine formula.</summary>
    public static double DistanceMetres(double latitude, double longitude, double otherLatitude, double otherLongitude)
    {
        var north = Radians(otherLatitude - latitude) / 2;
        var east = Radians(otherLongitude - longitude) / 2;
        var chord = (Math.Sin(north) * Math.Sin(north)) + (Math.Cos(Radians(latitude)) * Math.Cos(Radians(otherLatitude)) * Math.Sin(east) * Math.Sin(east));
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(chord)));
    }

    private static bool IsInCircle(ZoneRule zone, Device device)
        => zone is { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude, RadiusMetres: { } radius }
            && device is { LatitudeDegrees: { } deviceLatitude, LongitudeDegrees: { } deviceLongitude }
            && DistanceMetres(latitude, longitude, deviceLatitude, deviceLongitude) <= radius;

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
