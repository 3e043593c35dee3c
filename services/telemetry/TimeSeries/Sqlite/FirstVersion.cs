namespace SmartCity.Telemetry.TimeSeries.Sqlite;

/// <summary>Moves the rows of the first schema, one a reading, into chunks; goes on where an earlier start was cut off.</summary>
internal static class FirstVersion
{
    private const int RowsAtOnce = 20_000;
    private const string Table = "reading_before_chunks";

    public static void Import(SqliteSession session, ILogger log)
    {
        if (session.Statements.With("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @0", Table).ExecuteScalar() is null)
        {
            return;
        }

        var readings = 0L;
        while (ImportSome(session) is > 0 and var some)
        {
            readings += some;
        }

        using var drop = session.Connection.CreateCommand();
        drop.CommandText = "DROP TABLE " + Table;
        drop.ExecuteNonQuery();
        if (readings > 0)
        {
            log.FirstVersionImported(readings);
        }
    }

    private static int ImportSome(SqliteSession session)
    {
        using var transaction = session.Statements.Begin();
        var bySeries = Read(session);
        foreach (var (series, points) in bySeries)
        {
            RollupTable.Add(session.Statements, series, ChunkTable.Merge(session.Statements, series, points));
            session.Statements.Execute($"DELETE FROM {Table} WHERE series_id = @0 AND t <= @1", series, points[^1].T);
        }

        transaction.Commit();
        return bySeries.Values.Sum(points => points.Count);
    }

    private static Dictionary<long, List<Point>> Read(SqliteSession session)
    {
        var bySeries = new Dictionary<long, List<Point>>();
        var command = session.Statements.With($"SELECT series_id, t, value, received_at FROM {Table} ORDER BY series_id, t LIMIT @0", (long)RowsAtOnce);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (!bySeries.TryGetValue(reader.GetInt64(0), out var points))
            {
                bySeries.Add(reader.GetInt64(0), points = []);
            }

            points.Add(new Point(reader.GetInt64(1), reader.GetDouble(2), reader.GetInt64(3)));
        }

        return bySeries;
    }
}
