using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Storage;

/// <summary>What would no longer be reachable when a device or the town goes.</summary>
internal sealed class Holdings(TelemetryStores stores, TownDatabases databases)
{
    public static Task<IReadOnlyList<Holding>> CountAsync(Holdings holdings, string municipality, CancellationToken cancellationToken)
        => holdings.CountAsync(municipality, cancellationToken);

    /// <summary>Readings and commands by device.</summary>
    private async Task<IReadOnlyList<Holding>> CountAsync(string municipality, CancellationToken cancellationToken)
    {
        var readings = await stores.OfTown(municipality).CountAsync(municipality, cancellationToken);
        return
        [
            .. readings.OrderBy(device => device.Key, StringComparer.Ordinal).Select(device => new Holding(device.Key, device.Value, "readings")),
            .. await CommandsAsync(municipality, cancellationToken),
        ];
    }

    private async Task<List<Holding>> CommandsAsync(string municipality, CancellationToken cancellationToken)
    {
        await using var connection = await databases.OpenAsync(municipality, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT device, count(*) FROM device_command WHERE municipality = @municipality GROUP BY device ORDER BY device";
        command.Bind("@municipality", municipality);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<Holding>();
        while (await reader.ReadAsync(cancellationToken))
        {
            counts.Add(new Holding(reader.GetString(0), reader.GetInt64(1), "commands"));
        }

        return counts;
    }
}
