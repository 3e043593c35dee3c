using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace SmartCity.ServiceDefaults.Data;

/// <summary>
/// Brings a database to the newest schema: the embedded scripts <c>Schema/NNN-name.sql</c> of the service, each in
/// one transaction together with its row in <c>schema_version</c>. Running it again changes nothing. Where the two databases
/// need different tables, <c>NNN-name.sqlite.sql</c> and <c>NNN-name.postgres.sql</c> take the place of the one script.
/// </summary>
public static class SchemaUpgrade
{
    /// <summary>Any number that is the same for all replicas: PostgreSQL's advisory lock lets one of them upgrade.</summary>
    private const long UpgradeLock = 0x5363_6865_6d61;

    public static async Task RunAsync(DatabaseKind database, Assembly scriptsOf, CancellationToken cancellationToken)
    {
        if (database.IsSqlite && Path.GetDirectoryName(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        await using var connection = NewConnection(database);
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, database.IsSqlite
            ? "PRAGMA journal_mode=WAL"
            : string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({UpgradeLock})"), cancellationToken);
        if (!database.IsSqlite && new NpgsqlConnectionStringBuilder(database.ConnectionString).SearchPath is { Length: > 0 } schema)
        {
            await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {Quoted(schema)}", cancellationToken);
        }

        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL)", cancellationToken);
        var current = await CurrentVersionAsync(connection, cancellationToken);
        foreach (var (version, name, sql) in Scripts(scriptsOf, database).Where(script => script.Version > current))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, database.Translate(sql), cancellationToken);
            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture,
                $"INSERT INTO schema_version (version, name) VALUES ({version}, '{name}')"), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    // Not from the pool: there, a connection keeps its lock until it is used again, and nobody else could upgrade meanwhile.
    private static DbConnection NewConnection(DatabaseKind database) => database.IsSqlite
        ? database.CreateConnection()
        : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ConnectionString);

    private static string Quoted(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static IEnumerable<(int Version, string Name, string Sql)> Scripts(Assembly assembly, DatabaseKind database)
    {
        const string Marker = ".Schema.";
        var (ours, theirs) = database.IsSqlite ? (".sqlite", ".postgres") : (".postgres", ".sqlite");
        foreach (var resource in assembly.GetManifestResourceNames()
            .Where(name => name.Contains(Marker, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            var file = resource[(resource.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..^4];
            if (file.EndsWith(theirs, StringComparison.Ordinal))
            {
                continue;
            }

            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = file.EndsWith(ours, StringComparison.Ordinal) ? file[4..^ours.Length] : file[4..];
            yield return (int.Parse(file.AsSpan(0, 3), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }

    private static async Task<int> CurrentVersionAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(MAX(version), 0) FROM schema_version";
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    // The texts come from embedded scripts only, never from input.
    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
