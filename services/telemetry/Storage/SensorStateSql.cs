using System.Data.Common;

namespace SmartCity.Telemetry.Storage;

/// <summary>The one statement that stores a sensor's state: it changes no row unless the version follows on the stored one, or is the first.</summary>
internal static class SensorStateSql
{
    public const string Upsert = """
        INSERT INTO sensor_state (municipality, device, version, state)
        SELECT @municipality, @device, @version, @state
        WHERE @version = 1 OR EXISTS (SELECT 1 FROM sensor_state WHERE municipality = @municipality AND device = @device)
        ON CONFLICT (municipality, device) DO UPDATE SET version = excluded.version, state = excluded.state
        WHERE sensor_state.version = excluded.version - 1
        """;

    /// <summary>Adds or changes a parameter.</summary>
    public static void Bind(this DbCommand command, string name, object? value)
    {
        if (command.Parameters.Contains(name))
        {
            command.Parameters[name].Value = value ?? DBNull.Value;
            return;
        }

        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
