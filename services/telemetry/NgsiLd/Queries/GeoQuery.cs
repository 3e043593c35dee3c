using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.Telemetry.NgsiLd.Entities;

namespace SmartCity.Telemetry.NgsiLd.Queries;

/// <summary>A geo-query (clause 4.10) about points, which all our locations are.</summary>
internal sealed class GeoQuery
{
    private const int MostCoordinates = 10_000;
    private static readonly string[] Relations = ["near", "within", "contains", "intersects", "equals", "disjoint", "overlaps"];
    private readonly Func<double, double, bool> _holds;
    private readonly string _property;

    private GeoQuery(Func<double, double, bool> holds, string property) => (_holds, _property) = (holds, property);

    /// <param name="fault">What is wrong.</param>
    /// <param name="isUnsupported">Whether it is in order, and only not supported here.</param>
    public static bool TryParse(
        string? georel, string? geometry, string? coordinates, string? geoproperty, [NotNullWhen(true)] out GeoQuery? query, [NotNullWhen(false)] out string? fault, out bool isUnsupported)
    {
        (query, fault, isUnsupported) = (null, null, false);
        if (georel is null || geometry is null || coordinates is null)
        {
            fault = "georel, geometry and coordinates belong together.";
            return false;
        }

        var parts = georel.Split(';');
        if (!Relations.Contains(parts[0], StringComparer.Ordinal) || (parts.Length > 1) != (parts[0] == "near"))
        {
            fault = $"georel is {string.Join(", ", Relations)}; near goes with ;maxDistance==metres or ;minDistance==metres.";
            return false;
        }

        if (geometry is not ("Point" or "Polygon"))
        {
            isUnsupported = geometry is "LineString" or "MultiPoint" or "MultiLineString" or "MultiPolygon";
            fault = isUnsupported ? "Geo-queries are answered for Point and Polygon." : "geometry is Point or Polygon.";
            return false;
        }

        try
        {
            var holds = geometry == "Point" ? OfPoint(parts, coordinates) : OfPolygon(parts, coordinates);
            query = holds is null ? null : new GeoQuery(holds, geoproperty is null ? "location" : Models.Terms.Compact(geoproperty));
            fault = holds is null ? "Give a distance in metres: near;maxDistance==2000." : null;
            return query is not null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            fault = $"coordinates are none of a {geometry}: give JSON as in GeoJSON, longitude first, such as [137.4,36.8].";
            return false;
        }
    }

    public bool Holds(Entity entity)
    {
        if (!entity.Attributes.TryGetValue(_property, out var attribute) || attribute.Kind != EntityAttribute.GeoProperty || attribute.Value["coordinates"] is not JsonArray point)
        {
            return false;
        }

        return _holds(point[0]!.GetValue<double>(), point[1]!.GetValue<double>());
    }

    private static Func<double, double, bool>? OfPoint(string[] georel, string coordinates)
    {
        var (longitude, latitude) = PairOf(JsonNode.Parse(coordinates));
        switch (georel[0])
        {
            case "near":
                var distance = georel[1].Split("==");
                if (distance.Length != 2 || distance[0] is not ("maxDistance" or "minDistance")
                    || !double.TryParse(distance[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var metres) || !(metres >= 0))
                {
                    return null;
                }

                return distance[0] == "maxDistance"
                    ? (x, y) => GeoPoint.Metres(y, x, latitude, longitude) <= metres
                    : (x, y) => GeoPoint.Metres(y, x, latitude, longitude) >= metres;
            case "disjoint":
                return (x, y) => x != longitude || y != latitude;
            case "overlaps":
                // Two points never overlap without being equal.
                return static (_, _) => false;
            default:
                return (x, y) => x == longitude && y == latitude;
        }
    }

    private static Func<double, double, bool>? OfPolygon(string[] georel, string coordinates)
    {
        var rings = ListOf(JsonNode.Parse(coordinates)).Select(ring => ListOf(ring).Select(PairOf).ToArray()).ToArray();
        if (rings.Length == 0 || rings.Any(ring => ring.Length < 4) || rings.Sum(ring => ring.Length) > MostCoordinates)
        {
            throw new FormatException("No polygon.");
        }

        return georel[0] switch
        {
            "within" or "intersects" => (x, y) => IsInside(rings, x, y),
            "disjoint" => (x, y) => !IsInside(rings, x, y),
            // A point neither holds, nor is, nor overlaps an area.
            "near" => null,
            _ => static (_, _) => false,
        };
    }

    private static JsonArray ListOf(JsonNode? node) => node as JsonArray ?? throw new FormatException("No list.");

    private static (double Longitude, double Latitude) PairOf(JsonNode? node)
    {
        var pair = ListOf(node);
        var (longitude, latitude) = (pair[0]?.GetValue<double>() ?? double.NaN, pair[1]?.GetValue<double>() ?? double.NaN);
        return longitude is >= -180 and <= 180 && latitude is >= -90 and <= 90 ? (longitude, latitude) : throw new FormatException("Out of range.");
    }

    // In the outer ring and in none of the holes.
    private static bool IsInside((double X, double Y)[][] rings, double x, double y)
        => IsInside(rings[0], x, y) && !rings.Skip(1).Any(hole => IsInside(hole, x, y));

    private static bool IsInside((double X, double Y)[] ring, double x, double y)
    {
        var inside = false;
        for (var (index, before) = (0, ring.Length - 1); index < ring.Length; before = index++)
        {
            var (a, b) = (ring[index], ring[before]);
            if (a.Y > y != b.Y > y && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X)
            {
                inside = !inside;
            }
        }

        return inside;
    }
}
