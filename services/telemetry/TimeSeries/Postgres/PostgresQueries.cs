using Npgsql;

namespace SmartCity.Telemetry.TimeSeries.Postgres;

/// <summary>Reads, counts and deletes what has settled. Planned anew each time, so that only the partitions of the span at hand are looked at.</summary>
internal static class PostgresQueries
{
    private const long MicrosecondsAtOnce = 6L * 3_600 * 1_000_000;

    private const string Points = "SELECT t, value, received_at FROM reading WHERE series_id = $1 AND t >= $2 AND t < $3 ORDER BY t LIMIT $4";

    private const string Rollups = """
        SELECT bucket, count, minimum, maximum, sum, last_t, last_value FROM rollup
        WHERE series_id = $1 AND width_seconds = $2 AND bucket >= $3 AND bucket <= $4 ORDER BY bucket
        """;

    // Both in one look, so that what settles meanwhile is neither missed nor counted twice.
    private const string Count = """
        WITH pending AS (
            SELECT DISTINCT one.series_id, one.t FROM reading_pending, unnest(reading_pending.series_id, reading_pending.t) AS one (series_id, t)
        )
        SELECT device, sum(readings)::bigint FROM (
            SELECT device, count(*) AS readings FROM series JOIN reading ON series_id = id WHERE municipality = $1 GROUP BY device
            UNION ALL
            SELECT device, count(*) FROM series JOIN pending ON series_id = id
            WHERE municipality = $1 AND (SELECT 1 FROM reading WHERE reading.series_id = pending.series_id AND reading.t = pending.t) IS NULL
            GROUP BY device
        ) AS both_kinds GROUP BY device
        """;

    // A few hours from the oldest reading on, which each series finds at the beginning of its part of the index.
    private const string DeletePoints = """
        WITH oldest AS MATERIALIZED (
            SELECT min(first.t) AS t
            FROM unnest($1) AS one (id), LATERAL (SELECT t FROM reading WHERE series_id = one.id AND t < $2 ORDER BY t LIMIT 1) AS first
        )
        DELETE FROM reading USING oldest WHERE series_id = ANY ($1) AND reading.t >= oldest.t AND reading.t < least($2, oldest.t + $3)
        """;

    private const string DeleteRollups = "DELETE FROM rollup WHERE series_id = ANY ($1) AND width_seconds = $2 AND bucket < $3";

    public static Task<List<Point>> PointsAsync(NpgsqlConnection connection, long series, long from, long to, int atMost, CancellationToken cancellationToken)
        => connection.NewCommand(Points, BatchCommands.Of(series), BatchCommands.Of(from), BatchCommands.Of(to), BatchCommands.Of(atMost)).ReadPointsAsync(cancellationToken);

    public static async Task<List<Rollup>> RollupsAsync(
        NpgsqlConnection connection, long series, Resolution resolution, long first, long last, CancellationToken cancellationToken)
    {
        var rollups = new List<Rollup>();
        await using var command = connection.NewCommand(
            Rollups, BatchCommands.Of(series), BatchCommands.Of(resolution.WidthSeconds), BatchCommands.Of(first), BatchCommands.Of(last));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rollups.Add(new Rollup(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetDouble(2), reader.GetDouble(3), reader.GetDouble(4), reader.GetInt64(5), reader.GetDouble(6)));
        }

        return rollups;
    }

    public static async Task<Dictionary<string, long>> CountAsync(NpgsqlConnection connection, string municipality, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var command = connection.NewCommand(Count, BatchCommands.Of(municipality));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            counts[reader.GetString(0)] = reader.GetInt64(1);
        }

        return counts;
    }

    public static async Task<List<long>> SeriesOfAsync(NpgsqlConnection connection, string municipality, CancellationToken cancellationToken)
    {
        var numbers = new List<long>();
        await using var command = connection.NewCommand("SELECT id FROM series WHERE municipality = $1 ORDER BY id", BatchCommands.Of(municipality));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            numbers.Add(reader.GetInt64(0));
        }

        return numbers;
    }

    /// <summary>Deletes in pieces, each a transaction; returns how many readings that was.</summary>
    public static async Task<long> DeleteBeforeAsync(
        NpgsqlConnection connection, long[] series, long readingsBefore, long rollupsBefore, CancellationToken cancellationToken)
    {
        var deleted = 0L;
        int piece;
        do
        {
            await using var command = connection.NewCommand(DeletePoints, BatchCommands.Of(series), BatchCommands.Of(readingsBefore), BatchCommands.Of(MicrosecondsAtOnce));
            piece = await command.ExecuteNonQueryAsync(cancellationToken);
            deleted += piece;
        }
        while (piece > 0);

        foreach (var resolution in Resolution.All)
        {
            await using var command = connection.NewCommand(
                DeleteRollups, BatchCommands.Of(series), BatchCommands.Of(resolution.WidthSeconds), BatchCommands.Of(resolution.BucketOf(rollupsBefore)));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return deleted;
    }

    /// <summary>The command's rows, time, value and time of receipt; it is disposed.</summary>
    public static async Task<List<Point>> ReadPointsAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var points = new List<Point>();
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                points.Add(new Point(reader.GetInt64(0), reader.GetDouble(1), reader.GetInt64(2)));
            }
        }

        return points;
    }
}
