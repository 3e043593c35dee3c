using System.Collections.Frozen;
using System.Globalization;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Live;

/// <summary>
/// A town's live feeds as real time sees them, from the day before yesterday's nights to tomorrow. Nothing is laid out before it is asked for, so
/// that a prefecture's feed costs what is looked at. An id that two feeds have is <c>{feed}:{id}</c>, as for stops.
/// </summary>
internal sealed class LivePlans : ITripPlans
{
    private static readonly TimeSpan Reach = TimeSpan.FromHours(12);
    private readonly TimeProvider _clock;
    private readonly FeedRuns[] _feeds;
    private readonly FrozenDictionary<string, (FeedRuns Feed, int Trip)> _trips;
    private readonly FrozenDictionary<(LiveFeed Feed, int Trip), string> _sharedTripIds;
    private readonly FrozenSet<string> _routes;
    private readonly FrozenSet<string> _agencies;
    private long _today;

    public LivePlans(TownTimetable timetable, TimeProvider clock)
    {
        (Timetable, _clock) = (timetable, clock);
        var sharedTrips = SharedIds(timetable, static feed => feed.Feed.Trips.Select(static trip => trip.Id));
        var sharedRoutes = SharedIds(timetable, static feed => feed.Feed.Routes.Select(static route => route.Id));
        _feeds = [.. timetable.Feeds.Select(feed => new FeedRuns(
            feed,
            stop => timetable.FindStop($"{feed.Name}:{feed.Feed.Stops[stop].Id}")!.PublicId,
            id => Name(sharedRoutes, feed, id),
            id => Name(sharedTrips, feed, id)))];
        var trips = new Dictionary<string, (FeedRuns, int)>(StringComparer.Ordinal);
        var shared = new Dictionary<(LiveFeed, int), string>();
        foreach (var feed in _feeds)
        {
            for (var trip = 0; trip < feed.Live.Feed.Trips.Count; trip++)
            {
                var id = Name(sharedTrips, feed.Live, feed.Live.Feed.Trips[trip].Id);
                trips.TryAdd(id, (feed, trip));
                if (sharedTrips.Count > 0)
                {
                    shared.Add((feed.Live, trip), id);
                }
            }
        }

        _trips = trips.ToFrozenDictionary(StringComparer.Ordinal);
        _sharedTripIds = shared.ToFrozenDictionary();
        _routes = timetable.Feeds.SelectMany(feed => feed.Feed.Routes.Select(route => Name(sharedRoutes, feed, route.Id))).ToFrozenSet(StringComparer.Ordinal);
        _agencies = timetable.Feeds.SelectMany(static feed => feed.Feed.Agencies.Select(static agency => agency.Id)).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        // Readers compare it with feed_info.txt of the one feed that it belongs to.
        Version = timetable.Feeds is [{ Feed.Info.Version: { } own }] ? own : string.Join('+', timetable.Feeds.Select(static feed => feed.Version));
    }

    public TownTimetable Timetable { get; }

    public string Version { get; }

    /// <summary>The trip's id within the town.</summary>
    public string TripIdOf(LiveFeed feed, int trip) => _sharedTripIds.GetValueOrDefault((feed, trip)) ?? feed.Feed.Trips[trip].Id;

    /// <summary>The feed of a town's trip and its place in it, or null.</summary>
    public (LiveFeed Feed, int Trip)? TripOf(string tripId) => _trips.TryGetValue(tripId, out var known) ? (known.Feed.Live, known.Trip) : null;

    public IReadOnlyList<TripPlan> RunsOf(string tripId, DateTimeOffset around)
    {
        if (!_trips.TryGetValue(tripId, out var trip))
        {
            return [];
        }

        return [.. DatesOf(trip.Feed, around - Reach, around + Reach).SelectMany(date => trip.Feed.Of(trip.Trip, date))
            .Where(run => run.End >= around - Reach && run.Start <= around + Reach)
            .OrderBy(run => around < run.Start ? run.Start - around : around > run.End ? around - run.End : TimeSpan.Zero)];
    }

    public TripPlan? Find(TripKey key)
        => _trips.TryGetValue(key.TripId, out var trip)
            && DateOnly.TryParseExact(key.StartDate, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsHeld(trip.Feed, date)
            && (key.StartTime is null ? (true, null) : (PlanClock.Read(key.StartTime) is { } read, PlanClock.Read(key.StartTime))) is (true, var start)
            ? trip.Feed.Find(trip.Trip, date, start) : null;

    public IReadOnlyList<TripPlan> Running(DateTimeOffset from, DateTimeOffset to)
        => [.. _feeds.SelectMany(feed => DatesOf(feed, from, to).SelectMany(date => feed.Running(date, from, to)))
            .OrderBy(static run => run.Start).ThenBy(static run => run.Key.TripId, StringComparer.Ordinal)];

    public TripPlan? NextOfBlock(TripPlan plan)
        => _trips.TryGetValue(plan.Key.TripId, out var trip) && DateOnly.TryParseExact(plan.Key.StartDate, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? trip.Feed.NextOfBlock(trip.Trip, date) : null;

    public string? RouteOfTrip(string tripId)
        => _trips.TryGetValue(tripId, out var trip) ? RouteIdOf(trip.Feed.Live, trip.Trip) : null;

    public bool HasRoute(string routeId) => _routes.Contains(routeId);

    public bool HasAgency(string agencyId) => _agencies.Contains(agencyId);

    public int? LocationTypeOf(string stopId) => Timetable.FindStop(stopId) is { } place ? (int)place.Stop.LocationType : null;

    // Which of the two it is called is what the set of the town's routes knows.
    private string RouteIdOf(LiveFeed feed, int trip)
    {
        var id = feed.Feed.Routes[feed.Feed.Trips[trip].Route].Id;
        return _routes.Contains($"{feed.Name}:{id}") ? $"{feed.Name}:{id}" : id;
    }

    private bool IsHeld(FeedRuns feed, DateOnly date)
    {
        var today = Today(feed);
        return date >= today.AddDays(-feed.DaysBack - 1) && date <= today.AddDays(2);
    }

    private IEnumerable<DateOnly> DatesOf(FeedRuns feed, DateTimeOffset from, DateTimeOffset to)
    {
        var last = feed.Live.Days.DateOf(to);
        for (var date = feed.Live.Days.DateOf(from).AddDays(-feed.DaysBack); date <= last; date = date.AddDays(1))
        {
            if (IsHeld(feed, date))
            {
                yield return date;
            }
        }
    }

    private DateOnly Today(FeedRuns feed)
    {
        var today = feed.Live.Days.DateOf(_clock.GetUtcNow());
        if (Interlocked.Exchange(ref _today, today.DayNumber) != today.DayNumber)
        {
            foreach (var each in _feeds)
            {
                each.Forget(today.AddDays(-each.DaysBack - 2));
            }
        }

        return today;
    }

    private static string Name(HashSet<string> shared, LiveFeed feed, string id) => shared.Contains(id) ? $"{feed.Name}:{id}" : id;

    private static HashSet<string> SharedIds(TownTimetable timetable, Func<LiveFeed, IEnumerable<string>> idsOf)
        => timetable.Feeds.Count < 2 ? new(StringComparer.Ordinal)
            : timetable.Feeds.SelectMany(feed => idsOf(feed).Distinct(StringComparer.Ordinal)).GroupBy(static id => id, StringComparer.Ordinal)
                .Where(static group => group.Skip(1).Any()).Select(static group => group.Key).ToHashSet(StringComparer.Ordinal);
}
