using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.Simulator;

namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>The simulator's machines do what they are told, and say what they do.</summary>
public sealed class SimulatedActuatorTests : IAsyncLifetime
{
    private TelemetryApp _app = null!;
    private ActuatorSimulator _simulator = null!;

    public async Task InitializeAsync()
    {
        _app = await SluiceTown.StartAsync();
        _simulator = new ActuatorSimulator(
            [Device(SluiceTown.Sluice, "sluice"), Device(SluiceTown.Siren, "siren"), Device("sign-1", "sign")],
            new SimulatorOptions { MqttHost = "127.0.0.1", MqttPort = _app.MqttPort, GatePercentPerSecond = 40 },
            _app.Clock,
            NullLogger.Instance);
        _simulator.Start();
    }

    public async Task DisposeAsync()
    {
        await _simulator.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Gate_WhenTwoOfficersOpenIt_MovesAndAnswersWhenItStandsThere()
    {
        var id = await _app.CommandAsync(SluiceTown.Sluice, Desk.Officer, """{"name":"set-opening","arguments":{"openingPercent":50}}""");
        (await _app.AskAsync(HttpMethod.Post, $"devices/sluice-1/commands/{id}/approve", Desk.SecondOfficer)).StatusCode.ShouldBe(HttpStatusCode.OK);

        ((string?)(await _app.CommandWhenAsync(SluiceTown.Sluice, id, "Acknowledged"))["message"]).ShouldBe("The gate stands at 50 %");
        await ReportedWhenAsync(SluiceTown.Sluice, state => (double?)state["openingPercent"] == 50 && !(bool)state["isMoving"]!);
    }

    [Fact]
    public async Task Siren_WhenItSounds_SaysSoUntilItIsSilent()
    {
        var sound = await _app.CommandAsync(SluiceTown.Siren, Desk.Clerk, """{"name":"sound","arguments":{"durationSeconds":60,"pattern":"test"}}""");
        await _app.CommandWhenAsync(SluiceTown.Siren, sound, "Acknowledged");
        await ReportedWhenAsync(SluiceTown.Siren, state => (bool?)state["isSounding"] == true && (string?)state["pattern"] == "test");

        _app.Clock.Advance(TimeSpan.FromSeconds(61));

        await ReportedWhenAsync(SluiceTown.Siren, state => (bool?)state["isSounding"] == false);
    }

    [Fact]
    public async Task Sign_WhenItIsWishedOtherwise_TakesOverWhatItCanAndNoMore()
    {
        (await _app.AskAsync(HttpMethod.Patch, "devices/sign-1/twin", Desk.Clerk, """{"brightnessPercent":30,"language":"ja"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var shown = await _app.CommandAsync("sign-1", Desk.Clerk, """{"name":"show","arguments":{"text":"通行止め"}}""");
        await _app.CommandWhenAsync("sign-1", shown, "Acknowledged");

        var twin = await ReportedWhenAsync("sign-1", state => (string?)state["text"] == "通行止め" && (int?)state["brightnessPercent"] == 30);

        twin["delta"]!.ToJsonString().ShouldBe("""{"language":"ja"}""");
        ((long)twin["reportedVersion"]!).ShouldBe(1);
    }

    private static SimulatedDevice Device(string id, string kind) => new(TelemetryApp.Town, id, $"{TelemetryApp.Town}/{id}", "key", RunsAlways: true, kind);

    private async Task<JsonObject> ReportedWhenAsync(string device, Func<JsonObject, bool> condition)
    {
        var giveUp = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            using var response = await _app.AskAsync(HttpMethod.Get, $"devices/{device}/twin", Desk.Clerk);
            var twin = await response.ReadAsync();
            if (twin["reported"] is JsonObject state && condition(state))
            {
                return twin;
            }

            DateTime.UtcNow.ShouldBeLessThan(giveUp, twin.ToJsonString());
            await Task.Yield();
        }
    }
}
