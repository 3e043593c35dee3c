namespace SmartCity.Telemetry.TimeSeries.Sqlite;

/// <summary>The table <c>reading_journal</c>: what a start has to read again.</summary>
internal static class JournalTable
{
    private const string Newest = """
        SELECT MAX(COALESCE((SELECT MAX(generation) FROM reading_journal), 0), COALESCE((SELECT MAX(generation) FROM device_state), 0))
        """;

    public static void Append(SqliteSession session, long generation, ByteWriter data)
        => session.Statements.Execute("INSERT INTO reading_journal (generation, data) VALUES (@0, @1)", generation, data.ToArray());

    public static void Forget(SqliteSession session, long generation)
        => session.Statements.Execute("DELETE FROM reading_journal WHERE generation <= @0", generation);

    /// <summary>Fills the heads with what was committed and had not settled when the process ended.</summary>
    /// <returns>Points read.</returns>
    public static int ReadInto(Heads heads, SqliteSession session, DateTimeOffset now)
    {
        var newest = session.Statements.With(Newest).ExecuteScalar() as long? ?? 0;
        var table = new SeriesTable(session);
        var byId = new Dictionary<long, SeriesHead?>();
        var generations = new Dictionary<DeviceHead, long>();
        using var command = session.Connection.CreateCommand();
        command.CommandText = "SELECT generation, data FROM reading_journal ORDER BY id";
        using var reader = command.ExecuteReader();
        var changes = new HeadChanges();
        var points = 0;
        while (reader.Read())
        {
            changes.Clear();
            var generation = reader.GetInt64(0);
            Journal.Read(reader.GetFieldValue<byte[]>(1), id => Find(heads, table, byId, id), changes);
            // Counts of a generation that was settling may be in the device's row already; points are told apart by their times.
            changes.Messages.RemoveAll(message => GenerationOf(message.Series.Device) >= generation);
            heads.Apply(changes, now);
            points += changes.Points.Count;
        }

        heads.ContinueAfter(newest);
        return points;

        long GenerationOf(DeviceHead device)
        {
            if (!generations.TryGetValue(device, out var known))
            {
                generations[device] = known = DeviceStateTable.GenerationOf(session, device.Municipality, device.Device);
            }

            return known;
        }
    }

    private static SeriesHead? Find(Heads heads, SeriesTable table, Dictionary<long, SeriesHead?> byId, long id)
    {
        if (byId.TryGetValue(id, out var known))
        {
            return known;
        }

        if (table.OwnerOf(id) is { } owner && heads.Find(owner.Municipality, owner.Device) is null)
        {
            var device = table.Load(owner.Municipality, owner.Device);
            heads.Add(device);
            foreach (var series in device.Series)
            {
                byId[series.Id] = series;
            }
        }

        // A series that is gone was removed with its device; its readings are nobody's.
        return byId[id] = byId.GetValueOrDefault(id);
    }
}
