using Npgsql;

namespace SmartCity.Telemetry.TimeSeries.Postgres;

/// <summary>The table <c>reading_pending</c>: what was committed and has not settled, one row a batch.</summary>
internal static class PostgresPending
{
    private const string Insert = "INSERT INTO reading_pending (readings, months, series_id, t, value, received_at) VALUES ($1, $2, $3, $4, $5, $6)";

    // The arrays stay where they are: only their rows are looked at.
    private const string List = "SELECT id, readings, months FROM reading_pending ORDER BY id";

    // The first of several readings of the same time counts.
    private const string OfSeries = """
        SELECT DISTINCT ON (one.t) one.t, one.value, one.received_at
        FROM reading_pending pending, unnest(pending.series_id, pending.t, pending.value, pending.received_at) AS one (series_id, t, value, received_at)
        WHERE $1 = ANY (pending.series_id) AND one.series_id = $1 AND one.t >= $2 AND one.t < $3
        ORDER BY one.t, pending.id
        """;

    public static void AddTo(NpgsqlBatch batch, HeadChanges changes) => batch.Add(
        Insert,
        BatchCommands.Of((long)changes.Points.Count),
        BatchCommands.Of(Months.Of(changes)),
        BatchCommands.Of(changes.Points.ConvertAll(entry => entry.Series.Id)),
        BatchCommands.Of(changes.Points.ConvertAll(entry => entry.Point.T)),
        BatchCommands.Of(changes.Points.ConvertAll(entry => entry.Point.Value)),
        BatchCommands.Of(changes.Points.ConvertAll(entry => entry.Point.ReceivedAt)));

    /// <summary>What is to settle next, oldest first.</summary>
    public static async Task<PendingSlice> NextAsync(NpgsqlConnection connection, long readingsAtOnce, CancellationToken cancellationToken)
    {
        var slice = new PendingSlice();
        await using var command = connection.NewCommand(List);
        await command.PrepareAsync(cancellationToken);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var readings = reader.GetInt64(1);
            if (slice.Batches.Count > 0 && slice.Readings + readings > readingsAtOnce)
            {
                slice.ReadingsBehind += readings;
                continue;
            }

            slice.Batches.Add(reader.GetInt64(0));
            slice.Readings += readings;
            slice.Months.UnionWith(reader.GetFieldValue<long[]>(2));
        }

        return slice;
    }

    public static Task<List<Point>> ReadAsync(NpgsqlConnection connection, long series, long from, long to, CancellationToken cancellationToken)
        => connection.NewCommand(OfSeries, BatchCommands.Of(series), BatchCommands.Of(from), BatchCommands.Of(to)).ReadPointsAsync(cancellationToken);
}

/// <summary>Some of the batches that wait.</summary>
internal sealed class PendingSlice
{
    public List<long> Batches { get; } = [];

    public HashSet<long> Months { get; } = [];

    public long Readings { get; set; }

    /// <summary>Readings that wait behind them.</summary>
    public long ReadingsBehind { get; set; }
}
