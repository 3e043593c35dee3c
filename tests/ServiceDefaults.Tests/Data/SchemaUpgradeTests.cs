using System.Reflection;
using SmartCity.Registry;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceTestKit;

namespace SmartCity.ServiceDefaults.Tests.Data;

public sealed class SchemaUpgradeTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Assembly Scripts = typeof(RegistryService).Assembly;

    private readonly string _folder = Directory.CreateTempSubdirectory("upgrade-").FullName;
    private TestDatabase _database = null!;
    private DatabaseKind _shared = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(_folder, "registry");
        _shared = DatabaseKind.From(_database.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Run_WhenAnotherOfTheTownsDatabasesWasJustUpgraded_DoesNotWaitForItsLock()
    {
        await SchemaUpgrade.RunAsync(_shared, Scripts, CancellationToken.None).WaitAsync(Patience);
        await SchemaUpgrade.RunAsync(_shared.ForTown("162043"), Scripts, CancellationToken.None).WaitAsync(Patience);

        (await _database.TownsAsync()).ShouldBe(["162043"]);
        (await _database.ColumnAsync("SELECT value FROM registry_version", "162043")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Run_WhenReplicasStartTogether_UpgradesOnce()
    {
        // An SQLite file has one process, which upgrades once; there it runs again.
        var replicas = Enumerable.Range(0, 8).Select(_ => SchemaUpgrade.RunAsync(_shared, Scripts, CancellationToken.None));
        if (TestDatabase.IsPostgres)
        {
            await Task.WhenAll(replicas).WaitAsync(Patience);
        }
        else
        {
            foreach (var run in replicas)
            {
                await run;
            }
        }

        (await _database.ColumnAsync("SELECT value FROM registry_version")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Texts_AreOrderedByTheirCharactersNumbers()
    {
        await SchemaUpgrade.RunAsync(_shared, Scripts, CancellationToken.None);
        await using var connection = await _database.OpenAsync();
        await connection.ExecuteAsync("INSERT INTO exchange_key (id, public_key_pem, first_used_at) VALUES ('b', '', 0), ('-a', '', 0), ('B', '', 0), ('a-1', '', 0), ('あ', '', 0), ('A', '', 0), ('a1', '', 0)");

        (await connection.ColumnAsync("SELECT id FROM exchange_key ORDER BY id")).ShouldBe(["-a", "A", "B", "a-1", "a1", "b", "あ"]);
        (await connection.ColumnAsync("SELECT id FROM exchange_key WHERE id < 'a' ORDER BY id")).ShouldBe(["-a", "A", "B"]);
    }
}
