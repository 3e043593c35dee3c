using SmartCity.Transit.Planning.Timetables;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>The calls of a run by the places that real time knows them by.</summary>
/// <param name="trip">Of the feed.</param>
/// <param name="plan">Places are of its stops; null: they are the calls themselves.</param>
internal sealed class RunCalls(PlannedFeed feed, int trip, DateOnly day, TripPlan? plan)
{
    private readonly int _count = feed.CallCount(trip);

    public HashSet<int> Of(IEnumerable<int> places) => [.. places.Select(CallOf).Where(call => call >= 0)];

    /// <summary>Calls that the vehicle has left behind.</summary>
    public HashSet<int> Before(int place) => Of(Enumerable.Range(0, place));

    /// <summary>The delays that a report predicts; a call without a prediction is as late as the one ahead of it.</summary>
    public TripUpdate Delay(TripUpdate update, TripReport report)
    {
        if (report.Stops.Length == 0)
        {
            return update;
        }

        var (arrivals, departures) = (new int?[_count], new int?[_count]);
        var times = feed.Feed.StopTimes;
        foreach (var prediction in report.Stops)
        {
            if (CallOf(prediction.StopIndex) is >= 0 and var call)
            {
                var stopTime = feed.StopTimeOf(trip, call);
                arrivals[call] = Late(prediction.Arrival, times.ArrivalSeconds[stopTime]);
                departures[call] = Late(prediction.Departure, times.DepartureSeconds[stopTime]);
            }
        }

        var late = 0;
        var (arrivalDelays, departureDelays) = (new int[_count], new int[_count]);
        for (var call = 0; call < _count; call++)
        {
            arrivalDelays[call] = late = arrivals[call] ?? late;
            departureDelays[call] = late = departures[call] ?? late;
        }

        return update with { ArrivalDelaySeconds = arrivalDelays, DepartureDelaySeconds = departureDelays };
    }

    private int Late(DateTimeOffset at, int scheduledSeconds)
        => (int)Math.Clamp(Math.Round((at - feed.Live.Days.StartOf(day)).TotalSeconds - scheduledSeconds), -86_400, 86_400);

    private int CallOf(int place)
    {
        if (plan is null)
        {
            return (uint)place < (uint)_count ? place : -1;
        }

        if ((uint)place >= (uint)plan.Stops.Count)
        {
            return -1;
        }

        var sequence = plan.Stops[place].StopSequence;
        // Mostly the same place; a few trips have stop times that are no calls.
        for (var call = Math.Min(place, _count - 1); call >= 0; call--)
        {
            if (feed.Feed.StopTimes.Sequences[feed.StopTimeOf(trip, call)] == sequence)
            {
                return call;
            }
        }

        return -1;
    }
}
