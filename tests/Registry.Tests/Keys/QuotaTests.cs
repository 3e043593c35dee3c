using System.Diagnostics;
using SmartCity.Contracts.Towns;
using SmartCity.Host.Access;
using SmartCity.Registry.Tests.Devices;
using SmartCity.Registry.Tests.Hosting;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Tests.Keys;

public sealed class QuotaTests
{
    private const string Noisy = RegistryApp.Town;
    private const string Quiet = RegistryApp.OtherTown;

    [Fact]
    public async Task Publish_WhenOneTownIsOverItsQuota_OnlyItsOwnDevicesWait()
    {
        await using var app = await RegistryApp.StartAsync();
        await app.OnboardAsync(Samples.Nanao + "\nlimits: { messagesPerSecond: 20 }\n");
        await app.OnboardAsync(Samples.Nanao.Replace(Noisy, Quiet, StringComparison.Ordinal), Quiet);
        await using var broker = await BrokerApp.StartAsync(app);
        using var noisy = await broker.ConnectWhenKnownAsync(Noisy + "/river-2", (string)(await app.KeyOfNewAsync("river-2"))["key"]!);
        using var quiet = await broker.ConnectWhenKnownAsync(Quiet + "/river-2", (string)(await app.KeyOfNewAsync("river-2", Quiet))["key"]!);
        var started = Stopwatch.GetTimestamp();

        // 20 at once and 20 a second: the last of 60 has its turn after two seconds, and none is lost.
        var flood = Task.WhenAll(Enumerable.Range(0, 60).Select(_ => noisy.PublishAsync($"sc/v1/{Noisy}/river-2/telemetry")));
        (await quiet.PublishAsync($"sc/v1/{Quiet}/river-2/telemetry")).IsSuccess.ShouldBeTrue();
        flood.IsCompleted.ShouldBeFalse();
        var answers = await flood;

        answers.ShouldAllBe(answer => answer.IsSuccess);
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public void Take_WhenAKindIsOverItsQuota_OtherKindsGoOn()
    {
        using var quotas = new TownQuotas(new TownDirectory(Town()), TimeProvider.System);

        quotas.Take("172022/cam-1", "t", 1).ShouldBe(TimeSpan.Zero);
        quotas.Take("172022/cam-2", "t", 1)!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        quotas.Take("172022/river-1", "t", 1).ShouldBe(TimeSpan.Zero);
        quotas.Take("service/telemetry", "t", 1).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Take_WhenADeviceFloods_OthersOfItsKindGoOn()
    {
        var limits = new TownLimits { MessagesPerSecond = 10, MessagesPerSecondOfDevice = 2 };
        using var quotas = new TownQuotas(new TownDirectory(Town() with { Limits = limits }), TimeProvider.System);
        quotas.Take("172022/cam-1", "t", 1);
        quotas.Take("172022/cam-1", "t", 1);

        for (var number = 0; number < 30; number++)
        {
            quotas.Take("172022/cam-1", "t", 0).ShouldBeNull();
        }

        quotas.Take("172022/cam-1", "t", 1)!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        quotas.Take("172022/cam-2", "t", 0).ShouldBe(TimeSpan.Zero);
        quotas.Take("172022/river-1", "t", 0).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Take_WhenThereIsNoRoom_DropsWhatMayBeDroppedAndTakesNoTurnForIt()
    {
        using var quotas = new TownQuotas(new TownDirectory(Town()), TimeProvider.System);
        quotas.Take("172022/cam-1", "t", 0).ShouldBe(TimeSpan.Zero);

        for (var number = 0; number < 1000; number++)
        {
            quotas.Take("172022/cam-1", "t", 0).ShouldBeNull();
        }

        quotas.Take("172022/cam-1", "t", 1)!.Value.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Take_WhenTheLimitIsRaised_HoldsFromThenOn()
    {
        var towns = new TownDirectory(Town());
        using var quotas = new TownQuotas(towns, TimeProvider.System);
        quotas.Take("172022/cam-1", "t", 1);

        towns.Change([Town() with { Limits = new TownLimits() }], []);

        for (var number = 0; number < 50; number++)
        {
            quotas.Take("172022/cam-1", "t", 1).ShouldBe(TimeSpan.Zero);
        }
    }

    private static Town Town() => new()
    {
        Code = Noisy,
        Name = new("七尾市", "Nanao"),
        LatitudeDegrees = 37,
        LongitudeDegrees = 137,
        Services = [],
        Devices = [Device("cam-1", "camera"), Device("cam-2", "camera"), Device("river-1", "river")],
        Limits = new TownLimits { MessagesPerSecond = 1000, MessagesPerSecondByKind = new Dictionary<string, int>(StringComparer.Ordinal) { ["camera"] = 1 } },
    };

    private static Device Device(string id, string kind) => new() { Id = id, Kind = kind, Name = new("名", "name") };
}
