using System.Globalization;
using Npgsql;

namespace SmartCity.Telemetry.TimeSeries.Postgres;

/// <summary>Moves pending batches into the tables that are read by spans of time, with their roll-ups: all in one statement, inside the server.</summary>
internal static class PostgresSettling
{
    // One replica at a time settles a database, so that no two wait for each other's rows; if it dies, its lock dies with it.
    private const string Begin = """
        SELECT pg_try_advisory_xact_lock('reading_pending'::regclass::oid::integer, 0), set_config('work_mem', '64MB', true), set_config('jit', 'off', true)
        """;

    // Only what is not newer than its series' newest reading can be there already: to look for each would double the cost. The look
    // is a subquery of one value, which is never planned as a walk through the whole table.
    private static readonly string Settle = string.Create(CultureInfo.InvariantCulture, $"""
        WITH taken AS (
            DELETE FROM reading_pending WHERE id = ANY ($1) RETURNING id, series_id, t, value, received_at
        ), pending AS (
            SELECT taken.id, one.*
            FROM taken, unnest(taken.series_id, taken.t, taken.value, taken.received_at) AS one (series_id, t, value, received_at)
        ), stored AS (
            INSERT INTO reading (series_id, t, value, received_at)
            SELECT DISTINCT ON (pending.series_id, pending.t) pending.series_id, pending.t, pending.value, pending.received_at
            FROM pending JOIN series ON series.id = pending.series_id
            WHERE NOT $2 AND (series.last_t IS NULL OR pending.t > series.last_t)
                OR (SELECT 1 FROM reading WHERE reading.series_id = pending.series_id AND reading.t = pending.t) IS NULL
            ORDER BY pending.series_id, pending.t, pending.id
            RETURNING series_id, t, value
        ), finest AS (
            SELECT series_id, {BucketOf("t", Finest.OffsetMicroseconds, Finest.WidthMicroseconds)} AS bucket,
                count(*) AS count, min(value) AS minimum, max(value) AS maximum, sum(value) AS sum,
                max(t) AS last_t, (max(ARRAY[t, value]))[2] AS last_value
            FROM stored GROUP BY 1, 2
        ), rolled AS (
            SELECT series_id, {Finest.WidthSeconds} AS width_seconds, bucket, count, minimum, maximum, sum, last_t, last_value FROM finest
            UNION ALL
            SELECT series_id, width_seconds, {BucketOf(StartOfFinest, "shift", "width_seconds * 1000000")},
                sum(count)::bigint, min(minimum), max(maximum), sum(sum), max(last_t), (max(ARRAY[last_t, last_value]))[2]
            FROM finest, (VALUES {Coarser}) AS coarser (width_seconds, shift)
            GROUP BY 1, 2, 3
        ), kept AS (
            INSERT INTO rollup AS old (series_id, width_seconds, bucket, count, minimum, maximum, sum, last_t, last_value)
            SELECT * FROM rolled ORDER BY series_id, width_seconds, bucket
            ON CONFLICT (series_id, width_seconds, bucket) DO UPDATE SET
                count = old.count + excluded.count,
                minimum = least(old.minimum, excluded.minimum),
                maximum = greatest(old.maximum, excluded.maximum),
                sum = old.sum + excluded.sum,
                last_t = greatest(old.last_t, excluded.last_t),
                last_value = CASE WHEN excluded.last_t > old.last_t THEN excluded.last_value ELSE old.last_value END
        ), newest AS (
            UPDATE series SET last_t = fresh.last_t, last_value = fresh.last_value
            FROM (SELECT DISTINCT ON (series_id) series_id, last_t, last_value FROM finest ORDER BY series_id, last_t DESC) AS fresh
            WHERE series.id = fresh.series_id AND (series.last_t IS NULL OR series.last_t < fresh.last_t)
        )
        SELECT (SELECT count(*) FROM pending), (SELECT count(*) FROM stored)
        """);

    private static Resolution Finest => Resolution.All[0];

    private static string StartOfFinest
        => string.Create(CultureInfo.InvariantCulture, $"(bucket * {Finest.WidthMicroseconds} - {Finest.OffsetMicroseconds})");

    private static string Coarser => string.Join(
        ", ", Resolution.All.Skip(1).Select(one => string.Create(CultureInfo.InvariantCulture, $"({one.WidthSeconds}::bigint, {one.OffsetMicroseconds}::bigint)")));

    /// <param name="batches">Numbers of their rows; those that somebody else settled meanwhile are left out.</param>
    /// <param name="lookForEach">Whether to look for each reading whether it is there already.</param>
    /// <returns>How many readings were taken and how many of them were new; null while another replica settles.</returns>
    public static async Task<(long Taken, long Stored)?> SettleAsync(
        NpgsqlConnection connection, List<long> batches, bool lookForEach, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var begin = connection.NewCommand(Begin);
        if (await begin.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return null;
        }

        // Planned anew each time: it pays, since what was right for empty tables is not for full ones.
        await using var settle = connection.NewCommand(Settle, BatchCommands.Of(batches), BatchCommands.Of(lookForEach));
        long taken, stored;
        await using (var reader = await settle.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            (taken, stored) = (reader.GetInt64(0), reader.GetInt64(1));
        }

        await transaction.CommitAsync(cancellationToken);
        return (taken, stored);
    }

    /// <summary>As <see cref="Resolution.BucketOf"/>: rounded down before 1970, too.</summary>
    private static string BucketOf(string t, object shift, object width)
        => string.Create(CultureInfo.InvariantCulture, $"((({t} + {shift}) - ((({t} + {shift}) % ({width}) + ({width})) % ({width}))) / ({width}))");
}
