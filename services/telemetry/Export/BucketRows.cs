using System.Runtime.CompilerServices;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Export;

/// <summary>One bucket of one metric.</summary>
/// <param name="Start">When it begins, in microseconds since 1970.</param>
/// <param name="Rollup">Null for a gap.</param>
internal readonly record struct BucketRow(string Metric, long Start, Rollup? Rollup);

/// <summary>The buckets of several series as one sequence, by time and then by metric, in bounded memory.</summary>
internal static class BucketRows
{
    private const int BucketsAtOnce = 4_000;

    public static async IAsyncEnumerable<BucketRow> ReadAsync(
        IReadingStore store, IReadOnlyList<SeriesKey> series, ExportQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var resolution = query.Buckets!;
        var last = query.To > query.From ? resolution.BucketOf(query.To - 1) : long.MinValue;
        for (var first = resolution.BucketOf(query.From); first <= last; first += BucketsAtOnce)
        {
            var end = Math.Min(last, first + BucketsAtOnce - 1);
            var columns = new List<Dictionary<long, Rollup>>();
            foreach (var one in series)
            {
                var rollups = await store.RollupsAsync(one, resolution, resolution.StartOf(first), resolution.StartOf(end + 1), cancellationToken);
                columns.Add(rollups.ToDictionary(rollup => rollup.Bucket));
            }

            foreach (var bucket in query.ShowsGaps ? Range(first, end) : columns.SelectMany(column => column.Keys).Distinct().Order())
            {
                for (var index = 0; index < series.Count; index++)
                {
                    var isThere = columns[index].TryGetValue(bucket, out var rollup);
                    if (isThere || query.ShowsGaps)
                    {
                        yield return new BucketRow(series[index].Metric, resolution.StartOf(bucket), isThere ? rollup : null);
                    }
                }
            }
        }
    }

    private static IEnumerable<long> Range(long first, long last)
    {
        for (var bucket = first; bucket <= last; bucket++)
        {
            yield return bucket;
        }
    }
}
