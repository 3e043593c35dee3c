using SmartCity.Transit.Gtfs.Model;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>Adds a feed's trips with their calls and frequencies.</summary>
internal sealed class FeedTrips(TimetableBuilder builder, GtfsFeed feed, int[] stopNumbers, int firstService)
{
    private readonly Dictionary<int, int[]> _stopTimes = [];
    private readonly List<int> _kept = [];
    private readonly List<StopCall> _calls = [];

    /// <summary>Trips without two timed calls in order, such as those that only serve on-demand areas.</summary>
    public int WithoutCalls { get; private set; }

    /// <summary>Every trip, so that indices stay in step; one that can't be ridden has no calls.</summary>
    public IReadOnlyDictionary<int, int[]> Add()
    {
        for (var trip = 0; trip < feed.Trips.Count; trip++)
        {
            Add(trip, feed.Trips[trip]);
        }

        return _stopTimes;
    }

    private void Add(int index, GtfsTrip trip)
    {
        Gather(trip);
        var frequencies = trip.Frequencies.Select(each => feed.Frequencies[each]).ToList();
        if (_calls.Count < 2 || !IsInOrder())
        {
            _calls.Clear();
            _kept.Clear();
            frequencies.Clear();
            WithoutCalls++;
        }

        if (_kept.Count != trip.StopTimeCount)
        {
            _stopTimes[index] = [.. _kept];
        }

        var number = builder.AddTrip(
            trip.Route, firstService + trip.Service, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_calls), (Accessibility)trip.Wheelchair);
        foreach (var frequency in frequencies)
        {
            builder.AddFrequency(number, frequency.StartSeconds, frequency.EndSeconds, frequency.HeadwaySeconds, frequency.IsExact);
        }
    }

    /// <summary>The calls at stops; windows in which vehicles come when they are ordered are none.</summary>
    private void Gather(GtfsTrip trip)
    {
        _calls.Clear();
        _kept.Clear();
        var times = feed.StopTimes;
        for (var at = trip.FirstStopTime; at < trip.EndStopTime; at++)
        {
            if (times.Stops[at] is >= 0 and var stop && stopNumbers[stop] is >= 0 and var number && !feed.Flex.StopTimes.ContainsKey(at))
            {
                _kept.Add(at);
                _calls.Add(new StopCall(
                    number, times.ArrivalSeconds[at], times.DepartureSeconds[at], (BoardingRule)times.PickupTypes[at], (BoardingRule)times.DropOffTypes[at]));
            }
        }
    }

    private bool IsInOrder()
    {
        var last = 0;
        foreach (var call in _calls)
        {
            if (call.ArrivalSeconds == StopCall.NoTime)
            {
                continue;
            }

            if (call.ArrivalSeconds < last || call.DepartureSeconds < call.ArrivalSeconds || call.DepartureSeconds > TimetableBuilder.LatestSeconds)
            {
                return false;
            }

            last = call.DepartureSeconds;
        }

        return _calls[0].ArrivalSeconds != StopCall.NoTime && _calls[^1].ArrivalSeconds != StopCall.NoTime;
    }
}
