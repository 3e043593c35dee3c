using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>Where a feed's stops, trips and calls stand in the town's timetable.</summary>
/// <param name="StopNumbers">By the feed's stop: its index in the timetable, or -1 where no vehicle calls.</param>
/// <param name="FirstTrip">The feed's trips follow one another from this index on.</param>
/// <param name="StopTimes">Stop times of the calls of those trips that have others too, such as on-demand windows; by the feed's trip.</param>
internal sealed record PlannedFeed(LiveFeed Live, int[] StopNumbers, int FirstTrip, IReadOnlyDictionary<int, int[]> StopTimes)
{
    private readonly ILookup<int, int> _children = Enumerable.Range(0, StopNumbers.Length)
        .Where(stop => Live.Feed.Stops[stop].Parent >= 0 && StopNumbers[stop] >= 0)
        .ToLookup(stop => Live.Feed.Stops[stop].Parent, stop => StopNumbers[stop]);

    public GtfsFeed Feed => Live.Feed;

    /// <summary>What a place of any kind stands for: itself, the stops of its station, or the stop that it is a part of.</summary>
    public int[] StopsOf(int stop)
    {
        if (StopNumbers[stop] is >= 0 and var number)
        {
            return [number];
        }

        var place = Feed.Stops[stop];
        if (place.LocationType == GtfsLocationType.Station)
        {
            return [.. _children[stop]];
        }

        return place.Parent >= 0 ? StopsOf(place.Parent) : [];
    }

    /// <summary>Index of the stop time of a call.</summary>
    /// <param name="trip">Of the feed.</param>
    public int StopTimeOf(int trip, int call) => StopTimes.TryGetValue(trip, out var own) ? own[call] : Feed.Trips[trip].FirstStopTime + call;

    /// <summary>How many calls the timetable has of a trip.</summary>
    public int CallCount(int trip) => StopTimes.TryGetValue(trip, out var own) ? own.Length : Feed.Trips[trip].StopTimeCount;
}
