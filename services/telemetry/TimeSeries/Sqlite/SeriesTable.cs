using System.Globalization;
using Microsoft.Data.Sqlite;

namespace SmartCity.Telemetry.TimeSeries.Sqlite;

/// <summary>The table <c>series</c>, as the writer uses it.</summary>
internal sealed class SeriesTable(SqliteSession session) : ISeriesSource
{
    private const string OfDevice = "SELECT id, metric, last_t, last_value FROM series WHERE municipality = @0 AND device = @1";

    private const string OfId = "SELECT municipality, device FROM series WHERE id = @0";

    // The no-op update makes RETURNING answer for a row that was there before.
    private const string Insert = """
        INSERT INTO series (municipality, device, metric) VALUES (@0, @1, @2)
        ON CONFLICT (municipality, device, metric) DO UPDATE SET metric = excluded.metric
        RETURNING id
        """;

    private const string SetLast = "UPDATE series SET last_t = @1, last_value = @2 WHERE id = @0";

    /// <summary>Numbers of a town's series.</summary>
    public static List<long> AllOf(Statements statements, string municipality)
    {
        var numbers = new List<long>();
        using var reader = statements.With("SELECT id FROM series WHERE municipality = @0", municipality).ExecuteReader();
        while (reader.Read())
        {
            numbers.Add(reader.GetInt64(0));
        }

        return numbers;
    }

    public DeviceHead Load(string municipality, string device)
    {
        var head = new DeviceHead(municipality, device);
        using var reader = With(OfDevice, municipality, device).ExecuteReader();
        while (reader.Read())
        {
            head.Add(new SeriesHead(
                head, reader.GetInt64(0), reader.GetString(1),
                reader.IsDBNull(2) ? long.MinValue : reader.GetInt64(2), reader.IsDBNull(3) ? 0 : reader.GetDouble(3)));
        }

        return head;
    }

    /// <summary>The device that a series belongs to, or null.</summary>
    public (string Municipality, string Device)? OwnerOf(long id)
    {
        using var reader = With(OfId, id).ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetString(1)) : null;
    }

    public SeriesHead Create(DeviceHead device, string metric)
    {
        var id = Convert.ToInt64(With(Insert, device.Municipality, device.Device, metric).ExecuteScalar(), CultureInfo.InvariantCulture);
        return new SeriesHead(device, id, metric, long.MinValue, 0);
    }

    public bool HasSettled(SeriesHead series, long t) => ChunkTable.Read(session.Statements, series.Id, t, t + 1, 1).Count > 0;

    public void StoreLast(SeriesHead series) => With(SetLast, series.Id, series.LastT, series.LastValue).ExecuteNonQuery();

    private SqliteCommand With(string sql, params ReadOnlySpan<object?> values)
    {
        var command = session.Statements.With(sql, values);
        return command;
    }
}
