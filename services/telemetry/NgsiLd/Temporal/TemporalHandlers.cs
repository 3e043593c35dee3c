using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Devices;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Entities;
using SmartCity.Telemetry.NgsiLd.Models;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.NgsiLd.Temporal;

internal static class TemporalHandlers
{
    /// <summary>Instances of an attribute in one answer; what is left out is said by 206 and <c>Content-Range</c> (clause 6.3.10).</summary>
    public const int MostInstances = 10_000;

    /// <summary>Retrieve Temporal Evolution of an Entity (clause 5.7.3, 6.19.3.1), from the stored readings.</summary>
    public static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetAsync(
        HttpContext http, TelemetryDb database, TelemetryStores stores, IReadingHistory history, NgsiAnswer answer, TimeProvider clock, string entityId, CancellationToken cancellationToken)
    {
        if (!TemporalQuery.TryParse(http.Request.Query, clock.GetUtcNow(), out var query, out var refusal))
        {
            return refusal;
        }

        var town = http.CurrentTown();
        if (EntityId.Find(town, entityId) is not { } found)
        {
            return NgsiProblem.NotFound($"{town.Code} has no entity {entityId}.");
        }

        var model = SmartDataModels.Of(found.Device);
        var json = new JsonObject { ["id"] = entityId, ["type"] = found.Type };
        var (earliest, latest, isCut) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue, false);
        // The metrics are at the entity that observes them; the device itself beside it has no history.
        var series = model is null || found.Type == model.Type ? await database.SeriesOfAsync(found.Device.Id, metric: null, cancellationToken) : [];
        var left = MostInstances;
        foreach (var one in series)
        {
            var metric = EntityBuilder.MetricOf(model, one.Metric);
            if (left == 0)
            {
                // Of one answer, not of each attribute: a device may have hundreds.
                isCut = true;
                break;
            }

            if (json.ContainsKey(metric.Attribute) || (query.Attributes.Count > 0 && !query.Attributes.Contains(metric.Attribute, StringComparer.Ordinal)))
            {
                continue;
            }

            var (points, cut) = await ReadAsync(one, query, left, stores.OfTown(town.Code), history, cancellationToken);
            isCut |= cut;
            left -= points.Count;
            if (points.Count > 0)
            {
                json[metric.Attribute] = query.Simplified ? Pairs(points, metric) : Instances(points, metric);
                (earliest, latest) = (points[0].At < earliest ? points[0].At : earliest, points[^1].At > latest ? points[^1].At : latest);
            }
        }

        if (isCut)
        {
            // Whether the newest or the oldest are left out: what is there.
            var size = query.LastN?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "*";
            http.Response.Headers[HeaderNames.ContentRange] = $"date-time {RangeText(earliest)}-{RangeText(latest)}/{size}";
        }

        return await answer.WriteAsync(http, town.Code, json, isCut ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK);
    }

    private static async Task<(List<(DateTimeOffset At, double Value)> Points, bool IsCut)> ReadAsync(
        SeriesKey series, TemporalQuery query, int most, ITelemetryStore store, IReadingHistory history, CancellationToken cancellationToken)
    {
        if (query.LastN is { } newest)
        {
            // The newest of each attribute, in the order of time.
            var readings = await history.ReadAsync(series.Municipality, series.Device, series.Metric, query.From, query.To, Math.Min(newest, most), cancellationToken);
            return ([.. readings.Select(reading => (reading.At, reading.Value))], newest > most && readings.Count == most);
        }

        var points = await store.ReadAsync(series, UnixMicroseconds.From(query.From), UnixMicroseconds.From(query.To), most + 1, cancellationToken);
        return ([.. points.Take(most).Select(point => (UnixMicroseconds.ToTime(point.T), point.Value))], points.Count > most);
    }

    private static JsonArray Instances(List<(DateTimeOffset At, double Value)> points, ModelMetric metric)
    {
        var instances = new JsonArray();
        foreach (var (at, value) in points)
        {
            var instance = new JsonObject { ["type"] = EntityAttribute.Property, ["value"] = metric.ValueOf(value), ["observedAt"] = NgsiTime.Text(at) };
            if (metric.UnitCode is { } unit)
            {
                instance["unitCode"] = unit;
            }

            instances.Add((JsonNode)instance);
        }

        return instances;
    }

    private static JsonObject Pairs(List<(DateTimeOffset At, double Value)> points, ModelMetric metric)
    {
        var values = new JsonArray();
        foreach (var (at, value) in points)
        {
            values.Add((JsonNode)new JsonArray(metric.ValueOf(value), NgsiTime.Text(at)));
        }

        return new JsonObject { ["type"] = EntityAttribute.Property, ["values"] = values };
    }

    private static string RangeText(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
