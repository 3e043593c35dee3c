using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>Reads a series whole: what has settled and what is pending, each reading once.</summary>
internal static class SeriesReader
{
    /// <summary>Points from a time (included) to another (excluded), ordered by time, at most a number of them.</summary>
    public static async Task<List<Point>> ReadAsync(this IReadingStore store, SeriesKey series, long from, long to, int atMost, CancellationToken cancellationToken)
    {
        // Pending first: what settles meanwhile is seen twice, and told apart by its time; the other way round it would be missed.
        var pending = await store.PendingAsync(series, from, to, cancellationToken);
        var settled = await store.SettledAsync(series, from, to, atMost, cancellationToken);
        return Merge(settled, pending, atMost);
    }

    /// <summary>Buckets of a span of time, ordered; those without a reading are missing.</summary>
    public static async Task<List<Rollup>> RollupsAsync(
        this IReadingStore store, SeriesKey series, Resolution resolution, long from, long to, CancellationToken cancellationToken)
    {
        if (to <= from)
        {
            return [];
        }

        var (first, last) = (resolution.BucketOf(from), resolution.BucketOf(to - 1));
        var pending = await store.PendingAsync(series, resolution.StartOf(first), resolution.StartOf(last + 1), cancellationToken);
        var rollups = await store.SettledRollupsAsync(series, resolution, first, last, cancellationToken);
        if (pending.Count == 0)
        {
            return rollups;
        }

        // A bucket with something pending is counted anew, since part of it may settle between the two looks.
        var fresh = new List<Rollup>();
        foreach (var (start, end) in Runs(resolution, pending))
        {
            var points = await store.ReadAsync(series, resolution.StartOf(start), resolution.StartOf(end + 1), int.MaxValue, cancellationToken);
            fresh.AddRange(Rollup.Of(resolution, CollectionsMarshal.AsSpan(points)));
        }

        var counted = fresh.ConvertAll(rollup => rollup.Bucket).ToHashSet();
        rollups.RemoveAll(rollup => counted.Contains(rollup.Bucket));
        return Rollup.Merge(rollups, CollectionsMarshal.AsSpan(fresh));
    }

    private static List<Point> Merge(List<Point> settled, List<Point> pending, int atMost)
    {
        if (pending.Count == 0)
        {
            return settled;
        }

        // Of what settled, only the part that was asked for is known: what is pending behind it belongs to the next page.
        var limit = settled.Count == atMost && atMost > 0 ? settled[^1].T : long.MaxValue;
        var times = settled.ConvertAll(point => point.T).ToHashSet();
        var merged = new List<Point>(settled);
        merged.AddRange(pending.Where(point => point.T <= limit && times.Add(point.T)));
        merged.Sort(Point.ByTime);
        return merged.Count <= atMost ? merged : merged.GetRange(0, atMost);
    }

    /// <summary>Buckets with a pending point, neighbours together.</summary>
    private static List<(long First, long Last)> Runs(Resolution resolution, List<Point> pending)
    {
        var runs = new List<(long First, long Last)>();
        foreach (var point in pending)
        {
            var bucket = resolution.BucketOf(point.T);
            if (runs.Count > 0 && bucket <= runs[^1].Last + 1)
            {
                runs[^1] = (runs[^1].First, bucket);
            }
            else
            {
                runs.Add((bucket, bucket));
            }
        }

        return runs;
    }
}
