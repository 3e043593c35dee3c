using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Telemetry.Storage;

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
    public static async Task<Results<Ok<Page<MetricReading>>, ProblemHttpResult>> ListAsync(
        HttpContext http, TelemetryDb database, TimeProvider clock, string id, CancellationToken cancellationToken,
        string? metric = null, QueryTime? from = null, QueryTime? to = null, string? after = null, string? limit = null)
    {
        var town = http.CurrentTown();
        if (town.Devices.All(device => device.Id != id))
        {
            return DeviceHandlers.UnknownDevice(town, id);
        }

        if (!PageLimit.TryParse(limit, DefaultLimit, MaximumLimit, out var take, out var refusal))
        {
            return refusal;
        }

        var key = (From: from?.Value ?? ((to?.Value ?? clock.GetUtcNow()) - DefaultSpan), Metric: "");
        if (after is not null && !TryParseKey(after, out key))
        {
            return Problem.BadRequest("after-malformed", "after is not the key of a page.", "Pass the value of \"next\" from the page before, unchanged.");
        }

        var end = to?.Value ?? DateTimeOffset.MaxValue;
        var rows = from reading in database.Readings.AsNoTracking()
                   join series in database.Series on reading.SeriesId equals series.Id
                   where series.Device == id && (metric == null || series.Metric == metric)
                   where reading.T >= key.From && reading.T < end
                   where reading.T > key.From || string.Compare(series.Metric, key.Metric) > 0
                   orderby reading.T, series.Metric
                   select new MetricReading(series.Metric, reading.T, reading.Value, reading.ReceivedAt);
        var items = await rows.Take(take + 1).ToListAsync(cancellationToken);
        var next = items.Count > take ? KeyOf(items[take - 1]) : null;
        return TypedResults.Ok(new Page<MetricReading>(items.Take(take).ToList(), next));
    }

    private static string KeyOf(MetricReading last)
        => string.Create(CultureInfo.InvariantCulture, $"{UnixMicroseconds.From(last.T)}.{last.Metric}");

    private static bool TryParseKey(string after, out (DateTimeOffset From, string Metric) key)
    {
        key = default;
        var dot = after.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !long.TryParse(after.AsSpan(0, dot), CultureInfo.InvariantCulture, out var microseconds)
            || Math.Abs(microseconds) > UnixMicroseconds.From(DateTimeOffset.MaxValue.AddDays(-1)))
        {
            return false;
        }

        key = (UnixMicroseconds.ToTime(microseconds), after[(dot + 1)..]);
        return true;
    }
}
