using System.Text.Json;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>GeoJSON Polygon and MultiPolygon (RFC 7946, sections 3.1.6 and 3.1.7).</summary>
internal static class BoundaryRules
{
    public static void Check(JsonElement boundary, NoticeList list)
    {
        if (boundary.ValueKind != JsonValueKind.Object || !boundary.TryGetProperty("coordinates", out var coordinates) || !boundary.TryGetProperty("type", out var type)
            || type.ValueKind != JsonValueKind.String || coordinates.ValueKind != JsonValueKind.Array)
        {
            // The form of the document is wrong, and has been named.
            return;
        }

        if (type.GetString() == "Polygon")
        {
            CheckPolygon(coordinates, "boundary.coordinates", list);
            return;
        }

        var index = 0;
        foreach (var polygon in coordinates.EnumerateArray())
        {
            CheckPolygon(polygon, $"boundary.coordinates[{index++}]", list);
        }
    }

    private static void CheckPolygon(JsonElement polygon, string path, NoticeList list)
    {
        if (polygon.ValueKind != JsonValueKind.Array || polygon.GetArrayLength() == 0)
        {
            list.Must(false, "boundary-malformed", path, null, "is no list of rings");
            return;
        }

        var index = 0;
        foreach (var ring in polygon.EnumerateArray())
        {
            if (FaultOf(ring) is { } fault)
            {
                list.Must(false, "boundary-malformed", $"{path}[{index}]", null, fault);
            }

            index++;
        }
    }

    private static string? FaultOf(JsonElement ring)
    {
        if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() < 4)
        {
            return "has fewer than four positions";
        }

        var positions = ring.EnumerateArray().ToArray();
        if (!Array.TrueForAll(positions, IsPosition))
        {
            return "has a position that is not [longitude, latitude] in degrees; are the two exchanged?";
        }

        return positions[0][0].GetDouble() == positions[^1][0].GetDouble() && positions[0][1].GetDouble() == positions[^1][1].GetDouble()
            ? null
            : "is not closed: its last position must be its first";
    }

    private static bool IsPosition(JsonElement position)
        => position.ValueKind == JsonValueKind.Array && position.GetArrayLength() >= 2
            && position[0].ValueKind == JsonValueKind.Number && position[1].ValueKind == JsonValueKind.Number
            && Math.Abs(position[0].GetDouble()) <= 180 && Math.Abs(position[1].GetDouble()) <= 90;
}
