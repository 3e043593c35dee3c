using System.Collections.Concurrent;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Search;

/// <summary>Finds journeys. Safe for all threads: each search borrows its memory.</summary>
public sealed class Planner
{
    private readonly ConcurrentBag<(RoundSearch<Forward> Forward, RoundSearch<Backward> Backward)> _memory = [];

    /// <summary>
    /// Every journey that no other beats in all of arrival, rides and metres on foot (and departure, of a window; departure instead of
    /// arrival, of <see cref="SearchQuery.ArriveBy"/>). Of journeys that are equal in these, one; always the same.
    /// </summary>
    /// <returns>By departure, then arrival, rides and metres.</returns>
    public IReadOnlyList<Journey> Find(LiveTimetable live, SearchQuery query)
    {
        if (!_memory.TryTake(out var memory))
        {
            memory = (new RoundSearch<Forward>(), new RoundSearch<Backward>());
        }

        var journeys = query.ArriveBy ? Find(live, query, memory.Backward, memory.Forward) : Find(live, query, memory.Forward, memory.Backward);
        // Not given back when a search fails: the memory may be in any state then.
        _memory.Add(memory);
        return journeys;
    }

    private static List<Journey> Find<T, TOther>(LiveTimetable live, SearchQuery query, RoundSearch<T> search, RoundSearch<TOther> other)
        where T : struct, IDirection
        where TOther : struct, IDirection
    {
        search.Run(live, query, Bounds(live, query, search, other));
        var journeys = new List<Journey>(search.Found.Length);
        var assembly = new JourneyAssembly(live.Timetable.Parts, query, [.. query.Days.Select(day => live.View(day.Day))]);
        foreach (var label in search.Found)
        {
            journeys.Add(assembly.Make(search.Labels, label));
        }

        journeys.Sort((a, b) => (a.DepartureSeconds, a.ArrivalSeconds, a.Rides, a.WalkMetres).CompareTo((b.DepartureSeconds, b.ArrivalSeconds, b.Rides, b.WalkMetres)));
        return journeys;
    }

    /// <summary>
    /// Which labels can lead to an answer is found first, by two quick searches without regard to walking: how soon each stop is reached, and
    /// from when on the end is out of reach (bounded McRAPTOR: Delling, Dibbelt, Pajor: Fast and Exact Public Transit Routing with Restricted
    /// Pareto Sets).
    /// </summary>
    private static SearchPass Bounds<T, TOther>(LiveTimetable live, SearchQuery query, RoundSearch<T> search, RoundSearch<TOther> other)
        where T : struct, IDirection
        where TOther : struct, IDirection
    {
        if (query.SlackSeconds is not { } slack || !query.LessWalking)
        {
            return SearchPass.Unbounded;
        }

        var begin = T.Forward ? query.TimeSeconds : -query.TimeSeconds;
        var plain = query with { LessWalking = false, WindowSeconds = null, DirectWalkMetres = null };
        var latest = begin + query.MaximumSeconds;
        if (query.WindowSeconds is { } window)
        {
            // Who leaves last arrives last.
            search.Run(live, plain with { TimeSeconds = T.Forward ? begin + window : -(begin + window) }, SearchPass.Unbounded);
            latest = search.FirstEnd == SearchQuery.Far ? latest + window : Math.Min(latest + window, search.FirstEnd + slack);
            plain = plain with { MaximumSeconds = latest - begin };
            search.Run(live, plain, new SearchPass(latest, Scouts: true));
        }
        else
        {
            search.Run(live, plain, new SearchPass(latest, Scouts: true, SlackSeconds: slack));
            latest = Math.Min(latest, search.FirstEnd + slack);
        }

        other.Run(
            live,
            plain with { ArriveBy = !query.ArriveBy, TimeSeconds = T.Forward ? latest : -latest, MaximumSeconds = latest - begin },
            new SearchPass(SearchQuery.Far, search, Scouts: true));
        return new SearchPass(latest, other);
    }
}
