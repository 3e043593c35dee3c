using SmartCity.Contracts.Events;

namespace SmartCity.Telemetry.Tests.Ingest;

/// <summary>A town whose manifest says <c>isolation: Database</c>, beside one that shares.</summary>
public sealed class OwnDatabaseTests : IAsyncLifetime
{
    private const string TownsOfSeries = "SELECT DISTINCT municipality FROM series";
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private TelemetryApp _app = null!;

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
        (await _app.Database.TownsAsync()).ShouldBe([TelemetryApp.Town]);
        (await _app.Database.ColumnAsync(TownsOfSeries, TelemetryApp.Town)).ShouldBe([TelemetryApp.Town]);
        (await _app.Database.ColumnAsync(TownsOfSeries)).ShouldBe([TelemetryApp.OtherTown]);
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
        await using (await _app.Database.LockAsync(TelemetryApp.FirstTable, TelemetryApp.Town))
        {
            await _app.PublishLevelAsync(Now.AddSeconds(-1), 1.1);
            await _app.PublishLevelAsync(Now, 1.5, TelemetryApp.OtherTown);
            await _app.DeviceWhenAsync(device => device.AcceptedCount == 1, town: TelemetryApp.OtherTown);
        }

        await _app.DeviceWhenAsync(device => device.AcceptedCount == 2);
        (await _app.ValuesAsync()).ShouldBe([1.0, 1.1]);
    }
}
