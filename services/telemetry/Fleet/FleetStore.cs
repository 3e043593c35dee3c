using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Messaging;
using SmartCity.Telemetry.Sensors;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Fleet;

/// <summary>
/// Silences in the table <c>sensor_state</c>, one row for each device that ever was silent, under <c>silence/{device}</c>.
/// </summary>
internal sealed class FleetStore(TownDatabases databases, TimeProvider clock)
{
    /// <summary>Of one transaction; it must not hold up the ingest's.</summary>
    public const int MostChanges = 200;

    private const string Prefix = "silence/";

    /// <summary>What is raised in a town, and who is or was silent.</summary>
    public async Task<(HashSet<(string Subject, string Rule)> Raised, Dictionary<string, SilenceRow> Silences)> LoadAsync(
        string municipality, CancellationToken cancellationToken)
    {
        var raised = new HashSet<(string, string)>();
        var silences = new Dictionary<string, SilenceRow>(StringComparer.Ordinal);
        await using var connection = await databases.OpenAsync(municipality, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT device, version, state FROM sensor_state
            WHERE municipality = @municipality AND (device LIKE 'silence/%' OR state LIKE '%"isRaised":true%')
            """;
        command.Bind("@municipality", municipality);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Take(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), raised, silences);
        }

        return (raised, silences);
    }

    /// <exception cref="StaleSensorStateException">Another activation changed one of them; nothing was stored.</exception>
    public async Task SaveAsync(string municipality, IReadOnlyList<SilenceChange> changes, CancellationToken cancellationToken)
    {
        using var turn = await databases.TakeTurnAsync(databases.Of(databases.OwnerOf(municipality)), cancellationToken);
        await using var connection = await databases.OpenAsync(municipality, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var writer = new StateWriter(connection, transaction);
        foreach (var (row, happened) in changes)
        {
            await writer.StoreAsync(municipality, Prefix + happened.DeviceId, row.Version, JsonSerializer.Serialize(row.Since, CityJson.Options), cancellationToken);
            await writer.TellAsync(OutboxEvent.Of(Topics.DeviceSilent, happened.EventId, happened, clock.GetUtcNow()), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static void Take(string key, long version, string state, HashSet<(string, string)> raised, Dictionary<string, SilenceRow> silences)
    {
        if (key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            silences[key[Prefix.Length..]] = new SilenceRow(version, JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(state, CityJson.Options)!);
        }
        else if (key.Contains('/', StringComparison.Ordinal))
        {
            raised.Add((key, key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..]));
        }
        else
        {
            foreach (var (rule, _) in JsonSerializer.Deserialize<SensorState>(state, CityJson.Options)!.Rules.Where(rule => rule.Value.IsRaised))
            {
                raised.Add((key, rule));
            }
        }
    }
}
