using System.Runtime.InteropServices;

namespace SmartCity.Telemetry.TimeSeries.Sqlite;

/// <summary>
/// The table <c>reading_chunk</c>. Spans of a series' chunks never overlap, so that a span of time is found by its first chunk.
/// </summary>
internal static class ChunkTable
{
    /// <summary>A slow sensor's chunk ends after a month: what is to be deleted by age is deleted by chunks.</summary>
    private const long LongestSpan = 31L * 86_400 * 1_000_000;

    private const string Before =
        "SELECT start_t, end_t, points, data FROM reading_chunk WHERE series_id = @0 AND start_t <= @1 ORDER BY start_t DESC LIMIT 1";

    private const string Next = "SELECT MIN(start_t) FROM reading_chunk WHERE series_id = @0 AND start_t > @1";

    private const string Insert = "INSERT INTO reading_chunk (series_id, start_t, end_t, points, data) VALUES (@0, @1, @2, @3, @4)";

    private const string Delete = "DELETE FROM reading_chunk WHERE series_id = @0 AND start_t = @1";

    private const string Overlapping = """
        SELECT data FROM reading_chunk
        WHERE series_id = @0 AND start_t < @2 AND end_t >= @1
          AND start_t >= COALESCE((SELECT MAX(start_t) FROM reading_chunk WHERE series_id = @0 AND start_t <= @1), @1)
        ORDER BY start_t
        """;

    /// <summary>Puts points, ordered by time, into the chunks and returns those that were not there.</summary>
    public static List<Point> Merge(Statements statements, long series, List<Point> points)
    {
        var added = new List<Point>(points.Count);
        for (var position = 0; position < points.Count;)
        {
            var first = points[position].T;
            var chunk = Find(statements, series, first);
            var end = chunk is { } last && first > last.End && IsFull(last, first) ? null : chunk;
            var run = points.Count - position;
            // Nothing follows the last chunk, which is where nearly everything goes.
            if (NextStart(statements, series, first) is { } next)
            {
                run = 0;
                while (position + run < points.Count && points[position + run].T < next)
                {
                    run++;
                }
            }

            var merged = Merge(end is { } found ? ChunkCodec.Decode(found.Data) : [], CollectionsMarshal.AsSpan(points).Slice(position, run), added);
            if (end is { } old)
            {
                statements.Execute(Delete, series, old.Start);
            }

            Write(statements, series, CollectionsMarshal.AsSpan(merged));
            position += run;
        }

        return added;
    }

    /// <summary>Points of a span, ordered by time, at most a number of them.</summary>
    public static List<Point> Read(Statements statements, long series, long from, long to, int atMost)
    {
        var points = new List<Point>();
        using var reader = statements.With(Overlapping, series, from, to).ExecuteReader();
        while (points.Count < atMost && reader.Read())
        {
            foreach (var point in ChunkCodec.Decode(reader.GetFieldValue<byte[]>(0)))
            {
                if (point.T >= from && point.T < to && points.Count < atMost)
                {
                    points.Add(point);
                }
            }
        }

        return points;
    }

    /// <summary>Deletes the chunks all of whose points are older; returns how many points that were.</summary>
    public static long DeleteBefore(Statements statements, long series, long t)
    {
        var command = statements.With("DELETE FROM reading_chunk WHERE series_id = @0 AND start_t < @1 AND end_t < @1 RETURNING points", series, t);
        using var reader = command.ExecuteReader();
        var points = 0L;
        while (reader.Read())
        {
            points += reader.GetInt64(0);
        }

        return points;
    }

    private static bool IsFull(Chunk chunk, long next) => chunk.Points >= ChunkCodec.MostPoints || next - chunk.Start > LongestSpan;

    private static Chunk? Find(Statements statements, long series, long t)
    {
        var command = statements.With(Before, series, t);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new Chunk(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3)) : null;
    }

    private static long? NextStart(Statements statements, long series, long t)
    {
        var command = statements.With(Next, series, t);
        return command.ExecuteScalar() as long?;
    }

    private static List<Point> Merge(ReadOnlySpan<Point> old, ReadOnlySpan<Point> fresh, List<Point> added)
    {
        var merged = new List<Point>(old.Length + fresh.Length);
        var (left, right) = (0, 0);
        while (left < old.Length || right < fresh.Length)
        {
            if (right == fresh.Length || (left < old.Length && old[left].T <= fresh[right].T))
            {
                merged.Add(old[left++]);
            }
            else
            {
                // The first of several readings of the same time counts.
                if (merged.Count == 0 || merged[^1].T != fresh[right].T)
                {
                    merged.Add(fresh[right]);
                    added.Add(fresh[right]);
                }

                right++;
            }
        }

        return merged;
    }

    private static void Write(Statements statements, long series, ReadOnlySpan<Point> points)
    {
        for (var position = 0; position < points.Length;)
        {
            var length = Math.Min(ChunkCodec.MostPoints, points.Length - position);
            var start = points[position].T;
            while (points[position + length - 1].T - start > LongestSpan)
            {
                length--;
            }

            var piece = points.Slice(position, length);
            statements.Execute(Insert, series, start, piece[^1].T, (long)length, ChunkCodec.Encode(piece));
            position += length;
        }
    }

    private readonly record struct Chunk(long Start, long End, long Points, byte[] Data);
}
