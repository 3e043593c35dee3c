using SmartCity.Contracts.Events;

namespace SmartCity.Telemetry.Tests.Ingest;

/// <summary>What breaks, breaks here: nothing acknowledged is lost, nothing is doubled, and nobody has to do anything.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await TelemetryApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Broker_WhenItRestarts_IngestComesBackAndEveryReadingIsStoredOnce()
    {
        var now = DateTimeOffset.UtcNow;
        await _app.PublishLevelAsync(now.AddSeconds(-2), 1);
        await _app.StopPlatformAsync();
        await _app.StartPlatformAsync();
        await _app.PublishLevelAsync(now.AddSeconds(-1), 3.42);
        await _app.PublishLevelAsync(now, 3.5);

        (await _app.Subscriber.NextAsync()).Value.ShouldBe(3.42);
        await _app.DeviceWhenAsync(view => view.Latest.TryGetValue("waterLevelMetres", out var latest) && latest.Value == 3.5);
        (await _app.ValuesAsync()).ShouldBe([1, 3.42, 3.5]);
        _app.Subscriber.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Broker_WhenItRestartsWhileTheDatabaseIsLocked_NothingAcknowledgedIsLost()
    {
        var now = DateTimeOffset.UtcNow;
        await using (await _app.Database.LockAsync(TelemetryApp.FirstTable))
        {
            await _app.PublishLevelAsync(now.AddSeconds(-1), 3.42);
            await _app.StopPlatformAsync();
            await _app.StartPlatformAsync();
            await _app.PublishLevelAsync(now, 2);
        }

        (await _app.Subscriber.NextAsync()).Transition.ShouldBe(ThresholdTransition.Raised);
        (await _app.Subscriber.NextAsync()).Transition.ShouldBe(ThresholdTransition.Cleared);
        (await _app.ValuesAsync()).ShouldBe([3.42, 2]);
    }

    [Fact]
    public async Task Database_WhenItRefusesEveryRow_TheBatchWaitsAndIsStoredOnceAfterwards()
    {
        var now = DateTimeOffset.UtcNow;
        await using (await _app.Database.RefuseAsync(TelemetryApp.FirstTable))
        {
            await _app.PublishLevelAsync(now.AddSeconds(-1), 3.42);
            await _app.PublishLevelAsync(now, 3.5);
            (await _app.ValuesAsync()).ShouldBeEmpty();
            _app.Subscriber.Waiting.ShouldBe(0);
        }

        (await _app.Subscriber.NextAsync()).Value.ShouldBe(3.42);
        await _app.DeviceWhenAsync(view => view.AcceptedCount == 2);
        (await _app.ValuesAsync()).ShouldBe([3.42, 3.5]);
        _app.Subscriber.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Clock_WhenTheDevicesStepsBack_AllIsStoredAndNothingIsRaisedAboutThePast()
    {
        var now = DateTimeOffset.UtcNow;
        await _app.PublishLevelAsync(now, 1);
        await _app.PublishLevelAsync(now.AddMinutes(-30), 9);
        await _app.PublishLevelAsync(now.AddMinutes(-29), 9);
        await _app.PublishLevelAsync(now.AddSeconds(1), 1.5);

        var device = await _app.DeviceWhenAsync(view => view.AcceptedCount == 4);
        device.Latest["waterLevelMetres"].Value.ShouldBe(1.5);
        (await _app.ValuesAsync()).ShouldBe([9, 9, 1, 1.5]);
        _app.Subscriber.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Clock_WhenThePlatformsStepsBack_ReadingsStillCountAndThoseFarAheadAreNamed()
    {
        var now = DateTimeOffset.UtcNow;
        await _app.PublishLevelAsync(now.AddSeconds(-2), 1);
        await _app.DeviceWhenAsync(view => view.AcceptedCount == 1);
        _app.Clock.Advance(TimeSpan.FromMinutes(-5));
        await _app.PublishLevelAsync(now, 3.42);
        (await _app.Subscriber.NextAsync()).Value.ShouldBe(3.42);

        _app.Clock.Advance(TimeSpan.FromHours(-1));
        await _app.PublishLevelAsync(now.AddSeconds(1), 3.5);
        (await _app.DeviceWhenAsync(view => view.LastError is not null)).LastError!.Code.ShouldBe("time-in-future");

        _app.Clock.Advance(TimeSpan.FromMinutes(65));
        await _app.PublishLevelAsync(now.AddSeconds(1), 3.5);
        await _app.DeviceWhenAsync(view => view.Latest["waterLevelMetres"].Value == 3.5);
        (await _app.ValuesAsync()).ShouldBe([1, 3.42, 3.5]);
    }
}
