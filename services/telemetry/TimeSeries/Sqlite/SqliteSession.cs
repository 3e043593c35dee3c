using Microsoft.Data.Sqlite;

namespace SmartCity.Telemetry.TimeSeries.Sqlite;

/// <summary>The writer's connection, kept open with its prepared statements; after a fault another one takes its place.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    public SqliteConnection Connection { get; } = connection;

    public Statements Statements { get; } = new(connection);

    public void Dispose()
    {
        Statements.Dispose();
        Connection.Dispose();
    }
}
