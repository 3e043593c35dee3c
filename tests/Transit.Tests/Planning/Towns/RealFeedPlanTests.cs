using System.Globalization;
using SmartCity.TestKit;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs.Model;
using SmartCity.Transit.Planning.Answers;
using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Towns;
using SmartCity.Transit.Tests.Gtfs;

namespace SmartCity.Transit.Tests.Planning.Towns;

public sealed class RealFeedPlanTests
{
    private const int Pairs = 200;
    private const double WalkingSpeedMetresPerSecond = 1.2;

    public static TheoryData<string> Feeds() => SharedData.Exists
        ? [.. Directory.GetFiles(SharedData.PathOf("gtfs"), "*.zip").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
        : ["none"];

    [TheoryIfSharedData]
    [MemberData(nameof(Feeds))]
    public void Answer_OfRandomPairsOnARealFeed_CanBeTravelled(string file)
    {
        var feed = FeedBuilder.Read(File.ReadAllBytes(SharedData.PathOf("gtfs", file))).Feed.ShouldNotBeNull();
        var town = TownPlanBuilder.Build(new TownTimetable("162043", [new LiveFeed("main", "1", feed)]), new DateOnly(2026, 7, 1)).Town;
        var (desk, check, random) = (new PlanDesk(new Planner()), new ItineraryCheck(feed, WalkingSpeedMetresPerSecond), new Random(7));
        var called = feed.StopTimes.Stops.Where(stop => stop >= 0).Distinct().ToArray();
        var found = 0;
        for (var pair = 0; pair < Pairs; pair++)
        {
            var at = Moment(feed, town, random);
            var arriveBy = pair % 4 == 3;
            var answer = Ask(town, desk, feed.Stops[called[random.Next(called.Length)]].Id, feed.Stops[called[random.Next(called.Length)]].Id, at, arriveBy, pair % 3 == 0 ? 120 : 0);
            foreach (var itinerary in answer.Items)
            {
                check.Travel(itinerary, arriveBy ? at.AddDays(-2) : at);
                (!arriveBy || itinerary.EndsAt <= at).ShouldBeTrue("arrives too late");
                found++;
            }
        }

        found.ShouldBeGreaterThan(Pairs / 20, "hardly a journey was found");
    }

    private static DateTimeOffset Moment(GtfsFeed feed, PlannerTown town, Random random)
    {
        var timetable = town.Live.Timetable;
        var local = timetable.DateOf(random.Next(timetable.DayCount)).ToDateTime(TimeOnly.MinValue).AddSeconds(random.Next(86_400));
        return new DateTimeOffset(local, feed.TimeZone.GetUtcOffset(local));
    }

    private static PlanAnswer Ask(PlannerTown town, PlanDesk desk, string from, string to, DateTimeOffset at, bool arriveBy, int windowMinutes)
    {
        var parameters = new PlanParameters(
            from, to, at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), arriveBy ? "true" : "false", null, null, null, windowMinutes.ToString(CultureInfo.InvariantCulture));
        PlanRequest.TryRead(parameters, at, out var request, out _).ShouldBeTrue();
        PlanPlace.TryFind(from, "from", town, "ja", out var start, out _).ShouldBeTrue();
        PlanPlace.TryFind(to, "to", town, "ja", out var end, out _).ShouldBeTrue();
        return desk.Answer(town, request!, start!, end!, "ja");
    }
}
