using System.Collections.Concurrent;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Search;

/// <summary>Finds journeys. Safe for all threads: each search borrows its memory.</summary>
public sealed class Planner
{
    private readonly ConcurrentBag<RoundSearch<Forward>> _forward = [];
    private readonly ConcurrentBag<RoundSearch<Backward>> _backward = [];

    /// <summary>
    /// Every journey that no other beats in all of arrival, rides and metres on foot (and departure, of a window; departure instead of
    /// arrival, of <see cref="SearchQuery.ArriveBy"/>). Of journeys that are equal in these, one; always the same.
    /// </summary>
    /// <returns>By departure, then arrival, rides and metres.</returns>
    public IReadOnlyList<Journey> Find(LiveTimetable live, SearchQuery query)
        => query.ArriveBy ? Find(_backward, live, query) : Find(_forward, live, query);

    private static List<Journey> Find<TDirection>(ConcurrentBag<RoundSearch<TDirection>> pool, LiveTimetable live, SearchQuery query)
        where TDirection : struct, IDirection
    {
        if (!pool.TryTake(out var search))
        {
            search = new RoundSearch<TDirection>();
        }

        // Not given back when it fails: its memory may be in any state then.
        search.Run(live, query);
        var journeys = new List<Journey>(search.Found.Length);
        var assembly = new JourneyAssembly(live.Timetable.Parts, query, [.. query.Days.Select(day => live.View(day.Day))]);
        foreach (var label in search.Found)
        {
            journeys.Add(assembly.Make(search.Labels, label));
        }

        pool.Add(search);
        journeys.Sort((a, b) => (a.DepartureSeconds, a.ArrivalSeconds, a.Rides, a.WalkMetres).CompareTo((b.DepartureSeconds, b.ArrivalSeconds, b.Rides, b.WalkMetres)));
        return journeys;
    }
}
