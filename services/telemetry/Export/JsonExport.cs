using System.Text.Json;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.OpenData;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Export;

/// <summary>Readings or buckets as one JSON object: terms, units, and <c>items</c> by time and then by metric.</summary>
internal static class JsonExport
{
    public static async Task WriteAsync(
        JsonAnswer answer, IReadingStore store, IReadOnlyList<SeriesKey> series, ExportQuery query, DateTimeOffset? updated, CancellationToken cancellationToken)
    {
        answer.Json.WriteStartObject();
        answer.WriteTerms(query.Town, updated);
        answer.Json.WriteString("device"u8, query.Device);
        answer.Json.WriteStartObject("units"u8);
        foreach (var one in series)
        {
            answer.Json.WriteString(one.Metric, MetricUnits.Of(one.Metric));
        }

        answer.Json.WriteEndObject();
        if (query.Buckets is { } buckets)
        {
            answer.Json.WriteNumber("widthSeconds"u8, buckets.WidthSeconds);
        }

        answer.Json.WriteStartArray("items"u8);
        if (query.Buckets is null)
        {
            await foreach (var (one, point) in store.ReadAsync(series, query.From, query.To, cancellationToken))
            {
                WriteHead(answer.Json, one.Metric, point.T);
                answer.Json.WriteNumber("value"u8, point.Value);
                answer.Json.WriteEndObject();
                await answer.SendFullAsync(cancellationToken);
            }
        }
        else
        {
            await foreach (var (metric, start, rollup) in BucketRows.ReadAsync(store, series, query, cancellationToken))
            {
                WriteHead(answer.Json, metric, start);
                WriteRollup(answer.Json, rollup);
                answer.Json.WriteEndObject();
                await answer.SendFullAsync(cancellationToken);
            }
        }

        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
        await answer.SendAsync(cancellationToken);
    }

    private static void WriteHead(Utf8JsonWriter json, string metric, long t)
    {
        json.WriteStartObject();
        json.WriteString("metric"u8, metric);
        json.WriteString("t"u8, UnixMicroseconds.ToTime(t));
    }

    private static void WriteRollup(Utf8JsonWriter json, Rollup? rollup)
    {
        json.WriteNumber("count"u8, rollup?.Count ?? 0);
        Write(json, "minimum", rollup?.Minimum);
        Write(json, "maximum", rollup?.Maximum);
        Write(json, "mean", rollup?.Mean);
        Write(json, "last", rollup?.Last);
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } given)
        {
            json.WriteNumber(name, given);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
