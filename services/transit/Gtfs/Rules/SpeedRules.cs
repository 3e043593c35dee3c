using System.Globalization;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>Trips that would have to go faster than their vehicles can: a wrong time, or a stop in a wrong place.</summary>
internal sealed class SpeedRules : IFeedRule
{
    private const double FarKilometres = 10;

    public void Check(RuleContext context)
    {
        for (var index = 0; index < context.Feed.Trips.Count; index++)
        {
            CheckTrip(context, context.Feed.Trips[index]);
        }
    }

    private static void CheckTrip(RuleContext context, GtfsTrip trip)
    {
        var times = context.Feed.StopTimes;
        var mostKilometresPerHour = MostKilometresPerHour(trip.Route < 0 ? 3 : context.Feed.Routes[trip.Route].Type);
        var (start, last) = (-1, -1);
        var kilometresSinceStart = 0.0;
        for (var at = trip.FirstStopTime; at < trip.EndStopTime; at++)
        {
            if (PointOf(context.Feed, at) is not { } point)
            {
                continue;
            }

            if (last >= 0)
            {
                var kilometres = PointOf(context.Feed, last)!.Value.MetresTo(point) / 1000;
                kilometresSinceStart += kilometres;
                Compare(context, "fast_travel_between_consecutive_stops", last, at, kilometres, mostKilometresPerHour);
            }

            last = at;
            if (start >= 0 && kilometresSinceStart > FarKilometres)
            {
                Compare(context, "fast_travel_between_far_stops", start, at, kilometresSinceStart, mostKilometresPerHour);
            }

            if ((start < 0 || kilometresSinceStart > FarKilometres) && times.DepartureSeconds[at] != GtfsStopTimes.NoTime)
            {
                (start, kilometresSinceStart) = (at, 0);
            }
        }
    }

    private static void Compare(RuleContext context, string code, int from, int to, double kilometres, double mostKilometresPerHour)
    {
        var times = context.Feed.StopTimes;
        if (times.DepartureSeconds[from] == GtfsStopTimes.NoTime || times.ArrivalSeconds[to] == GtfsStopTimes.NoTime)
        {
            return;
        }

        var speed = kilometres / (SecondsBetween(times.DepartureSeconds[from], times.ArrivalSeconds[to]) / 3600.0);
        if (speed > mostKilometresPerHour)
        {
            context.Notices.Add(code, "stop_times.txt", context.Lines.StopTimes[to], "arrival_time", StopTimeRules.Clock(times.ArrivalSeconds[to]),
                context.Notices.IsFull(code) ? null : string.Create(CultureInfo.InvariantCulture, $"{speed:0} km/h, {kilometres:0.0} km"));
        }
    }

    // Times of whole minutes may each be half a minute off.
    private static int SecondsBetween(int departure, int arrival)
        => arrival <= departure ? 60 : arrival - departure + (arrival % 60 == 0 && departure % 60 == 0 ? 60 : 0);

    private static GeoPoint? PointOf(GtfsFeed feed, int stopTime)
        => feed.StopTimes.Stops[stopTime] is >= 0 and var stop && feed.Stops[stop] is { HasLocation: true } place ? new GeoPoint(place.LatitudeDegrees, place.LongitudeDegrees) : null;

    // As fast as the canonical validator believes of each route_type.
    private static double MostKilometresPerHour(int routeType) => routeType switch
    {
        0 => 100,
        2 => 500,
        1 or 3 or 11 or 12 => 150,
        4 => 80,
        5 => 30,
        6 or 7 => 50,
        _ => 200,
    };
}
