using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SmartCity.ServiceTestKit;

/// <summary>
/// The empty database of one test: an SQLite file, or, where <see cref="Variable"/> names a PostgreSQL server, a database there
/// with an ordinary role as its owner. It can also be looked into, locked and broken from outside the service.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Environment variable: how an administrator connects, such as <c>Host=127.0.0.1;Port=5432;Username=postgres</c>.</summary>
    public const string Variable = "SMARTCITY_TEST_POSTGRES";

    private readonly string? _file;
    private readonly TestPostgres? _postgres;

    private TestDatabase(string? file, TestPostgres? postgres) => (_file, _postgres) = (file, postgres);

    /// <summary>Whether the tests run on PostgreSQL.</summary>
    public static bool IsPostgres => Server is { Length: > 0 };

    /// <summary>What a service takes as <c>ConnectionStrings:Database</c>.</summary>
    public string ConnectionString => _postgres?.ConnectionString ?? "Data Source=" + _file;

    /// <param name="folder">Where an SQLite file goes; whoever made the folder deletes it.</param>
    /// <param name="name">Of the service.</param>
    public static async Task<TestDatabase> CreateAsync(string folder, string name)
        => Server is { Length: > 0 } server
            ? new TestDatabase(null, await TestPostgres.CreateAsync(server, name))
            : new TestDatabase(Path.Combine(folder, name + ".db"), null);

    /// <summary>An open connection beside the service's.</summary>
    /// <param name="town">Whose own database; null for the one that towns share.</param>
    public async Task<DbConnection> OpenAsync(string? town = null)
    {
        DbConnection connection = _postgres is null ? new SqliteConnection($"Data Source={FileOf(town)};Pooling=False") : _postgres.NewConnection(town);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>The first column of a query.</summary>
    public async Task<string[]> ColumnAsync(string sql, string? town = null)
    {
        await using var connection = await OpenAsync(town);
        return await connection.ColumnAsync(sql);
    }

    /// <summary>Changes something behind the service's back.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync(sql);
    }

    /// <summary>The towns that have a database of their own here.</summary>
    public async Task<string[]> TownsAsync()
        => _postgres is null
            ? [.. Directory.GetFiles(Path.GetDirectoryName(_file)!, Prefix + "*.db").Select(file => Path.GetFileNameWithoutExtension(file)[Prefix.Length..]).Order(StringComparer.Ordinal)]
            : [.. (await ColumnAsync("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'town\\_%' ORDER BY nspname")).Select(schema => schema["town_".Length..])];

    /// <summary>Until it is disposed, nobody else can write the table.</summary>
    public async Task<IAsyncDisposable> LockAsync(string table, string? town = null)
    {
        var connection = await OpenAsync(town);
        // SQLite locks the whole file.
        await connection.ExecuteAsync(_postgres is null ? "BEGIN IMMEDIATE" : $"BEGIN; LOCK TABLE {table} IN EXCLUSIVE MODE");
        return connection;
    }

    /// <summary>Until it is disposed, the database refuses every new row of a table, as a full disk would.</summary>
    public async Task<IAsyncDisposable> RefuseAsync(string table)
    {
        await using var connection = await OpenAsync();
        await connection.ExecuteAsync(_postgres is null
            ? $"CREATE TRIGGER refused BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
            : $"""
              CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = 'disk_full'; END $$;
              CREATE TRIGGER refused BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()
              """);
        return new Refusal(this, table);
    }

    /// <summary>Makes a town's own database unusable, while the service is stopped: a damaged file, or a schema that was taken from its owner.</summary>
    public async Task BreakAsync(string town)
    {
        if (_postgres is not null)
        {
            await _postgres.TakeSchemaAsync(town);
            return;
        }

        Release(FileOf(town));
        await File.WriteAllTextAsync(FileOf(town), new string('x', 4096));
        File.Delete(FileOf(town) + "-wal");
        File.Delete(FileOf(town) + "-shm");
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
            return;
        }

        Release(_file!);
        foreach (var town in await TownsAsync())
        {
            Release(FileOf(town));
        }
    }

    private static string? Server => Environment.GetEnvironmentVariable(Variable);

    private string Prefix => Path.GetFileNameWithoutExtension(_file) + "-";

    private string FileOf(string? town) => town is null ? _file! : Path.Combine(Path.GetDirectoryName(_file)!, Prefix + town + ".db");

    private sealed class Refusal(TestDatabase database, string table) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using var connection = await database.OpenAsync();
            await connection.ExecuteAsync(IsPostgres ? $"DROP TRIGGER refused ON {table}; DROP FUNCTION refuse()" : "DROP TRIGGER refused");
        }
    }

    private static void Release(string file)
    {
        using var connection = new SqliteConnection("Data Source=" + file);
        SqliteConnection.ClearPool(connection);
    }
}
