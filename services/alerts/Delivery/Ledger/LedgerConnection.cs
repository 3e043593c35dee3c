using System.Data.Common;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Delivery.Ledger;

/// <summary>A connection on which the ledger is read and written in SQL of its own: its rows come in hundreds of thousands.</summary>
internal sealed class LedgerConnection(DatabaseKind kind, DbConnection connection, IDisposable? turn) : IAsyncDisposable
{
    public bool IsSqlite => kind.IsSqlite;

    public DbConnection Connection => connection;

    /// <summary>For reading.</summary>
    public static async Task<LedgerConnection> ToReadAsync(TownDatabases databases, DatabaseKind kind, CancellationToken cancellationToken)
        => new(kind, await databases.OpenAsync(kind, cancellationToken), null);

    /// <summary>For writing, when its turn has come.</summary>
    public static async Task<LedgerConnection> ToWriteAsync(TownDatabases databases, DatabaseKind kind, CancellationToken cancellationToken)
    {
        var turn = await databases.TakeTurnAsync(kind, cancellationToken);
        try
        {
            return new LedgerConnection(kind, await databases.OpenAsync(kind, cancellationToken), turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public DbCommand Command(string sql, DbTransaction? transaction, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in values)
        {
            Add(command, name, value);
        }

        return command;
    }

    public async Task<int> ExecuteAsync(string sql, DbTransaction? transaction, (string Name, object? Value)[] values, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, transaction, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Adds a value; a time as the database keeps it.</summary>
    public static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value switch
        {
            null => DBNull.Value,
            DateTimeOffset time => UnixMicroseconds.From(time),
            _ => value,
        };
        command.Parameters.Add(parameter);
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        turn?.Dispose();
    }
}
