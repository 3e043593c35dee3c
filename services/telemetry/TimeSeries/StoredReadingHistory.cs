using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Sensors;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.TimeSeries;

/// <summary>From the store that keeps the town, what is pending as well as what has settled.</summary>
internal sealed class StoredReadingHistory(TelemetryStores stores, TownDatabases databases) : IReadingHistory
{
    private static readonly long FirstSlice = (long)TimeSpan.FromHours(1).TotalMicroseconds;

    public async Task<IReadOnlyList<SensorReading>> ReadAsync(
        string municipality, string device, string metric, DateTimeOffset from, DateTimeOffset to, int atMost, CancellationToken cancellationToken)
    {
        if (await FindAsync(municipality, device, metric, cancellationToken) is not { } series)
        {
            return [];
        }

        var store = stores.OfTown(municipality);
        var (first, end) = (UnixMicroseconds.From(from), UnixMicroseconds.From(to));
        var slices = new List<List<Point>>();
        var count = 0;
        // Backwards, so that of a device that sends often no more is read than is kept.
        for (var width = FirstSlice; end > first && count < atMost; width *= 2)
        {
            var start = Math.Max(first, end - width);
            var points = await store.ReadAsync(series, start, end, int.MaxValue, cancellationToken);
            slices.Add(points);
            count += points.Count;
            end = start;
        }

        slices.Reverse();
        return [.. slices.SelectMany(points => points).Skip(Math.Max(0, count - atMost))
            .Select(point => new SensorReading(metric, UnixMicroseconds.ToTime(point.T), point.Value))];
    }

    private async Task<SeriesKey?> FindAsync(string municipality, string device, string metric, CancellationToken cancellationToken)
    {
        await using var connection = await databases.OpenAsync(municipality, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id FROM series WHERE municipality = @municipality AND device = @device AND metric = @metric";
        command.Bind("@municipality", municipality);
        command.Bind("@device", device);
        command.Bind("@metric", metric);
        return await command.ExecuteScalarAsync(cancellationToken) is long id ? new SeriesKey(id, municipality, device, metric) : null;
    }
}
