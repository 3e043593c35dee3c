using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Devices;

/// <summary>A stored value with its metric.</summary>
internal sealed record MetricReading(string Metric, DateTimeOffset T, double Value, DateTimeOffset ReceivedAt);

internal static class ReadingHandlers
{
    private const int DefaultLimit = 1000;
    private const int MaximumLimit = 10_000;
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromHours(24);

    /// <summary>
    /// Readings from <paramref name="from"/> (included) to <paramref name="to"/> (excluded), oldest first. Without
    /// <paramref name="from"/> the last 24 hours before <paramref name="to"/>, without <paramref name="to"/> up to the newest.
    /// </summary>
    /// <param name="bucket">Gives buckets of that width in place of readings: see <see cref="BucketHandlers"/>.</param>
    public static async Task<Results<Ok<Page<MetricReading>>, Ok<Page<MetricBucket>>, ProblemHttpResult>> ListAsync(
        HttpContext http, TelemetryDb database, TelemetryStores stores, TimeProvider clock, string id, CancellationToken cancellationToken,
        string? metric = null, QueryTime? from = null, QueryTime? to = null, string? after = null, string? limit = null, string? bucket = null)
    {
        var town = http.CurrentTown();
        if (town.Devices.All(device => device.Id != id))
        {
            return DeviceHandlers.UnknownDevice(town, id);
        }

        var end = to?.Value ?? clock.GetUtcNow().AddDays(1);
        var start = from?.Value ?? ((to?.Value ?? clock.GetUtcNow()) - DefaultSpan);
        if (bucket is not null)
        {
            var query = new BucketQuery(bucket, metric, UnixMicroseconds.From(start), UnixMicroseconds.From(end), after, limit);
            var answer = await BucketHandlers.ListAsync(database, stores, town.Code, id, query, cancellationToken);
            return answer.Result is ProblemHttpResult problem ? problem : (Ok<Page<MetricBucket>>)answer.Result;
        }

        if (!PageLimit.TryParse(limit, DefaultLimit, MaximumLimit, out var take, out var refusal))
        {
            return refusal;
        }

        var key = (From: UnixMicroseconds.From(start), Metric: "");
        if (after is not null && !TryParseKey(after, out key))
        {
            return Problem.BadRequest("after-malformed", "after is not the key of a page.", "Pass the value of \"next\" from the page before, unchanged.");
        }

        var series = await database.SeriesOfAsync(id, metric, cancellationToken);
        var items = new List<MetricReading>();
        await foreach (var (one, point) in stores.OfTown(town.Code).ReadAsync(series, key.From, UnixMicroseconds.From(end), cancellationToken))
        {
            if (point.T == key.From && string.CompareOrdinal(one.Metric, key.Metric) <= 0)
            {
                continue;
            }

            items.Add(new MetricReading(one.Metric, UnixMicroseconds.ToTime(point.T), point.Value, UnixMicroseconds.ToTime(point.ReceivedAt)));
            if (items.Count > take)
            {
                break;
            }
        }

        var next = items.Count > take ? KeyOf(items[take - 1]) : null;
        return TypedResults.Ok(new Page<MetricReading>(items.Take(take).ToList(), next));
    }

    /// <summary>The series of a device of the town at hand.</summary>
    public static Task<List<SeriesKey>> SeriesOfAsync(this TelemetryDb database, string device, string? metric, CancellationToken cancellationToken)
        => database.Series.AsNoTracking()
            .Where(row => row.Device == device && (metric == null || row.Metric == metric))
            .OrderBy(row => row.Metric)
            .Select(row => new SeriesKey(row.Id, row.Municipality, row.Device, row.Metric))
            .ToListAsync(cancellationToken);

    private static string KeyOf(MetricReading last)
        => string.Create(CultureInfo.InvariantCulture, $"{UnixMicroseconds.From(last.T)}.{last.Metric}");

    private static bool TryParseKey(string after, out (long From, string Metric) key)
    {
        key = default;
        var dot = after.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !long.TryParse(after.AsSpan(0, dot), CultureInfo.InvariantCulture, out var microseconds)
            || Math.Abs(microseconds) > UnixMicroseconds.From(DateTimeOffset.MaxValue.AddDays(-1)))
        {
            return false;
        }

        key = (microseconds, after[(dot + 1)..]);
        return true;
    }
}
