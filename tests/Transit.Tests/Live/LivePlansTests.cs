using SmartCity.TestKit;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Live;
using SmartCity.Transit.Tests.Gtfs;
using SmartCity.Transit.Tests.Hosting;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Tests.Live;

public sealed class LivePlansTests
{
    private static readonly DateTimeOffset Morning = TransitApp.Morning;

    [Fact]
    public void Find_OnADayOfTheFeed_HasInstantsAndMetres()
    {
        var plan = Plans(new FeedBuilder()).Find(new TripKey("T1", "20260702")).ShouldNotBeNull();

        plan.Start.ShouldBe(new DateTimeOffset(2026, 7, 2, 8, 0, 0, TimeSpan.FromHours(9)));
        plan.Start.Offset.ShouldBe(TimeSpan.FromHours(9));
        plan.Stops[0].MetresAlong.ShouldBe(0, 0.1);
        plan.Stops[2].MetresAlong.ShouldBe(plan.Shape.LengthMetres, 1);
        plan.Stops[1].MetresAlong.ShouldBe(plan.Shape.LengthMetres / 2, 5);
    }

    [Fact]
    public void Find_WhenThereIsNoShape_HasAStraightLineThroughTheStops()
    {
        var plan = Plans(new FeedBuilder().Without("shapes.txt").Replacing("trips.txt", ",L1", ",")).Find(new TripKey("T1", "20260702")).ShouldNotBeNull();

        plan.Shape.Segments.ShouldBe(2);
        plan.Stops[2].MetresAlong.ShouldBe(plan.Shape.LengthMetres, 1);
    }

    [Fact]
    public void Find_WhenTheFeedMeasuresItsShapeInKilometres_PutsStopsWhereItSays()
    {
        var plan = Plans(new FeedBuilder()
            .With("shapes.txt", "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled", "L1,36.8200,137.4000,1,0", "L1,36.8300,137.4100,2,1.4")
            .Replacing("stop_times.txt", "timepoint", "timepoint,shape_dist_traveled").Replacing("stop_times.txt", "T1,8:00:00,8:00:00,S1,1,1", "T1,8:00:00,8:00:00,S1,1,1,0")
            .Replacing("stop_times.txt", "S2,2,1\nT1", "S2,2,1,0.7\nT1").Replacing("stop_times.txt", "T1,8:10:00,8:10:00,S3,3,1", "T1,8:10:00,8:10:00,S3,3,1,1.4")).Find(new TripKey("T1", "20260702")).ShouldNotBeNull();

        plan.Stops[1].MetresAlong.ShouldBe(plan.Shape.LengthMetres / 2, 0.5);
    }

    [Fact]
    public void ByPlace_WhenALineComesBackToAStop_TakesTheSecondTime()
    {
        // Out to the harbour and back to where it began.
        var plan = Plans(new FeedBuilder().Plus("shapes.txt", "RING,36.8200,137.4000,1", "RING,36.8250,137.4050,2", "RING,36.8300,137.4100,3", "RING,36.8250,137.4051,4", "RING,36.8201,137.4000,5")
            .Plus("trips.txt", "R1,DAILY,RING,Station,RING")
            .Plus("stop_times.txt", "RING,10:00:00,10:00:00,S1,1,1", "RING,10:05:00,10:05:00,S3,2,1", "RING,10:08:00,10:08:00,S2,3,1", "RING,10:12:00,10:12:00,S1,4,1"))
            .Find(new TripKey("RING", "20260702")).ShouldNotBeNull();

        plan.Stops.Select(stop => stop.MetresAlong / plan.Shape.LengthMetres).ShouldBe([0, 0.5, 0.75, 1], tolerance: 0.02);
    }

    [Fact]
    public void Running_AfterMidnight_HasYesterdaysTrip()
    {
        var plans = Plans(new FeedBuilder().Plus("trips.txt", "R1,DAILY,NIGHT,Harbour,L1").Plus("stop_times.txt", "NIGHT,24:30:00,24:30:00,S1,1,1", "NIGHT,24:40:00,24:40:00,S3,2,1"));
        var night = new DateTimeOffset(2026, 7, 2, 0, 35, 0, TimeSpan.FromHours(9));

        plans.Running(night, night).ShouldHaveSingleItem().Key.ShouldBe(new TripKey("NIGHT", "20260701"));
        plans.RunsOf("NIGHT", night)[0].Key.StartDate.ShouldBe("20260701");
    }

    [Fact]
    public void RunsOf_WhenTheTripRunsByHeadway_HasOneForEachStart()
    {
        var plans = Plans(new FeedBuilder().With("frequencies.txt", "trip_id,start_time,end_time,headway_secs,exact_times", "T1,10:00:00,11:00:00,1200,1"));

        plans.RunsOf("T1", Morning).Select(run => run.Key.StartTime).ShouldBe(["10:00:00", "10:20:00", "10:40:00"]);
        plans.Find(new TripKey("T1", "20260702", "10:20:00")).ShouldNotBeNull().Stops[1].Arrival.TimeOfDay.ShouldBe(new TimeSpan(10, 25, 0));
        plans.Find(new TripKey("T1", "20260702", "10:21:00")).ShouldBeNull();
        plans.Find(new TripKey("T1", "20260702")).ShouldBeNull();
    }

    [Fact]
    public void NextOfBlock_WhenTripsShareOne_IsTheOneAfter()
    {
        var plans = Plans(new FeedBuilder().With("trips.txt", "route_id,service_id,trip_id,trip_headsign,shape_id,block_id", "R1,DAILY,T1,Harbour,L1,B", "R1,DAILY,T2,Harbour,L1,B"));

        var first = plans.Find(new TripKey("T1", "20260702"))!;

        plans.NextOfBlock(first).ShouldNotBeNull().Key.TripId.ShouldBe("T2");
        plans.NextOfBlock(plans.NextOfBlock(first)!).ShouldBeNull();
    }

    [Fact]
    public void Trips_WhenTwoFeedsHaveTheSameIds_AreNamedWithTheirFeed()
    {
        var plans = Plans(new FeedBuilder(), new FeedBuilder());

        plans.RouteOfTrip("T1").ShouldBeNull();
        plans.RouteOfTrip("a:T1").ShouldBe("a:R1");
        var plan = plans.Find(new TripKey("b:T1", "20260702")).ShouldNotBeNull();
        (plan.Key.TripId, plan.RouteId, plan.Stops[0].StopId).ShouldBe(("b:T1", "b:R1", "b:S1"));
        plans.LocationTypeOf("b:S1").ShouldBe(0);
    }

    [Fact]
    public void Find_OfADayFarOff_IsNull()
        => Plans(new FeedBuilder()).Find(new TripKey("T1", "20260802")).ShouldBeNull();

    [FactIfSharedData]
    public void RealFeeds_HaveAPlanForEveryRunOfTheDay()
    {
        foreach (var zip in Directory.GetFiles(SharedData.PathOf("gtfs"), "*.zip"))
        {
            var feed = FeedBuilder.Read(File.ReadAllBytes(zip)).Feed.ShouldNotBeNull(zip);
            var day = feed.Trips.Where(static trip => trip.StopTimeCount > 1).Select(trip => feed.Services[trip.Service].Window()?.First).Min();
            if (day is null)
            {
                // A feed of on-demand areas only.
                continue;
            }

            var clock = new FakeClock();
            clock.Advance(day.Value.ToDateTime(new TimeOnly(8, 0)) - clock.GetUtcNow().UtcDateTime);
            var plans = new LivePlans(new TownTimetable(TransitApp.Uozu, [new LiveFeed("main", "main.1", feed)]), clock);

            var runs = plans.Running(clock.GetUtcNow().AddHours(-8), clock.GetUtcNow().AddHours(12));

            runs.ShouldNotBeEmpty(zip);
            foreach (var run in runs)
            {
                for (var stop = 1; stop < run.Stops.Count; stop++)
                {
                    run.Stops[stop].MetresAlong.ShouldBeGreaterThanOrEqualTo(run.Stops[stop - 1].MetresAlong, $"{zip} {run.Key}");
                }
            }
        }
    }

    private static LivePlans Plans(params FeedBuilder[] feeds)
    {
        var clock = new FakeClock();
        clock.Advance(Morning - clock.GetUtcNow());
        return new LivePlans(new TownTimetable(TransitApp.Uozu, [.. feeds.Select((feed, index) => new LiveFeed(((char)('a' + index)).ToString(), "1", feed.Read().Feed!))]), clock);
    }
}
