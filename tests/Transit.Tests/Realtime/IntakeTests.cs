using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Transit.Vehicles.Intake;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Tests.Realtime;

public class IntakeTests
{
    [Fact]
    public async Task Publish_WhenAVehicleSendsItsPosition_TripUpdatesPredictIt()
    {
        await using var broker = await Broker.StartAsync();
        await using var app = await RealtimeApp.StartAsync(arguments: broker.Settings);
        app.Timetable(TimeSpan.FromSeconds(180));
        await UntilAsync(() => Task.FromResult(app.Services.GetRequiredService<VehicleSession>().IsConnected && broker.Subscribed.Length == 2));

        await UntilAsync(async () =>
        {
            await broker.PublishAsync("sc/v1/162043/bus-1/telemetry", Payload(app, 500));
            return (await app.FeedAsync("trip-updates")).Entity.Count == 1;
        });

        (await app.FeedAsync("vehicle-positions")).Entity.ShouldHaveSingleItem().Vehicle.Trip.TripId.ShouldBe("t1");
        broker.Subscribed.Order().ShouldBe(["sc/v1/162043/bus-1/telemetry", "sc/v1/162043/bus-2/telemetry"]);
    }

    [Theory]
    [InlineData("sc/v1/162043/river-1/telemetry", "not-a-vehicle")]
    [InlineData("sc/v1/162043/bus-9/telemetry", "unknown-device")]
    [InlineData("sc/v1/163422/bus-9/telemetry", "service-not-onboarded")]
    [InlineData("sc/v1/999999/bus-1/telemetry", "unknown-municipality")]
    [InlineData("sc/v1/162043/bus-1/status", "topic-malformed")]
    public async Task TakeAsync_WhenItIsNoVehicleOfTheTown_RefusedAndCounted(string topic, string code)
    {
        await using var app = await RealtimeApp.StartAsync();
        app.Timetable(TimeSpan.FromSeconds(180));
        var counted = new List<string?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "smartcity.transit.positions.refused" && instrument.Meter.Scope == app.Services.GetRequiredService<IMeterFactory>())
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add(tags[0].Value as string));
        listener.Start();

        var outcomes = await app.Services.GetRequiredService<PositionIntake>().TakeAsync(topic, Encoding.UTF8.GetBytes(Payload(app, 500)), 0);

        outcomes.ShouldBeEmpty();
        counted.ShouldBe([code]);
        (await app.FeedAsync("vehicle-positions")).Entity.ShouldBeEmpty();
    }

    [Fact]
    public async Task TakeAsync_WhenPositionsComeAgainLateEarlyAndOutOfOrder_EachHasItsOutcome()
    {
        await using var app = await RealtimeApp.StartAsync();
        app.Timetable(TimeSpan.FromSeconds(180));
        var now = app.Clock.GetUtcNow();

        (await TakeAsync(app, now, 500)).ShouldBe([TrackOutcome.Matched]);
        (await TakeAsync(app, now, 500)).ShouldBe([TrackOutcome.Duplicate]);
        (await TakeAsync(app, now - TimeSpan.FromSeconds(5), 450)).ShouldBe([TrackOutcome.OutOfOrder]);
        (await TakeAsync(app, now + TimeSpan.FromSeconds(60), 900)).ShouldBe([TrackOutcome.Future]);
        (await TakeAsync(app, now + TimeSpan.FromSeconds(5), 5000)).ShouldBe([TrackOutcome.Implausible]);
        (await TakeAsync(app, now + TimeSpan.FromSeconds(10), 560)).ShouldBe([TrackOutcome.Matched]);
        app.Clock.Advance(TimeSpan.FromHours(1));
        (await TakeAsync(app, now + TimeSpan.FromSeconds(20), 640)).ShouldBe([TrackOutcome.Late]);
    }

    private static Task<IReadOnlyList<TrackOutcome>> TakeAsync(RealtimeApp app, DateTimeOffset at, double east)
        => app.Services.GetRequiredService<PositionIntake>().TakeAsync("sc/v1/162043/bus-1/telemetry", Encoding.UTF8.GetBytes(Payload(app, east, at)), 0);

    private static string Payload(RealtimeApp app, double east, DateTimeOffset? at = null)
    {
        var position = app.At(east);
        return string.Create(CultureInfo.InvariantCulture,
            $$"""{"t":"{{at ?? position.At:O}}","latitudeDegrees":{{position.LatitudeDegrees}},"longitudeDegrees":{{position.LongitudeDegrees}},"tripId":"t1"}""");
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
