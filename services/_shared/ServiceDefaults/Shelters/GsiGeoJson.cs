using System.Text.Json;

namespace SmartCity.ServiceDefaults.Shelters;

/// <summary>
/// The GeoJSON of the Geospatial Information Authority (国土地理院): designated emergency shelters (指定緊急避難場所, with a
/// column per hazard) and designated evacuation centres (指定避難所, without).
/// </summary>
internal static class GsiGeoJson
{
    private const string IdName = "共通ID";
    private const string NameName = "施設・場所名";
    private const string AddressName = "住所";

    public static ShelterList Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("features", out var features)
                && features.ValueKind == JsonValueKind.Array
                    ? Read(features)
                    : ShelterRows.Refused("features", "", "is missing: this is not a GeoJSON feature collection");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with half a surrogate pair, which only reading it finds.
            return ShelterRows.Refused("file", "", $"is not JSON: {exception.Message}");
        }
    }

    private static ShelterList Read(JsonElement features)
    {
        var rows = new ShelterRows();
        var line = 0;
        foreach (var feature in features.EnumerateArray())
        {
            line++;
            if (feature.ValueKind != JsonValueKind.Object
                || !feature.TryGetProperty("properties", out var properties)
                || properties.ValueKind != JsonValueKind.Object)
            {
                rows.Fault(line, "properties", "", "is missing: this is not a GeoJSON feature");
                continue;
            }

            rows.Add(
                line,
                (IdName, Text(properties, IdName)),
                (NameName, Text(properties, NameName)),
                englishName: null,
                kanaName: null,
                Text(properties, AddressName) ?? "",
                Place(rows, line, feature),
                ShelterHazards.All.Select(hazard => (hazard.Key, hazard.OfficialName, Text(properties, hazard.OfficialName))),
                capacity: null,
                AccessColumns.Read(rows, line, name => Text(properties, name)));
        }

        return rows.ToList();
    }

    private static (double LatitudeDegrees, double LongitudeDegrees)? Place(ShelterRows rows, int line, JsonElement feature)
    {
        if (!feature.TryGetProperty("geometry", out var geometry)
            || geometry.ValueKind != JsonValueKind.Object
            || !geometry.TryGetProperty("coordinates", out var coordinates)
            || coordinates.ValueKind != JsonValueKind.Array
            || coordinates.GetArrayLength() < 2)
        {
            rows.Fault(line, "geometry", feature.TryGetProperty("geometry", out var bad) ? bad.GetRawText() : "", "is not a point");
            return null;
        }

        // RFC 7946: longitude first.
        var longitude = rows.Degrees(line, "coordinates[0]", coordinates[0].GetRawText(), 180);
        var latitude = rows.Degrees(line, "coordinates[1]", coordinates[1].GetRawText(), 90);
        return latitude is not null && longitude is not null ? (latitude.Value, longitude.Value) : null;
    }

    private static string? Text(JsonElement properties, string name)
        => !properties.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : value.GetRawText();
}
