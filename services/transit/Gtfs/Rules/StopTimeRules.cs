using System.Globalization;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>The stop times of each trip in their order.</summary>
internal sealed class StopTimeRules : IFeedRule
{
    private const string File = "stop_times.txt";

    public void Check(RuleContext context)
    {
        for (var index = 0; index < context.Feed.Trips.Count; index++)
        {
            var trip = context.Feed.Trips[index];
            if (trip.StopTimeCount == 0)
            {
                if (context.IsComplete(File))
                {
                    context.Notices.Add("unused_trip", "trips.txt", context.Lines.Trips[index], "trip_id", trip.Id);
                    context.Notices.Add("unusable_trip", "trips.txt", context.Lines.Trips[index], "trip_id", trip.Id);
                }

                continue;
            }

            if (trip.StopTimeCount == 1 && context.IsComplete(File))
            {
                CheckSingle(context, trip, index);
            }

            CheckEdge(context, trip, trip.FirstStopTime);
            CheckEdge(context, trip, trip.EndStopTime - 1);
            CheckOrder(context, trip);
        }
    }

    private static void CheckSingle(RuleContext context, GtfsTrip trip, int index)
    {
        // A ride within one area starts and ends there: it needs the area twice.
        var isFlex = context.Feed.Flex.StopTimes.TryGetValue(trip.FirstStopTime, out var flex) && (flex.Zone >= 0 || flex.Group >= 0);
        if (isFlex)
        {
            context.Notices.Add("missing_stop_times_record", File, context.Lines.StopTimes[trip.FirstStopTime], "trip_id", trip.Id);
        }

        context.Notices.Add("unusable_trip", "trips.txt", context.Lines.Trips[index], "trip_id", trip.Id);
    }

    private static void CheckEdge(RuleContext context, GtfsTrip trip, int at)
    {
        var times = context.Feed.StopTimes;
        if (context.Feed.Flex.StopTimes.TryGetValue(at, out var flex) && (flex.WindowStartSeconds ?? flex.WindowEndSeconds) is not null)
        {
            return;
        }

        if (times.ArrivalSeconds[at] == GtfsStopTimes.NoTime)
        {
            context.Notices.Add("missing_trip_edge", File, context.Lines.StopTimes[at], "arrival_time", null, trip.Id);
        }

        if (times.DepartureSeconds[at] == GtfsStopTimes.NoTime)
        {
            context.Notices.Add("missing_trip_edge", File, context.Lines.StopTimes[at], "departure_time", null, trip.Id);
        }
    }

    private static void CheckOrder(RuleContext context, GtfsTrip trip)
    {
        var times = context.Feed.StopTimes;
        var (departed, distance) = (-1, float.NaN);
        for (var at = trip.FirstStopTime; at < trip.EndStopTime; at++)
        {
            if (times.ArrivalSeconds[at] != GtfsStopTimes.NoTime && departed >= 0 && times.ArrivalSeconds[at] < times.DepartureSeconds[departed])
            {
                context.Notices.Add("stop_time_with_arrival_before_previous_departure_time", File, context.Lines.StopTimes[at], "arrival_time",
                    Clock(times.ArrivalSeconds[at]), $"{Clock(times.DepartureSeconds[departed])}, trip_id {trip.Id}");
            }

            departed = times.DepartureSeconds[at] != GtfsStopTimes.NoTime ? at : departed;
            if (!float.IsNaN(times.ShapeDistances[at]))
            {
                if (times.ShapeDistances[at] <= distance)
                {
                    context.Notices.Add("decreasing_or_equal_stop_time_distance", File, context.Lines.StopTimes[at], "shape_dist_traveled",
                        times.ShapeDistances[at].ToString(CultureInfo.InvariantCulture), distance.ToString(CultureInfo.InvariantCulture));
                }

                distance = times.ShapeDistances[at];
            }
        }
    }

    internal static string Clock(int seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}:{seconds / 60 % 60:00}:{seconds % 60:00}");
}
