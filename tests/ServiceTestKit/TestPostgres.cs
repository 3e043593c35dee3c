using Npgsql;

namespace SmartCity.ServiceTestKit;

/// <summary>One PostgreSQL database and the role that owns it, gone with the test. The role is an ordinary one, as a service's should be.</summary>
internal sealed class TestPostgres : IAsyncDisposable
{
    private readonly string _server;
    private readonly NpgsqlConnectionStringBuilder _own;

    private TestPostgres(string server, NpgsqlConnectionStringBuilder own) => (_server, _own) = (server, own);

    public string ConnectionString => _own.ConnectionString;

    private string Name => _own.Database!;

    public static async Task<TestPostgres> CreateAsync(string server, string name)
    {
        var unique = $"{name}_{Guid.NewGuid():N}";
        var own = new NpgsqlConnectionStringBuilder(server) { Database = unique, Username = unique, Password = Guid.NewGuid().ToString("N") };
        var database = new TestPostgres(server, own);
        await database.AdministerAsync(null, $"CREATE ROLE {unique} LOGIN PASSWORD '{own.Password}'", $"CREATE DATABASE {unique} OWNER {unique}");
        return database;
    }

    public NpgsqlConnection NewConnection(string? town)
        => new(new NpgsqlConnectionStringBuilder(ConnectionString) { SearchPath = town is null ? null : SchemaOf(town), Pooling = false }.ConnectionString);

    /// <summary>From now on the town's schema is the administrator's alone.</summary>
    public Task TakeSchemaAsync(string town) => AdministerAsync(Name, $"ALTER SCHEMA {SchemaOf(town)} OWNER TO CURRENT_USER");

    public async ValueTask DisposeAsync()
    {
        await AdministerAsync(null, $"DROP DATABASE {Name} WITH (FORCE)", $"DROP ROLE {Name}");
        await using var connection = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    private static string SchemaOf(string town) => "town_" + town;

    private async Task AdministerAsync(string? database, params string[] statements)
    {
        var options = new NpgsqlConnectionStringBuilder(_server) { Pooling = false };
        options.Database = database ?? options.Database ?? "postgres";
        await using var connection = new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in statements)
        {
            await connection.ExecuteAsync(statement);
        }
    }
}
