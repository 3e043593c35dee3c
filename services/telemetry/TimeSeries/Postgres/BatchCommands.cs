using Npgsql;

namespace SmartCity.Telemetry.TimeSeries.Postgres;

/// <summary>Statements that go to the server together, in one round trip. Parameters are <c>$1</c>, <c>$2</c>, ... in the order of the values.</summary>
internal static class BatchCommands
{
    /// <param name="sql">A constant: it is prepared once for each connection.</param>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value);
        }

        batch.BatchCommands.Add(command);
        return command;
    }

    public static NpgsqlCommand NewCommand(this NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(value);
        }

        return command;
    }

    public static NpgsqlParameter Of<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };
}
