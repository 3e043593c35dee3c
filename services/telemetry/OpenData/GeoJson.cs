using System.Text.Json;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.OpenData;

/// <summary>Devices as features of GeoJSON (RFC 7946).</summary>
internal static class GeoJson
{
    public const string MediaType = "application/geo+json";

    /// <summary>Whether a map can show it.</summary>
    public static bool HasPlace(Device device) => device is { LatitudeDegrees: not null, LongitudeDegrees: not null };

    public static void WriteFeature(Utf8JsonWriter json, Device device, ReportedDevice? report)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteString("id"u8, device.Id);
        WritePoint(json, "geometry", device);
        json.WriteStartObject("properties"u8);
        json.WriteString("id"u8, device.Id);
        json.WriteString("kind"u8, device.Kind);
        json.WriteString("name"u8, device.Name.In("ja"));
        json.WriteStartObject("names"u8);
        foreach (var (language, name) in device.Name)
        {
            json.WriteString(language, name);
        }

        json.WriteEndObject();
        if (report is not null)
        {
            WriteState(json, report);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Longitude first (RFC 7946 section 3.1.1).</summary>
    public static void WritePoint(Utf8JsonWriter json, string name, Device device)
    {
        json.WriteStartObject(name);
        json.WriteString("type"u8, "Point"u8);
        json.WriteStartArray("coordinates"u8);
        json.WriteNumberValue(device.LongitudeDegrees!.Value);
        json.WriteNumberValue(device.LatitudeDegrees!.Value);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, ReportedDevice report)
    {
        json.WriteStartObject("latest"u8);
        foreach (var (metric, reading) in report.View.Latest.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(metric);
            json.WriteNumber("value"u8, reading.Value);
            json.WriteString("unit"u8, MetricUnits.Of(metric));
            json.WriteString("t"u8, JapanTime.From(reading.T));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (report.View.LastSeen is { } seen)
        {
            json.WriteString("lastSeen"u8, JapanTime.From(seen));
        }

        json.WriteBoolean("silent"u8, report.IsSilent);
        json.WriteStartArray("raised"u8);
        foreach (var rule in report.Raised)
        {
            json.WriteStringValue(rule);
        }

        json.WriteEndArray();
    }
}
