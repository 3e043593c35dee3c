using Npgsql;
using SmartCity.Telemetry.Ingest;

namespace SmartCity.Telemetry.TimeSeries.Postgres;

/// <summary>The table <c>series</c>, as the writer uses it: what a batch needs of it is read, and what it adds is written, in one statement each.</summary>
internal sealed class PostgresSeries : ISeriesSource
{
    private const string OfDevices = """
        SELECT municipality, device, id, metric, last_t, last_value FROM series
        WHERE (municipality, device) IN (SELECT * FROM unnest($1, $2))
        """;

    private const string Numbers = "SELECT nextval(pg_get_serial_sequence('series', 'id')) FROM generate_series(1, $1)";

    // In one order everywhere, so that two replicas do not wait for each other.
    private const string Insert = """
        INSERT INTO series (id, municipality, device, metric)
        SELECT id, municipality, device, metric FROM unnest($1, $2, $3, $4) AS fresh (id, municipality, device, metric)
        ORDER BY municipality, device, metric
        ON CONFLICT DO NOTHING
        """;

    private readonly Dictionary<(string Municipality, string Device), DeviceHead> _loaded = [];
    private readonly Queue<long> _numbers = [];

    /// <summary>Reads the devices of a batch that are not in memory, and sees to numbers for the series that it may add.</summary>
    public async Task LoadAsync(NpgsqlConnection connection, Heads heads, IReadOnlyList<IngestItem> batch, CancellationToken cancellationToken)
    {
        _loaded.Clear();
        foreach (var item in batch)
        {
            if (item.Measurements.Count > 0 && heads.Find(item.Municipality, item.Device) is null)
            {
                _loaded.TryAdd((item.Municipality, item.Device), new DeviceHead(item.Municipality, item.Device));
            }
        }

        if (_loaded.Count > 0)
        {
            await LoadAsync(connection, cancellationToken);
        }

        var unknown = batch.Sum(item => item.Measurements.Count == 0 ? 0 : CountUnknown(heads, item));
        if (unknown > _numbers.Count)
        {
            await using var command = connection.NewCommand(Numbers, BatchCommands.Of(unknown));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                _numbers.Enqueue(reader.GetInt64(0));
            }
        }
    }

    public DeviceHead Load(string municipality, string device) => _loaded[(municipality, device)];

    public SeriesHead Create(DeviceHead device, string metric) => new(device, _numbers.Dequeue(), metric, long.MinValue, 0);

    // Whether it was there before is found out when it settles.
    public bool HasSettled(SeriesHead series, long t) => false;

    /// <summary>A statement that changes fewer rows than there are series says that another replica added one of them first.</summary>
    public static NpgsqlBatchCommand AddTo(NpgsqlBatch batch, List<SeriesHead> series) => batch.Add(
        Insert,
        BatchCommands.Of(series.ConvertAll(one => one.Id)),
        BatchCommands.Of(series.ConvertAll(one => one.Device.Municipality)),
        BatchCommands.Of(series.ConvertAll(one => one.Device.Device)),
        BatchCommands.Of(series.ConvertAll(one => one.Metric)));

    private async Task LoadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.NewCommand(
            OfDevices,
            BatchCommands.Of(_loaded.Keys.Select(key => key.Municipality).ToArray()), BatchCommands.Of(_loaded.Keys.Select(key => key.Device).ToArray()));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var device = _loaded[(reader.GetString(0), reader.GetString(1))];
            device.Add(new SeriesHead(
                device, reader.GetInt64(2), reader.GetString(3),
                reader.IsDBNull(4) ? long.MinValue : reader.GetInt64(4), reader.IsDBNull(5) ? 0 : reader.GetDouble(5)));
        }
    }

    private int CountUnknown(Heads heads, IngestItem item)
    {
        var device = heads.Find(item.Municipality, item.Device) ?? _loaded[(item.Municipality, item.Device)];
        var unknown = 0;
        foreach (var measurement in item.Measurements)
        {
            unknown += device.Find(measurement.Metric) is null ? 1 : 0;
        }

        return unknown;
    }
}
