using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.Telemetry.Storage;

namespace SmartCity.Telemetry.Sensors;

/// <summary>
/// Grain storage on the table <c>sensor_state</c>, which the ingest transaction writes too, in the database that keeps the town. The
/// ETag is the state's version.
/// </summary>
internal sealed class SensorStorage(TownDatabases databases) : IGrainStorage
{
    public const string Name = "sensors";

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var connection = await OpenAsync(grainId);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, state FROM sensor_state WHERE municipality = @municipality AND device = @device";
        BindKey(command, grainId);
        await using var reader = await command.ExecuteReaderAsync();
        grainState.RecordExists = await reader.ReadAsync();
        if (grainState.RecordExists)
        {
            grainState.ETag = reader.GetInt64(0).ToString(CultureInfo.InvariantCulture);
            grainState.State = JsonSerializer.Deserialize<T>(reader.GetString(1), CityJson.Options)!;
        }
        else
        {
            // Orleans asks that State is never null for a type with a default constructor.
            grainState.State ??= Activator.CreateInstance<T>();
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = grainState.ETag is { } etag ? long.Parse(etag, CultureInfo.InvariantCulture) : 0;
        await using var connection = await OpenAsync(grainId);
        await using var command = connection.CreateCommand();
        command.CommandText = SensorStateSql.Upsert;
        BindKey(command, grainId);
        command.Bind("@version", stored + 1);
        command.Bind("@state", JsonSerializer.Serialize(grainState.State, CityJson.Options));
        await ExpectOneRowAsync(command, grainId, grainState.ETag);
        grainState.ETag = (stored + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await using var connection = await OpenAsync(grainId);
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM sensor_state WHERE municipality = @municipality AND device = @device AND version = @version";
        BindKey(command, grainId);
        command.Bind("@version", grainState.ETag is { } etag ? long.Parse(etag, CultureInfo.InvariantCulture) : 0);
        if (grainState.RecordExists)
        {
            await ExpectOneRowAsync(command, grainId, grainState.ETag);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private static async Task ExpectOneRowAsync(DbCommand command, GrainId grainId, string? etag)
    {
        if (await command.ExecuteNonQueryAsync() != 1)
        {
            throw new InconsistentStateException($"The state of {grainId} was changed by another activation.", "unknown", etag ?? "none");
        }
    }

    private Task<DbConnection> OpenAsync(GrainId grainId)
        => databases.OpenAsync(SensorGrain.SplitKey(grainId.Key.ToString()!).Municipality, CancellationToken.None);

    private static void BindKey(DbCommand command, GrainId grainId)
    {
        var (municipality, device) = SensorGrain.SplitKey(grainId.Key.ToString()!);
        command.Bind("@municipality", municipality);
        command.Bind("@device", device);
    }
}
