using Microsoft.Data.Sqlite;

namespace SmartCity.Telemetry.TimeSeries.Sqlite;

/// <summary>The prepared statements of one connection: the hot path parses no SQL. Parameters are <c>@0</c>, <c>@1</c>, ... in the order of the values.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;

    /// <summary>Begins to write at once, so that a busy database is met here and not in the middle. Until it ends every statement is part of it.</summary>
    public SqliteTransaction Begin() => _transaction = connection.BeginTransaction(deferred: false);

    /// <param name="sql">A constant.</param>
    /// <param name="values">Long, double, string, byte array or null.</param>
    public SqliteCommand With(string sql, params ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var index = 0; index < values.Length; index++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"@{index}") });
            }

            _commands.Add(sql, command);
        }

        for (var index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        // One that has ended has no connection any more.
        command.Transaction = _transaction?.Connection is null ? null : _transaction;
        return command;
    }

    public int Execute(string sql, params ReadOnlySpan<object?> values) => With(sql, values).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }
    }
}
