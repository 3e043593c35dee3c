using System.Text.Json;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>
/// Which districts an alert's area touches. A district is a circle and an area its polygons, on a plane around the
/// district's centre: over a few kilometres that is off by metres. In doubt a district is told.
/// </summary>
internal static class DistrictReach
{
    private const double MetresPerDegree = 111_320;

    /// <returns>
    /// The ids of the districts that it certainly does not touch; none where the alert is for the whole town. A district that the town
    /// does not name (any more) is never among them: who chose it before it was renamed is told rather than missed.
    /// </returns>
    public static IReadOnlyList<string> Missed(Town town, JsonElement? area)
    {
        if (area is not { ValueKind: JsonValueKind.Object } geometry || Rings(geometry) is not { Count: > 0 } rings)
        {
            return [];
        }

        return [.. Districts.Of(town).Where(district => !Touches(district, rings)).Select(district => district.Id)];
    }

    private static bool Touches(District district, List<JsonElement> rings)
    {
        if (district is not { LatitudeDegrees: { } latitude, LongitudeDegrees: { } longitude, RadiusMetres: { } radius })
        {
            return true;
        }

        var eastPerDegree = MetresPerDegree * Math.Cos(latitude * Math.PI / 180);
        return rings.Exists(ring =>
        {
            var points = ring.EnumerateArray()
                .Select(point => (X: (point[0].GetDouble() - longitude) * eastPerDegree, Y: (point[1].GetDouble() - latitude) * MetresPerDegree))
                .ToList();
            return ContainsOrigin(points) || points.Zip(points.Skip(1)).Any(edge => Distance(edge.First, edge.Second) <= radius);
        });
    }

    // How often a ray from the centre crosses the ring: odd is inside. Holes count as inside, which tells too many rather than too few.
    private static bool ContainsOrigin(List<(double X, double Y)> ring)
        => ring.Zip(ring.Skip(1)).Count(edge =>
            edge.First.Y > 0 != edge.Second.Y > 0
            && edge.First.X + ((0 - edge.First.Y) / (edge.Second.Y - edge.First.Y) * (edge.Second.X - edge.First.X)) > 0) % 2 == 1;

    // From the centre to the nearest point of an edge.
    private static double Distance((double X, double Y) from, (double X, double Y) to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = (dx * dx) + (dy * dy);
        var along = length == 0 ? 0 : Math.Clamp(-((from.X * dx) + (from.Y * dy)) / length, 0, 1);
        return Math.Sqrt(Math.Pow(from.X + (along * dx), 2) + Math.Pow(from.Y + (along * dy), 2));
    }

    // The outer ring of each polygon; another kind of geometry is for the whole town.
    private static List<JsonElement>? Rings(JsonElement geometry)
    {
        if (!geometry.TryGetProperty("type", out var type) || !geometry.TryGetProperty("coordinates", out var coordinates))
        {
            return null;
        }

        return type.GetString() switch
        {
            "Polygon" => [coordinates[0]],
            "MultiPolygon" => [.. coordinates.EnumerateArray().Select(polygon => polygon[0])],
            _ => null,
        };
    }
}
