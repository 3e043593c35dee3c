using System.Text.Json;

namespace SmartCity.Portal.Maps;

/// <summary>
/// The rings of a GeoJSON geometry (RFC 7946), holes too. What is not an area, or not GeoJSON, has none: a map
/// without a line is better than no page.
/// </summary>
internal static class GeoJsonRings
{
    /// <summary>Positions that one map draws at most; a municipality's outline has a few thousand.</summary>
    private const int MaximumPositions = 50_000;

    public static IReadOnlyList<IReadOnlyList<GeoPoint>> Of(JsonElement? geometry)
    {
        var rings = new List<IReadOnlyList<GeoPoint>>();
        if (geometry is { ValueKind: JsonValueKind.Object } value)
        {
            Collect(value, rings);
        }

        return rings;
    }

    private static void Collect(JsonElement value, List<IReadOnlyList<GeoPoint>> rings)
    {
        switch (value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null)
        {
            case "Polygon":
                Polygon(Property(value, "coordinates"), rings);
                break;
            case "MultiPolygon":
                foreach (var polygon in Items(Property(value, "coordinates")))
                {
                    Polygon(polygon, rings);
                }

                break;
            case "Feature" when Property(value, "geometry") is { ValueKind: JsonValueKind.Object } inner:
                Collect(inner, rings);
                break;
            case "GeometryCollection":
                Each(Property(value, "geometries"), rings);
                break;
            case "FeatureCollection":
                Each(Property(value, "features"), rings);
                break;
        }
    }

    private static void Each(JsonElement list, List<IReadOnlyList<GeoPoint>> rings)
    {
        foreach (var item in Items(list).Where(item => item.ValueKind == JsonValueKind.Object))
        {
            Collect(item, rings);
        }
    }

    private static void Polygon(JsonElement coordinates, List<IReadOnlyList<GeoPoint>> rings)
    {
        foreach (var ring in Items(coordinates))
        {
            var points = Items(ring).Select(Position).OfType<GeoPoint>().Take(MaximumPositions).ToList();
            if (points.Count >= 3)
            {
                rings.Add(points);
            }
        }
    }

    private static GeoPoint? Position(JsonElement position)
        => position.ValueKind == JsonValueKind.Array && position.GetArrayLength() >= 2
            && position[0].ValueKind == JsonValueKind.Number && position[1].ValueKind == JsonValueKind.Number
            && position[1].TryGetDouble(out var latitude) && Math.Abs(latitude) <= 90
            && position[0].TryGetDouble(out var longitude) && Math.Abs(longitude) <= 180
            ? new GeoPoint(latitude, longitude)
            : null;

    private static JsonElement Property(JsonElement value, string name) => value.TryGetProperty(name, out var property) ? property : default;

    private static IEnumerable<JsonElement> Items(JsonElement list)
        => list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
