using Microsoft.AspNetCore.Http.HttpResults;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Lists;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.Telemetry.Storage;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Devices;

/// <summary>The readings of a span of time in one line. A span without a reading has no line: a gap stays a gap.</summary>
/// <param name="T">When the bucket begins.</param>
/// <param name="Last">The newest of its readings.</param>
/// <param name="LastT">When that was measured.</param>
internal sealed record MetricBucket(
    string Metric, DateTimeOffset T, double WidthSeconds, long Count, double Minimum, double Maximum, double Mean, double Last, DateTimeOffset LastT);

/// <summary>Answers <c>readings?bucket=</c> from the roll-ups.</summary>
internal static class BucketHandlers
{
    public const int DefaultLimit = 5_000;

    /// <summary>Buckets that <c>auto</c> aims at: what a wide screen can show.</summary>
    private const int ReadableBuckets = 1_500;

    private const string Known = "1m, 10m, 1h, 1d or auto";

    public static async Task<Results<Ok<Page<MetricBucket>>, ProblemHttpResult>> ListAsync(
        TelemetryDb database, TelemetryStores stores, string municipality, string device, BucketQuery query, CancellationToken cancellationToken)
    {
        if (ResolutionOf(query) is not { } resolution)
        {
            return Problem.BadRequest("bucket-malformed", "There is no such bucket width.", $"bucket is {Known}.");
        }

        if (!PageLimit.TryParse(query.Limit, DefaultLimit, DefaultLimit, out var take, out var refusal))
        {
            return refusal;
        }

        var from = query.From;
        if (query.After is not null && !long.TryParse(query.After, System.Globalization.CultureInfo.InvariantCulture, out from))
        {
            return Problem.BadRequest("after-malformed", "after is not the key of a page.", "Pass the value of \"next\" from the page before, unchanged.");
        }

        // A page is a span of time, the same for all metrics.
        var series = await database.SeriesOfAsync(device, query.Metric, cancellationToken);
        var span = Math.Max(1, take / Math.Max(1, series.Count)) * resolution.WidthMicroseconds;
        var end = query.To - from > span ? resolution.StartOf(resolution.BucketOf(from + span)) : query.To;
        var items = new List<MetricBucket>();
        foreach (var one in series)
        {
            var rollups = await stores.OfTown(municipality).RollupsAsync(one, resolution, from, end, cancellationToken);
            items.AddRange(rollups.Select(rollup => ViewOf(one.Metric, resolution, rollup)));
        }

        var next = end < query.To ? end.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        items.Sort(static (left, right) => left.T != right.T ? left.T.CompareTo(right.T) : string.CompareOrdinal(left.Metric, right.Metric));
        return TypedResults.Ok(new Page<MetricBucket>(items, next));
    }

    private static Resolution? ResolutionOf(BucketQuery query) => query.Bucket switch
    {
        "auto" => Resolution.All.FirstOrDefault(resolution => (query.To - query.From) / resolution.WidthMicroseconds <= ReadableBuckets) ?? Resolution.Day,
        var name => Resolution.All.FirstOrDefault(resolution => resolution.Name == name),
    };

    private static MetricBucket ViewOf(string metric, Resolution resolution, in Rollup rollup) => new(
        metric, UnixMicroseconds.ToTime(resolution.StartOf(rollup.Bucket)), resolution.WidthSeconds,
        rollup.Count, rollup.Minimum, rollup.Maximum, rollup.Mean, rollup.Last, UnixMicroseconds.ToTime(rollup.LastT));
}

/// <summary>What was asked for. Times in microseconds since 1970, <paramref name="To"/> excluded.</summary>
internal sealed record BucketQuery(string Bucket, string? Metric, long From, long To, string? After, string? Limit);
