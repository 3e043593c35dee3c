using Microsoft.Data.Sqlite;
using SmartCity.Contracts.Events;

namespace SmartCity.Telemetry.Tests.Ingest;

/// <summary>A town whose manifest says <c>isolation: Database</c>, beside one that shares.</summary>
public sealed class OwnDatabaseTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private TelemetryApp _app = null!;

    private string OwnPath => Path.Combine(Path.GetDirectoryName(_app.DatabasePath)!, "telemetry-162043.db");

    public async Task InitializeAsync() => _app = await TelemetryApp.StartAsync("Database");

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Publish_WhenTheTownHasADatabaseOfItsOwn_IsKeptThereAloneAndFires()
    {
        await _app.PublishLevelAsync(Now.AddSeconds(-1), 3.42);
        await _app.PublishLevelAsync(Now, 1.5, TelemetryApp.OtherTown);

        (await _app.Subscriber.NextAsync()).Transition.ShouldBe(ThresholdTransition.Raised);
        await _app.DeviceWhenAsync(device => device.AcceptedCount == 1, town: TelemetryApp.OtherTown);
        (await _app.ValuesAsync()).ShouldBe([3.42]);
        TownsIn(OwnPath).ShouldBe([TelemetryApp.Town]);
        TownsIn(_app.DatabasePath).ShouldBe([TelemetryApp.OtherTown]);
    }

    [Fact]
    public async Task Restart_WhenTheTownHasADatabaseOfItsOwn_KeepsTheRulesState()
    {
        await _app.PublishLevelAsync(Now.AddSeconds(-2), 3.42);
        (await _app.Subscriber.NextAsync()).Transition.ShouldBe(ThresholdTransition.Raised);
        await _app.StopServiceAsync();
        await _app.StartServiceAsync();

        await _app.PublishLevelAsync(Now.AddSeconds(-1), 3.5);
        await _app.PublishLevelAsync(Now, 2.5);
        (await _app.Subscriber.NextAsync()).Transition.ShouldBe(ThresholdTransition.Cleared);
        _app.Subscriber.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Publish_WhenTheTownsOwnDatabaseIsBusy_OthersAreStoredMeanwhileAndNothingIsLost()
    {
        await _app.PublishLevelAsync(Now.AddSeconds(-2), 1.0);
        await _app.DeviceWhenAsync(device => device.AcceptedCount == 1);
        await using (var other = new SqliteConnection($"Data Source={OwnPath}"))
        {
            await other.OpenAsync();
            await using var transaction = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
            await _app.PublishLevelAsync(Now.AddSeconds(-1), 1.1);
            await _app.PublishLevelAsync(Now, 1.5, TelemetryApp.OtherTown);
            await _app.DeviceWhenAsync(device => device.AcceptedCount == 1, town: TelemetryApp.OtherTown);
        }

        await _app.DeviceWhenAsync(device => device.AcceptedCount == 2);
        (await _app.ValuesAsync()).ShouldBe([1.0, 1.1]);
    }

    private static string[] TownsIn(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT municipality FROM series";
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
        }

        return [.. found];
    }
}
