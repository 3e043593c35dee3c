using SmartCity.Contracts.Events;

namespace SmartCity.Telemetry.Tests.Rules;

/// <summary>Zones through the whole service: MQTT in, event out.</summary>
public sealed class ZoneTests : IAsyncLifetime
{
    private const string Region = """
        name: Test
        municipalities:
          - code: "162043"
            name: { ja: 魚津市, en: Uozu }
            latitudeDegrees: 36.8
            longitudeDegrees: 137.4
            isolation: Shared
            services: [telemetry]
            rules:
              - { id: high, deviceKind: river, metric: waterLevelMetres, raiseAt: 3.2, clearBelow: 3.0 }
              - { kind: zone, id: valley, name: { ja: 谷, en: Valley }, rule: high, atLeast: 2, devices: [river-1, river-2, river-3] }
            devices:
              - { id: river-1, kind: river, name: { ja: 一 }, latitudeDegrees: 36.8, longitudeDegrees: 137.4 }
              - { id: river-2, kind: river, name: { ja: 二 }, latitudeDegrees: 36.9, longitudeDegrees: 137.5 }
              - { id: river-3, kind: river, name: { ja: 三 } }
        """;

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await TelemetryApp.StartAsync(region: Region);

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Publish_WhenASecondGaugeAgrees_TheZoneIsRaisedAndClearedOnce()
    {
        await PublishAsync(1, "river-1", 3.5);
        await PublishAsync(2, "river-2", 1);
        await PublishAsync(3, "river-2", 3.42);

        (await NextAsync()).ShouldBe("river-1 high Raised");
        (await NextAsync()).ShouldBe("river-2 high Raised");
        var zone = await _app.Subscriber.NextAsync();
        zone.DeviceId.ShouldBe("zone/valley");
        zone.Transition.ShouldBe(ThresholdTransition.Raised);
        zone.DeviceName.In("en").ShouldBe("Valley");
        zone.Explanation.ShouldBe("river-2: 3.42 m ≥ 3.20 m; confirmed by 2 of 2; silent: river-3");
        zone.LatitudeDegrees!.Value.ShouldBe(36.85, 0.0001);
        zone.Threshold.ShouldBe(3.2);

        // In one batch the devices' events would come before the zone's.
        await PublishAsync(4, "river-2", 2);
        (await NextAsync()).ShouldBe("river-2 high Cleared");
        (await NextAsync()).ShouldBe("zone/valley valley Cleared");
        _app.Subscriber.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Publish_WhenTheServiceRestartsBetweenTwoVotes_TheZoneStillKnowsTheFirst()
    {
        await PublishAsync(1, "river-1", 3.5);
        (await NextAsync()).ShouldBe("river-1 high Raised");

        await _app.StopServiceAsync();
        await _app.StartServiceAsync();
        await PublishAsync(2, "river-2", 3.5);

        (await NextAsync()).ShouldBe("river-2 high Raised");
        (await NextAsync()).ShouldBe("zone/valley valley Raised");
        (await _app.FleetWhenAsync(fleet => fleet.RulesRaised == 3)).Registered.ShouldBe(3);
    }

    [Fact]
    public async Task Publish_WhenOneGaugeIsStuckHigh_TheZoneStaysQuiet()
    {
        for (var second = 1; second < 6; second++)
        {
            await PublishAsync(second, "river-1", 9);
            await PublishAsync(second, "river-2", 1);
            await PublishAsync(second, "river-3", 1);
        }

        await PublishAsync(7, "river-1", 1);

        (await NextAsync()).ShouldBe("river-1 high Raised");
        (await NextAsync()).ShouldBe("river-1 high Cleared");
        _app.Subscriber.Waiting.ShouldBe(0);
    }

    private Task PublishAsync(int second, string device, double metres)
        => _app.PublishLevelAsync(Now.AddSeconds(second - 60), metres, device: device);

    private async Task<string> NextAsync()
    {
        var next = await _app.Subscriber.NextAsync();
        return $"{next.DeviceId} {next.RuleId} {next.Transition}";
    }
}
