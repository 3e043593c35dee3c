using System.Net;
using System.Text.Json;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Tracking;
using Relationship = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate.Types.ScheduleRelationship;

namespace SmartCity.Transit.Tests.Realtime;

public class FeedTests
{
    [Fact]
    public async Task TripUpdates_WhenAVehicleReports_PredictedForTheStopsAhead()
    {
        await using var app = await RealtimeApp.StartAsync();
        // A minute after it should have been at the second stop, the bus is half a kilometre before it: two minutes late.
        var plan = app.Timetable(TimeSpan.FromSeconds(180));

        (await app.DriveAsync("bus-1", app.At(500))).ShouldBe(TrackOutcome.Matched);
        var feed = await app.FeedAsync("trip-updates");

        feed.Header.GtfsRealtimeVersion.ShouldBe("2.0");
        feed.Header.FeedVersion.ShouldBe("v1");
        var update = feed.Entity.ShouldHaveSingleItem().TripUpdate;
        update.Trip.TripId.ShouldBe("t1");
        update.Trip.StartDate.ShouldBe(plan.Key.StartDate);
        update.Vehicle.Id.ShouldBe("bus-1");
        update.StopTimeUpdate.Select(static stop => stop.StopId).ShouldBe(["s1", "s2", "s3", "s4", "s5"]);
        update.StopTimeUpdate.ShouldAllBe(stop => stop.ScheduleRelationship == Relationship.Scheduled);
        update.StopTimeUpdate[0].Arrival.Delay.ShouldBeInRange(117, 123);
        update.StopTimeUpdate[0].Arrival.Time.ShouldBe(plan.Stops[1].Arrival.ToUnixTimeSeconds() + update.StopTimeUpdate[0].Arrival.Delay);
        update.StopTimeUpdate[^1].Departure.ShouldBeNull();
    }

    [Fact]
    public async Task TripUpdates_WhenTheVehicleFallsSilent_NoDataInsteadOfATime()
    {
        await using var app = await RealtimeApp.StartAsync();
        app.Timetable(TimeSpan.FromSeconds(180));
        await app.DriveAsync("bus-1", app.At(500));

        app.Clock.Advance(TimeSpan.FromSeconds(121));
        var update = (await app.FeedAsync("trip-updates")).Entity.ShouldHaveSingleItem().TripUpdate;

        update.StopTimeUpdate.Count.ShouldBe(5);
        update.StopTimeUpdate.ShouldAllBe(stop => stop.ScheduleRelationship == Relationship.NoData && stop.Arrival == null && stop.Departure == null);
        (await app.FeedAsync("vehicle-positions")).Entity.ShouldBeEmpty();
    }

    [Fact]
    public async Task VehiclePositions_WhenAVehicleReports_ItsPlaceRunAndNextStop()
    {
        await using var app = await RealtimeApp.StartAsync();
        app.Timetable(TimeSpan.FromSeconds(180));

        await app.DriveAsync("bus-1", app.At(500));
        var vehicle = (await app.FeedAsync("vehicle-positions")).Entity.ShouldHaveSingleItem().Vehicle;

        vehicle.Vehicle.Id.ShouldBe("bus-1");
        vehicle.Trip.TripId.ShouldBe("t1");
        vehicle.StopId.ShouldBe("s1");
        vehicle.CurrentStatus.ShouldBe(VehiclePosition.Types.VehicleStopStatus.InTransitTo);
        vehicle.Position.Latitude.ShouldBe(36.8f, 0.001f);
    }

    [Fact]
    public async Task GetFeed_WhenJsonIsAskedFor_ProtobufsJsonMapping()
    {
        await using var app = await RealtimeApp.StartAsync();
        app.Timetable(TimeSpan.FromSeconds(180));
        await app.DriveAsync("bus-1", app.At(500));

        using var answer = await app.Http.GetAsync("/api/162043/transit/gtfs-realtime/trip-updates?format=json");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        json.RootElement.GetProperty("header").GetProperty("gtfsRealtimeVersion").GetString().ShouldBe("2.0");
        json.RootElement.GetProperty("entity")[0].GetProperty("tripUpdate").GetProperty("trip").GetProperty("scheduleRelationship").GetString().ShouldBe("SCHEDULED");
    }

    [Fact]
    public async Task GetFeed_WhenNothingChanged_NotModified()
    {
        await using var app = await RealtimeApp.StartAsync();
        using var first = await app.Http.GetAsync("/api/162043/transit/gtfs-realtime/alerts");
        app.Clock.Advance(TimeSpan.FromSeconds(10));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/162043/transit/gtfs-realtime/alerts");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await app.Http.SendAsync(request);

        first.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-protobuf");
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task GetFeed_WhenTheFormatIsUnknown_ProblemThatNamesIt()
    {
        await using var app = await RealtimeApp.StartAsync();

        using var answer = await app.Http.GetAsync("/api/162043/transit/gtfs-realtime/alerts?format=xml");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("'xml'");
    }
}
