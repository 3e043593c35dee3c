using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Transit.Departures;
using SmartCity.Transit.Tests.Gtfs;
using SmartCity.Transit.Tests.Hosting;

namespace SmartCity.Transit.Tests.Departures;

public sealed class DepartureTests
{
    [Fact]
    public async Task Departures_AfterMidnight_AreStillYesterdaysTrips()
    {
        await using var app = await AppAsync(new FeedBuilder().Plus("trips.txt", "R1,DAILY,NIGHT,Harbour,L1")
            .Plus("stop_times.txt", "NIGHT,24:30:00,24:30:00,S1,1,1", "NIGHT,24:40:00,24:40:00,S3,2,1"));

        var next = (await app.ItemsAsync("stops/S1/departures?at=2026-07-05T00:10:00%2B09:00"))[0];

        Text(next, "tripId").ShouldBe("NIGHT");
        Text(next, "scheduledTime").ShouldBe("2026-07-05T00:30:00+09:00");
        Text(next, "serviceDate").ShouldBe("2026-07-04");
    }

    [Fact]
    public async Task Departures_PastFortyEightHours_BelongToTheDayBeforeYesterday()
    {
        await using var app = await AppAsync(new FeedBuilder().Plus("trips.txt", "R1,DAILY,LONG,Harbour,L1")
            .Plus("stop_times.txt", "LONG,48:20:00,48:20:00,S1,1,1", "LONG,48:30:00,48:30:00,S3,2,1"));

        Text((await app.ItemsAsync("stops/S1/departures?at=2026-07-05T00:10:00%2B09:00"))[0], "serviceDate").ShouldBe("2026-07-03");
    }

    [Fact]
    public async Task Departures_WhenTripRunsByHeadway_AreMadeFromTheFirst()
    {
        await using var app = await AppAsync(new FeedBuilder().With("frequencies.txt", "trip_id,start_time,end_time,headway_secs,exact_times", "T1,10:00:00,11:00:00,1200,0"));

        var rows = await app.ItemsAsync("stops/S2/departures?at=2026-07-02T09:30:00%2B09:00&window=7200");

        rows.Select(row => Text(row, "scheduledTime")![11..16]).ShouldBe(["10:05", "10:25", "10:45"]);
        rows.ShouldAllBe(row => row.GetProperty("headwaySeconds").GetInt32() == 1200 && !row.GetProperty("isExact").GetBoolean());
    }

    [Fact]
    public async Task Departures_WhenDayIsTakenOut_LeaveItOut()
    {
        await using var app = await AppAsync(new FeedBuilder().With("calendar_dates.txt", "service_id,date,exception_type", "DAILY,20260703,2"));

        var days = (await app.ItemsAsync("stops/S1/departures?at=2026-07-02T00:00:00%2B09:00&window=259200")).Select(row => Text(row, "serviceDate")).Distinct(StringComparer.Ordinal);

        days.ShouldBe(["2026-07-02", "2026-07-04"]);
    }

    [Fact]
    public async Task Departures_WhenFeedHasOnlyCalendarDates_RunOnThose()
    {
        await using var app = await AppAsync(new FeedBuilder().Without("calendar.txt").With("calendar_dates.txt", "service_id,date,exception_type", "DAILY,20260704,1"));

        (await app.ItemsAsync("stops/S1/departures?window=604800")).Select(row => Text(row, "serviceDate")).ShouldBe(["2026-07-04", "2026-07-04"]);
    }

    [Fact]
    public async Task Departures_AtTheLastStop_AreNone()
    {
        await using var app = await AppAsync(new FeedBuilder());

        (await app.ItemsAsync("stops/S3/departures")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Departures_WhenTimesBetweenTimepointsAreEmpty_AreFilledIn()
    {
        await using var app = await AppAsync(new FeedBuilder().Replacing("stop_times.txt", "T1,8:05:00,8:05:00,S2,2,1", "T1,,,S2,2,0"));

        var next = (await app.ItemsAsync("stops/S2/departures"))[0];

        Text(next, "scheduledTime").ShouldBe("2026-07-02T08:05:00+09:00");
        next.GetProperty("isExact").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Departures_InAnotherLanguage_SayTheHeadsignInIt()
    {
        await using var app = await AppAsync(new FeedBuilder().With("translations.txt",
            "table_name,field_name,language,translation,record_id,field_value", "trips,trip_headsign,ja,港,T1,", "stops,stop_name,ja-Hrkt,びょういん,,Hospital"));

        Text((await app.ItemsAsync("stops/S1/departures?language=ja"))[0], "headsign").ShouldBe("港");
        Text((await app.ItemsAsync("stops/S1/departures?language=en"))[0], "headsign").ShouldBe("Harbour");
        (await app.ItemsAsync("stops?search=ビョウイン")).Select(stop => Text(stop, "id")).ShouldBe(["S2"]);
    }

    [Fact]
    public async Task Departures_PagedByNext_ComeOnceEach()
    {
        await using var app = await AppAsync(new FeedBuilder());
        var first = await app.GetAsync("stops/S1/departures?limit=1");

        var second = await app.GetAsync("stops/S1/departures?limit=1&after=" + first.GetProperty("next").GetString());

        Text(first.GetProperty("items")[0], "tripId").ShouldBe("T1");
        Text(second.GetProperty("items")[0], "tripId").ShouldBe("T2");
    }

    [Fact]
    public async Task Departures_WhenRealTimeKnowsMore_SayWhatTheyAre()
    {
        var overlay = new LateAndCancelled();
        await using var app = await TransitApp.StartAsync(services: services => services.AddSingleton<IDepartureOverlay>(overlay));
        await app.ImportAsync(new FeedBuilder().Zip());
        (await app.ItemsAsync("stops/S1/departures")).Select(row => Text(row, "state")).Take(2).ShouldBe(["scheduled", "scheduled"]);

        overlay.Version = 1;
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        var rows = await app.ItemsAsync("stops/S1/departures");

        // T1 should have left five minutes ago, and will in ten.
        rows.Select(row => (Text(row, "tripId"), Text(row, "state"))).Take(2).ShouldBe([("T1", "predicted"), ("T2", "cancelled")]);
        Text(rows[0], "time").ShouldBe("2026-07-02T08:15:00+09:00");
        Text(rows[0], "scheduledTime").ShouldBe("2026-07-02T08:00:00+09:00");
    }

    [Theory]
    [InlineData("stops/S9/departures", HttpStatusCode.NotFound, "unknown-stop")]
    [InlineData("stops/S1/departures?at=tomorrow", HttpStatusCode.BadRequest, "at-malformed")]
    [InlineData("stops/S1/departures?at=2026-07-02", HttpStatusCode.BadRequest, "at-malformed")]
    [InlineData("stops/S1/departures?at=0001-01-01T00:00:00Z", HttpStatusCode.BadRequest, "at-malformed")]
    [InlineData("stops/S1/departures?at=9999-12-31T23:00:00Z", HttpStatusCode.BadRequest, "at-malformed")]
    [InlineData("stops/S1/departures?after=253402300799999-0", HttpStatusCode.BadRequest, "after-malformed")]
    [InlineData("stops/S1/departures?at=2026-07-02T08:00:00", HttpStatusCode.BadRequest, "at-malformed")]
    [InlineData("stops/S1/departures?window=0", HttpStatusCode.BadRequest, "window-out-of-range")]
    [InlineData("stops/S1/departures?limit=1000", HttpStatusCode.BadRequest, "limit-out-of-range")]
    [InlineData("stops/S1/departures?after=x", HttpStatusCode.BadRequest, "after-malformed")]
    [InlineData("stops?near=here", HttpStatusCode.BadRequest, "near-malformed")]
    [InlineData("stops?near=36.8,137.4&radiusMetres=-1", HttpStatusCode.BadRequest, "radius-out-of-range")]
    [InlineData("feeds/none.1", HttpStatusCode.NotFound, "unknown-feed-version")]
    public async Task Request_WhenItIsMalformed_SaysWhatToWrite(string path, HttpStatusCode status, string problem)
    {
        await using var app = await AppAsync(new FeedBuilder());

        using var response = await app.Client.GetAsync(new Uri(TransitApp.Town(path), UriKind.Relative));

        (await TransitApp.ProblemAsync(response, status)).ShouldBe(problem);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<TransitApp> AppAsync(FeedBuilder feed)
    {
        var app = await TransitApp.StartAsync();
        await app.ImportAsync(feed.Zip());
        return app;
    }

    private sealed class LateAndCancelled : IDepartureOverlay
    {
        public long Version { get; set; }

        public TimeSpan LongestDelay => TimeSpan.FromHours(1);

        public long VersionOf(string municipality) => Version;

        public DepartureStatus? StatusOf(string municipality, Departure departure, string language) => (Version, departure.Feed.Feed.Trips[departure.Trip].Id) switch
        {
            (0, _) => null,
            (_, "T1") => new DepartureStatus(DepartureState.Predicted, departure.Scheduled.AddMinutes(15), AgeSeconds: 3),
            _ => new DepartureStatus(DepartureState.Cancelled),
        };
    }
}
