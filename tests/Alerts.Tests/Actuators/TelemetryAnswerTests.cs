using SmartCity.Alerts.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Actuators;

/// <summary>What becomes of a command by what telemetry says of it.</summary>
public sealed class TelemetryAnswerTests
{
    private static readonly string Officer = TestTokens.For("sato", "officer", TestTown.Uozu);

    private static readonly string[] Quick = ["--Alerts:Actuators:PollSeconds=0.05", "--Delivery:PollSeconds=0.05"];

    [Theory]
    [InlineData("not-approved")]
    [InlineData("device-away")]
    [InlineData("device-silent")]
    public async Task Follow_WhenACommandExpired_SaysWhy(string why)
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var asked = (await app.NextCommandsAsync(1))["sign-1"];
        (asked.Command.ValidUntil == (await app.OneActiveAsync()).Expires).ShouldBeTrue();
        app.Sidecar.Telemetry.Set(asked, "Expired", why);
        await app.DeliveriesAsync((await app.OneActiveAsync()).Id, Officer, [$"device:sign-1 sign failed {why}"]);
    }

    [Fact]
    public async Task Send_WhenTelemetryDoesNotKnowTheDeviceYet_TriesAgain()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        app.Sidecar.Telemetry.KnowsNoDevice = true;
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliveriesAsync((await app.OneActiveAsync()).Id, Officer, ["device:sign-1 sign queued telemetry-404"]);
        app.Sidecar.Telemetry.KnowsNoDevice = false;
        (await app.NextCommandsAsync(1)).Keys.ShouldBe(["sign-1"]);
    }

    [Fact]
    public async Task Send_WhenTheManifestChangedAfterALostAnswer_FollowsTheCommandThatWasTaken()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        app.Sidecar.Telemetry.SaysReused = true;
        app.Sidecar.Telemetry.LoseAnswers(1);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var asked = (await app.NextCommandsAsync(1))["sign-1"];
        app.Sidecar.Telemetry.Set(asked, "Acknowledged");
        await app.DeliveriesAsync((await app.OneActiveAsync()).Id, Officer, ["device:sign-1 sign confirmed "]);
        app.Sidecar.Telemetry.Count.ShouldBe(1);
    }
}
