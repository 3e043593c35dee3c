using System.Text.Json;
using SmartCity.Alerts.Cap;

namespace SmartCity.Alerts.Issuing;

/// <summary>GeoJSON polygons for CAP, which knows no holes.</summary>
internal static class GeoJsonRings
{
    /// <summary>The outer rings of a Polygon or MultiPolygon; nothing for any other geometry.</summary>
    public static IReadOnlyList<IReadOnlyList<CapPoint>> Outer(JsonElement? geometry)
    {
        if (geometry is not { ValueKind: JsonValueKind.Object } shape
            || !shape.TryGetProperty("type", out var type)
            || !shape.TryGetProperty("coordinates", out var coordinates))
        {
            return [];
        }

        return type.GetString() switch
        {
            "Polygon" => [Ring(coordinates[0])],
            "MultiPolygon" => [.. coordinates.EnumerateArray().Select(polygon => Ring(polygon[0]))],
            _ => [],
        };
    }

    /// <summary>The ring of a Polygon that a person sent, or null where it is none: holes and other geometries are none.</summary>
    public static IReadOnlyList<CapPoint>? TryPolygon(JsonElement geometry)
    {
        if (geometry.ValueKind != JsonValueKind.Object
            || !geometry.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "Polygon"
            || !geometry.TryGetProperty("coordinates", out var rings) || rings.ValueKind != JsonValueKind.Array || rings.GetArrayLength() != 1
            || rings[0].ValueKind != JsonValueKind.Array || !rings[0].EnumerateArray().All(IsPosition))
        {
            return null;
        }

        return Ring(rings[0]);
    }

    private static bool IsPosition(JsonElement point)
        => point.ValueKind == JsonValueKind.Array && point.GetArrayLength() is 2 or 3 && point.EnumerateArray().All(number => number.ValueKind == JsonValueKind.Number);

    /// <summary>The rings as a Polygon, or as a MultiPolygon where there are several.</summary>
    public static JsonElement From(IReadOnlyList<IReadOnlyList<CapPoint>> rings)
    {
        var coordinates = rings.Select(ring => ring.Select(point => new[] { Math.Round(point.LongitudeDegrees, 6), Math.Round(point.LatitudeDegrees, 6) }).ToArray()).ToArray();
        return coordinates.Length == 1
            ? JsonSerializer.SerializeToElement(new { type = "Polygon", coordinates })
            : JsonSerializer.SerializeToElement(new { type = "MultiPolygon", coordinates = coordinates.Select(ring => new[] { ring }) });
    }

    // GeoJSON has longitude first (RFC 7946 section 3.1.1), CAP latitude first.
    private static IReadOnlyList<CapPoint> Ring(JsonElement ring)
        => [.. ring.EnumerateArray().Select(point => new CapPoint(point[1].GetDouble(), point[0].GetDouble()))];
}
