using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Planning.Towns;
using SmartCity.Transit.Tests.Gtfs;

namespace SmartCity.Transit.Tests.Planning.Towns;

public sealed class TownPlanBuilderTests
{
    private static readonly DateOnly Today = new(2026, 7, 2);

    [Fact]
    public void Build_WhenOnlyCalendarDatesSaySo_KnowsTheDays()
    {
        var timetable = Build(new FeedBuilder().Without("calendar.txt").With("calendar_dates.txt", "service_id,date,exception_type", "DAILY,20260701,1", "DAILY,20260703,1")).Town.Live.Timetable;

        (timetable.FirstDay, timetable.DayCount).ShouldBe((new DateOnly(2026, 7, 1), 3));
        Enumerable.Range(0, 3).Select(day => timetable.RunsOn(0, day)).ShouldBe([true, false, true]);
    }

    [Fact]
    public void Build_WhenACalendarHasNoEnd_TakesTheDaysAroundToday()
    {
        var timetable = Build(new FeedBuilder().Replacing("calendar.txt", "20260401,20270331", "20000101,20991231")).Town.Live.Timetable;

        timetable.DayCount.ShouldBe(FeedPeriod.MostDays);
        timetable.DayOf(Today).ShouldBe(366);
    }

    [Fact]
    public void Build_WhenAStationHasATransferRule_GivesItToItsPlatforms_UnlessTheyHaveTheirOwn()
    {
        var plan = Build(new FeedBuilder()
            .With("stops.txt", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station",
                "C,Central,36.8200,137.4000,1,", "S1,Platform 1,36.8200,137.4000,0,C", "S2,Platform 2,36.8201,137.4001,0,C", "S3,Harbour,36.8300,137.4100,0,")
            .With("transfers.txt", "from_stop_id,to_stop_id,transfer_type,min_transfer_time", "C,C,2,240", "S1,S2,2,60"));
        var footpaths = plan.Town.Live.Timetable.Parts.Footpaths;

        footpaths.ChangeSeconds.ShouldBe([240, 240, 0]);
        Minimum(0, 1).ShouldBe(60);
        Minimum(1, 0).ShouldBe(240);

        int Minimum(int from, int to) => Enumerable.Range(footpaths.OutStarts[from], footpaths.OutStarts[from + 1] - footpaths.OutStarts[from])
            .Where(path => footpaths.OutStops[path] == to).Select(path => footpaths.OutMinimumSeconds[path]).Single();
    }

    [Fact]
    public void Build_WhenAFeedIsInAnotherTimeZone_LeavesItOutAndSaysSo()
    {
        var far = new FeedBuilder().Replacing("agency.txt", "Asia/Tokyo", "Europe/Berlin");
        var plan = TownPlanBuilder.Build(new TownTimetable("162043", [Live("a", new FeedBuilder()), Live("b", far)]), Today);

        plan.OtherZones.ShouldBe(["b"]);
        plan.Town.Live.Timetable.StopCount.ShouldBe(3);
        plan.Names.Find("b:S1", "ja").ShouldBeNull();
    }

    [Fact]
    public void FindTrip_WhenTwoFeedsHaveIt_AsksWhich()
    {
        var names = TownPlanBuilder.Build(new TownTimetable("162043", [Live("a", new FeedBuilder()), Live("b", new FeedBuilder())]), Today).Names;

        names.FindTrip("T1").ShouldBeNull();
        names.FindTrip("b:T2").ShouldNotBeNull().Feed.FirstTrip.ShouldBe(2);
    }

    private static TownPlan Build(FeedBuilder feed) => TownPlanBuilder.Build(new TownTimetable("162043", [Live("main", feed)]), Today);

    private static LiveFeed Live(string name, FeedBuilder feed) => new(name, "1", feed.Read().Feed.ShouldNotBeNull());
}
