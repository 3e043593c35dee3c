using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs.Model;
using SmartCity.Transit.Planning.Answers;
using SmartCity.Transit.Planning.Timetables;
using SmartCity.Transit.Stops;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>A town's timetable for the planner, with what it was made of.</summary>
/// <param name="Source">All live feeds of the town.</param>
/// <param name="Town">Without real time.</param>
/// <param name="OtherZones">Feeds that are left out, since their times are in another time zone than the first feed's.</param>
internal sealed record TownPlan(TownTimetable Source, PlannerTown Town, TownNames Names, int TripsWithoutCalls, int TransfersLeftOut, IReadOnlyList<string> OtherZones);

/// <summary>Makes one timetable of all live feeds of a town, so that journeys change from one to the other.</summary>
internal static class TownPlanBuilder
{
    /// <param name="source">At least one feed.</param>
    /// <param name="today">Which days of very long calendars are wanted.</param>
    public static TownPlan Build(TownTimetable source, DateOnly today)
    {
        var zone = source.Feeds[0].Feed.TimeZone;
        var feeds = source.Feeds.Where(feed => feed.Feed.TimeZone.Equals(zone)).ToList();
        var period = FeedPeriod.Of(feeds.SelectMany(feed => feed.Feed.Services), today);
        var builder = new TimetableBuilder(period.First, period.DayCount);
        var placesOf = source.Stops.ToLookup(place => place.Feed);
        var (planned, places) = (new List<PlannedFeed>(), new List<StopPlace>());
        var (services, withoutCalls, transfers) = (0, 0, 0);
        foreach (var live in feeds)
        {
            var numbers = AddStops(builder, live, placesOf[live], places);
            foreach (var service in live.Feed.Services)
            {
                builder.AddService(period.DaysOf(service));
            }

            var firstTrip = builder.TripCount;
            var trips = new FeedTrips(builder, live.Feed, numbers, services);
            planned.Add(new PlannedFeed(live, numbers, firstTrip, trips.Add()));
            services += live.Feed.Services.Count;
            withoutCalls += trips.WithoutCalls;
            transfers += FeedTransfers.Add(builder, planned[^1]);
        }

        var names = new TownNames(source, planned, [.. places]);
        var town = new PlannerTown
        {
            Live = new LiveTimetable(builder.Build()),
            TimeZone = zone,
            FeedVersion = string.Join('+', feeds.Select(feed => feed.Version)),
            Names = names,
            Fares = TownFares.Of(feeds),
        };
        return new TownPlan(source, town, names, withoutCalls, transfers, [.. source.Feeds.Except(feeds).Select(feed => feed.Name)]);
    }

    /// <summary>Places where vehicles may call: stops and platforms, and whatever else stop times name.</summary>
    private static int[] AddStops(TimetableBuilder builder, LiveFeed live, IEnumerable<StopPlace> known, List<StopPlace> places)
    {
        var called = live.Feed.StopTimes.Stops.ToHashSet();
        var numbers = new int[live.Feed.Stops.Count];
        Array.Fill(numbers, -1);
        foreach (var place in known.Where(place => place.Stop.LocationType == GtfsLocationType.Stop || called.Contains(place.StopIndex)))
        {
            numbers[place.StopIndex] = builder.AddStop(place.Stop.LatitudeDegrees, place.Stop.LongitudeDegrees, (Accessibility)StopWords.WheelchairOf(place));
            places.Add(place);
        }

        return numbers;
    }
}
