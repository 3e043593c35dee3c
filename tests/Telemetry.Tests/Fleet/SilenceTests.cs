using System.Net;
using SmartCity.Contracts.Events;

namespace SmartCity.Telemetry.Tests.Fleet;

public sealed class SilenceTests : IAsyncLifetime
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
              - { kind: silence, id: quiet, deviceKind: river, afterSeconds: 600 }
            devices:
              - { id: river-katakai-1, kind: river, name: { ja: 片貝川, en: Katakai River } }
              - { id: weather-1, kind: weather, name: { ja: 気象, en: Weather } }
        """;

    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await TelemetryApp.StartAsync(region: Region);

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Sweep_WhenADeviceSaysNothing_TellsOnceAndTellsThatItSpeaksAgain()
    {
        await SpeakAsync();
        await FallSilentAsync();

        var raised = await _app.Subscriber.NextSilenceAsync();
        raised.Transition.ShouldBe(ThresholdTransition.Raised);
        raised.DeviceId.ShouldBe(TelemetryApp.Device);
        raised.Explanation.ShouldContain("≥ 600 s");

        await SpeakAsync();
        var cleared = await _app.Subscriber.NextSilenceAsync();

        cleared.Transition.ShouldBe(ThresholdTransition.Cleared);
        cleared.EventId.ShouldNotBe(raised.EventId);
        await _app.FleetWhenAsync(fleet => fleet.Silent == 0);
        _app.Subscriber.WaitingSilences.ShouldBe(0);
    }

    [Fact]
    public async Task Restart_WhenNobodyWasHeardYet_GivesTheRulesWholeTimeAgain()
    {
        await SpeakAsync();
        await _app.StopServiceAsync();
        _app.Clock.Advance(TimeSpan.FromHours(5));
        await _app.StartServiceAsync();
        var started = _app.Clock.GetUtcNow();

        await FallSilentAsync();

        var raised = await _app.Subscriber.NextSilenceAsync();
        raised.Transition.ShouldBe(ThresholdTransition.Raised);
        raised.Since.ShouldBeGreaterThan(started.AddMinutes(-1));
        (raised.At - raised.Since).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(600));
    }

    [Fact]
    public async Task Restart_WhileADeviceIsSilent_TellsNothingAgain()
    {
        await SpeakAsync();
        await FallSilentAsync();
        await _app.Subscriber.NextSilenceAsync();

        await _app.StopServiceAsync();
        await _app.StartServiceAsync();
        (await _app.FleetWhenAsync(fleet => fleet.Silent == 1)).Heard.ShouldBe(0);
        await SpeakAsync();

        (await _app.Subscriber.NextSilenceAsync()).Transition.ShouldBe(ThresholdTransition.Cleared);
    }

    [Fact]
    public async Task Fleet_WhenSomethingIsRefused_CountsIt()
    {
        await _app.PublishAsync("no json");
        await SpeakAsync();

        var fleet = await _app.FleetWhenAsync(fleet => fleet is { Heard: 1, RefusedInLastHour: 1 });

        fleet.HeardWithinMinutes.ShouldBe(15);
        fleet.Registered.ShouldBe(2);
        fleet.RulesRaised.ShouldBe(0);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("soon")]
    [InlineData("1441")]
    public async Task Fleet_WhenMinutesAreNoSuchNumber_SaysWhichAre(string minutes)
    {
        using var answer = await _app.Http.GetAsync($"/api/{TelemetryApp.Town}/telemetry/fleet?minutes={minutes}");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("minutes-out-of-range");
    }

    private async Task SpeakAsync()
    {
        await _app.PublishAsync("""{"waterLevelMetres":1}""");
        await _app.FleetWhenAsync(fleet => fleet.Heard > 0);
    }

    // Ingest listens from its first sweep on, and the whole time of the rule counts from there: the clock goes on until then.
    private Task FallSilentAsync() => _app.FleetWhenAsync(fleet =>
    {
        _app.Clock.Advance(TimeSpan.FromSeconds(fleet.Silent == 1 ? 0 : 30));
        return fleet.Silent == 1;
    });
}
