using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>What is kept of the readings in one bucket. Merging is the same in any order, so that late readings need no second look at the others.</summary>
/// <param name="Bucket">Its number; see <see cref="Resolution.BucketOf"/>.</param>
/// <param name="LastT">Time of the newest reading, in microseconds since 1970.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Rollup(long Bucket, long Count, double Minimum, double Maximum, double Sum, long LastT, double Last)
{
    public double Mean => Sum / Count;

    public static Rollup Of(long bucket, in Point point) => new(bucket, 1, point.Value, point.Value, point.Value, point.T, point.Value);

    public Rollup With(in Rollup other) => new(
        Bucket,
        Count + other.Count,
        Math.Min(Minimum, other.Minimum),
        Math.Max(Maximum, other.Maximum),
        Sum + other.Sum,
        Math.Max(LastT, other.LastT),
        other.LastT > LastT ? other.Last : Last);

    /// <param name="points">Ordered by time.</param>
    public static List<Rollup> Of(Resolution resolution, ReadOnlySpan<Point> points)
    {
        var rollups = new List<Rollup>();
        foreach (ref readonly var point in points)
        {
            var rollup = Of(resolution.BucketOf(point.T), point);
            if (rollups.Count > 0 && rollups[^1].Bucket == rollup.Bucket)
            {
                rollups[^1] = rollups[^1].With(rollup);
            }
            else
            {
                rollups.Add(rollup);
            }
        }

        return rollups;
    }

    /// <summary>Two lists, each ordered by bucket, as one.</summary>
    public static List<Rollup> Merge(List<Rollup> left, ReadOnlySpan<Rollup> right)
    {
        var first = CollectionsMarshal.AsSpan(left);
        var merged = new List<Rollup>(first.Length + right.Length);
        var (l, r) = (0, 0);
        while (l < first.Length || r < right.Length)
        {
            if (r == right.Length || (l < first.Length && first[l].Bucket < right[r].Bucket))
            {
                merged.Add(first[l++]);
            }
            else if (l == first.Length || right[r].Bucket < first[l].Bucket)
            {
                merged.Add(right[r++]);
            }
            else
            {
                merged.Add(first[l++].With(right[r++]));
            }
        }

        return merged;
    }
}
