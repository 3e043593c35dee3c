using System.Text.Json;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

/// <summary>locations.geojson (RFC 7946, as the GTFS Schedule reference narrows it): the areas of demand-responsive service.</summary>
internal static class GeoJsonReader
{
    public const string File = "locations.geojson";

    /// <summary>Name of its ids among those that others refer to.</summary>
    public const string Target = "locations.geojson.id";

    private const int DeepestNesting = 32;

    public static void Load(Stream stream, FeedDraft draft)
    {
        var context = draft.Context;
        try
        {
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            Read(document.RootElement, draft);
        }
        catch (JsonException exception)
        {
            context.Unreadable.Add(File);
            context.Fault("malformed_json", File, (int)(exception.LineNumber ?? 0) + 1, detail: exception.Message);
        }
        catch (InvalidOperationException exception)
        {
            // A string that is no Unicode, which shows only when it is looked at.
            context.Unreadable.Add(File);
            context.Fault("malformed_json", File, detail: exception.Message);
        }
    }

    private static void Read(JsonElement root, FeedDraft draft)
    {
        var type = Text(root, "type");
        if (type != "FeatureCollection")
        {
            draft.Context.Unreadable.Add(File);
            draft.Context.Fault(type is null ? "missing_required_element" : "unsupported_geo_json_type", File, field: "type", value: type);
            return;
        }

        if (root.TryGetProperty("features", out var features) && features.ValueKind == JsonValueKind.Array)
        {
            foreach (var feature in features.EnumerateArray())
            {
                ReadFeature(feature, draft);
            }
        }
        else
        {
            draft.Context.Fault("missing_required_element", File, field: "features");
        }
    }

    private static void ReadFeature(JsonElement feature, FeedDraft draft)
    {
        var context = draft.Context;
        if (Text(feature, "type") is not "Feature" and var type)
        {
            context.Fault(type is null ? "missing_required_element" : "unsupported_feature_type", File, field: "type", value: type);
            return;
        }

        if (Text(feature, "id") is not { Length: > 0 } id)
        {
            context.Fault("missing_required_element", File, field: "id");
            return;
        }

        if (!context.Ids(Target).TryAdd(id))
        {
            context.Fault("duplicate_geo_json_key", File, field: "id", value: id);
            return;
        }

        if (context.Ids("stops.txt.stop_id").Find(id) >= 0)
        {
            context.Fault("duplicate_geography_id", File, field: "id", value: id, detail: "stops.txt");
        }

        if (!feature.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            context.Fault("missing_required_element", File, field: "properties", value: id);
        }

        draft.Zones.Add(new GtfsZone(id, Text(properties, "stop_name"), Text(properties, "stop_desc"), Polygons(feature, id, context)));
    }

    private static List<IReadOnlyList<double[]>> Polygons(JsonElement feature, string id, ReadingContext context)
    {
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("coordinates", out var coordinates))
        {
            context.Fault("missing_required_element", File, field: "geometry", value: id);
            return [];
        }

        var type = Text(geometry, "type");
        if (type is not ("Polygon" or "MultiPolygon"))
        {
            context.Fault("unsupported_geometry_type", File, field: "geometry.type", value: type ?? "", detail: id);
            return [];
        }

        try
        {
            return type == "Polygon" ? [Rings(coordinates)] : [.. coordinates.EnumerateArray().Select(Rings)];
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            context.Fault("invalid_geometry", File, field: "geometry.coordinates", value: id, detail: exception.Message);
            return [];
        }
    }

    private static List<double[]> Rings(JsonElement polygon)
    {
        var rings = new List<double[]>();
        foreach (var ring in polygon.EnumerateArray())
        {
            var points = ring.EnumerateArray().SelectMany(point => new[] { point[0].GetDouble(), point[1].GetDouble() }).ToArray();
            if (points.Length < 8 || points[0] != points[^2] || points[1] != points[^1])
            {
                throw new FormatException("A ring has at least four points and ends where it begins.");
            }

            for (var index = 0; index < points.Length; index += 2)
            {
                if (Math.Abs(points[index]) > 180 || Math.Abs(points[index + 1]) > 90)
                {
                    throw new FormatException("A point is longitude, then latitude, in degrees.");
                }
            }

            rings.Add(points);
        }

        return rings.Count > 0 ? rings : throw new FormatException("A polygon has at least one ring.");
    }

    private static string? Text(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null
            : null;
}
