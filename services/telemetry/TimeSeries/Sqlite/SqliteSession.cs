using Microsoft.Data.Sqlite;

namespace SmartCity.Telemetry.TimeSeries.Sqlite;

/// <summary>The writer's connection, kept open with its prepared statements; after a fault another one takes its place.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    public SqliteConnection Connection { get; } = connection;

    public Statements Statements { get; } = new(connection);

    /// <summary>Begins to write at once, so that a busy database is met here and not in the middle.</summary>
    public SqliteTransaction Begin() => Connection.BeginTransaction(deferred: false);

    public void Dispose()
    {
        Statements.Dispose();
        Connection.Dispose();
    }
}
