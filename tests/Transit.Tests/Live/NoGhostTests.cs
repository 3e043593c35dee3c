using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Tests.Gtfs;
using SmartCity.Transit.Tests.Hosting;
using SmartCity.Transit.Vehicles.Grains;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Tests.Live;

/// <summary>From a feed and a vehicle's position to what a stop's page says.</summary>
public sealed class NoGhostTests
{
    [Fact]
    public async Task Departures_WhenVehicleIsHeardAndFallsSilent_ArePredictedAndThenUnconfirmed()
    {
        await using var app = await AppAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(12));
        await DriveAsync(app, 36.8210, 137.4010);

        var predicted = await FirstAsync(app);
        Text(predicted, "state").ShouldBe("predicted");
        Text(predicted, "tripId").ShouldBe("T1");
        Text(predicted, "vehicleId").ShouldBe("bus-1");
        predicted.GetProperty("predictionAgeSeconds").GetDouble().ShouldBe(0);
        predicted.GetProperty("confidence").GetDouble().ShouldBeInRange(0.3, 1);

        // Answers are kept for others who ask, but never for longer than a second.
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        (await FirstAsync(app)).GetProperty("predictionAgeSeconds").GetDouble().ShouldBe(1);

        app.Clock.Advance(TimeSpan.FromSeconds(29));
        (await FirstAsync(app)).GetProperty("predictionAgeSeconds").GetDouble().ShouldBe(30);

        app.Clock.Advance(TimeSpan.FromSeconds(100));
        var silent = await FirstAsync(app);
        Text(silent, "state").ShouldBe("unconfirmed");
        Text(silent, "tripId").ShouldBe("T1");
        silent.TryGetProperty("predictedTime", out _).ShouldBeFalse();
        silent.GetProperty("predictionAgeSeconds").GetDouble().ShouldBe(130);
        (await VehiclesAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Departures_WhenVehicleHasPassedEarly_AreNotListedAnyMore()
    {
        await using var app = await AppAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        await DriveAsync(app, 36.8210, 137.4010);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await DriveAsync(app, 36.8270, 137.4070);

        // Of 8:05 at the hospital, and it is 8:03.
        (await app.ItemsAsync("stops/S2/departures")).Select(row => Text(row, "tripId")).First().ShouldBe("T2");
    }

    [Fact]
    public async Task Departures_WhenTheRunIsCancelled_AreListedAsCancelled()
    {
        await using var app = await AppAsync();
        (await FirstAsync(app)).GetProperty("state").GetString().ShouldBe("scheduled");

        app.Services.GetRequiredService<RealtimeBoard>().Order(
            TransitApp.Uozu, new TripKey("T1", "20260702"), TripOrder.Cancel("大雪のため", app.Clock.GetUtcNow().AddDays(1)));

        var rows = await app.ItemsAsync("stops/S2/departures");
        rows.Select(row => (Text(row, "tripId"), Text(row, "state"))).Take(2).ShouldBe([("T1", "cancelled"), ("T2", "scheduled")]);
        Text(rows[0], "note").ShouldBe("大雪のため");
    }

    [Fact]
    public async Task Vehicles_WhenOneIsHeard_SayWhereItGoes()
    {
        await using var app = await AppAsync();
        app.Clock.Advance(TimeSpan.FromMinutes(12));
        await DriveAsync(app, 36.8210, 137.4010);
        app.Clock.Advance(TimeSpan.FromSeconds(7));

        var vehicle = (await VehiclesAsync(app)).ShouldHaveSingleItem();

        var properties = vehicle.GetProperty("properties");
        (Text(vehicle, "id"), Text(properties, "tripId"), Text(properties, "route"), Text(properties, "headsign")).ShouldBe(("bus-1", "T1", "1", "Harbour"));
        properties.GetProperty("ageSeconds").GetDouble().ShouldBe(7);
        vehicle.GetProperty("geometry").GetProperty("coordinates")[0].GetDouble().ShouldBe(137.4010);
    }

    [Fact]
    public async Task Plans_WhenAnotherVersionGoesLive_AreOfThatVersion()
    {
        await using var app = await AppAsync();
        await app.ImportAsync(new FeedBuilder().Replacing("trips.txt", "T2", "T9").Replacing("stop_times.txt", "T2", "T9").Zip());

        var plans = app.Services.GetRequiredService<TownPlans>().Of(TransitApp.Uozu)!;

        plans.RouteOfTrip("T9").ShouldBe("R1");
        plans.RouteOfTrip("T2").ShouldBeNull();
    }

    private static async Task<TransitApp> AppAsync()
    {
        var app = await TransitApp.StartAsync();
        await app.ImportAsync(new FeedBuilder().Zip());
        return app;
    }

    private static async Task DriveAsync(TransitApp app, double latitude, double longitude)
    {
        var report = new PositionReport { At = app.Clock.GetUtcNow(), LatitudeDegrees = latitude, LongitudeDegrees = longitude, TripId = "T1" };
        (await app.Services.GetRequiredService<IGrainFactory>().GetGrain<IVehicleGrain>($"{TransitApp.Uozu}/bus-1").ReportAsync(report)).ShouldBe(TrackOutcome.Matched);
    }

    private static async Task<JsonElement> FirstAsync(TransitApp app) => (await app.ItemsAsync("stops/S2/departures"))[0];

    private static async Task<IReadOnlyList<JsonElement>> VehiclesAsync(TransitApp app) => [.. (await app.GetAsync("vehicles.geojson")).GetProperty("features").EnumerateArray()];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
