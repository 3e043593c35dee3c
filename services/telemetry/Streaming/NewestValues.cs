using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Streaming;

/// <summary>The newest settled value of every series of a town, from the database.</summary>
internal sealed class NewestValues(TownDatabases databases)
{
    public async Task<IReadOnlyList<LiveReading>> ReadAsync(string municipality, CancellationToken cancellationToken)
    {
        var newest = new List<LiveReading>();
        await using var connection = await databases.OpenAsync(municipality, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT device, metric, last_t, last_value FROM series WHERE municipality = @municipality AND last_t IS NOT NULL";
        command.Bind("@municipality", municipality);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            newest.Add(new LiveReading(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetDouble(3)));
        }

        return newest;
    }
}
