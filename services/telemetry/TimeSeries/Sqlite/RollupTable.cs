using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.TimeSeries.Sqlite;

/// <summary>The table <c>rollup_chunk</c>: what the chunks hold, in buckets of every resolution.</summary>
internal static class RollupTable
{
    private const string Find = "SELECT data FROM rollup_chunk WHERE series_id = @0 AND width_seconds = @1 AND span = @2";

    private const string Upsert = """
        INSERT INTO rollup_chunk (series_id, width_seconds, span, data) VALUES (@0, @1, @2, @3)
        ON CONFLICT (series_id, width_seconds, span) DO UPDATE SET data = excluded.data
        """;

    private const string Spans = """
        SELECT data FROM rollup_chunk WHERE series_id = @0 AND width_seconds = @1 AND span >= @2 AND span <= @3 ORDER BY span
        """;

    /// <param name="added">Ordered by time; none of them has been added before.</param>
    public static void Add(Statements statements, long series, List<Point> added)
    {
        foreach (var resolution in Resolution.All)
        {
            var rollups = CollectionsMarshal.AsSpan(Rollup.Of(resolution, CollectionsMarshal.AsSpan(added)));
            while (rollups.Length > 0)
            {
                var span = SpanOf(rollups[0].Bucket);
                var length = 1;
                while (length < rollups.Length && SpanOf(rollups[length].Bucket) == span)
                {
                    length++;
                }

                var command = statements.With(Find, series, resolution.WidthSeconds, span);
                var old = command.ExecuteScalar() is byte[] data ? RollupCodec.Decode(resolution, data) : [];
                var merged = Rollup.Merge(old, rollups[..length]);
                statements.Execute(Upsert, series, resolution.WidthSeconds, span, RollupCodec.Encode(resolution, CollectionsMarshal.AsSpan(merged)));
                rollups = rollups[length..];
            }
        }
    }

    /// <summary>Buckets from one number to another, both included, ordered.</summary>
    public static List<Rollup> Read(Statements statements, long series, Resolution resolution, long first, long last)
    {
        var rollups = new List<Rollup>();
        using var reader = statements.With(Spans, series, resolution.WidthSeconds, SpanOf(first), SpanOf(last)).ExecuteReader();
        while (reader.Read())
        {
            rollups.AddRange(RollupCodec.Decode(resolution, reader.GetFieldValue<byte[]>(0)).Where(rollup => rollup.Bucket >= first && rollup.Bucket <= last));
        }

        return rollups;
    }

    /// <summary>Deletes the spans all of whose buckets are older.</summary>
    public static void DeleteBefore(Statements statements, long series, long t)
    {
        foreach (var resolution in Resolution.All)
        {
            statements.Execute(
                "DELETE FROM rollup_chunk WHERE series_id = @0 AND width_seconds = @1 AND span < @2",
                series, resolution.WidthSeconds, SpanOf(resolution.BucketOf(t)));
        }
    }

    private static long SpanOf(long bucket) => Resolution.FloorDivide(bucket, RollupCodec.Span);
}
