using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using SmartCity.Transit.Gtfs.Model;
using SmartCity.Transit.Vehicles.Matching;

namespace SmartCity.Transit.Live;

/// <summary>The way of a trip: its line, the stop times on it and their metres along it. Trips of one shape and the same stops share one.</summary>
/// <param name="Calls">Places among the trip's stop times: those that have a stop and a time.</param>
internal sealed record TripWay(ShapeLine Line, int[] Calls, double[] Metres);

/// <summary>The ways of a feed's trips, each made when it is first asked for.</summary>
internal sealed class TripWays(GtfsFeed feed)
{
    private readonly ConcurrentDictionary<int, ShapeLine?> _lines = new();
    private readonly ConcurrentDictionary<string, TripWay?> _ways = new(StringComparer.Ordinal);

    /// <summary>Null for a trip that no vehicle can be followed on: with fewer than two timed stops, or with none whose place is known.</summary>
    public TripWay? Of(GtfsTrip trip)
    {
        var times = feed.StopTimes;
        int[] calls = [.. Enumerable.Range(0, trip.StopTimeCount).Where(call => IsCall(times, trip.FirstStopTime + call))];
        if (calls.Length < 2)
        {
            return null;
        }

        int[] key = [trip.Shape, .. calls, .. calls.Select(call => times.Stops[trip.FirstStopTime + call]), .. calls.Select(call => BitConverter.SingleToInt32Bits(times.ShapeDistances[trip.FirstStopTime + call]))];
        return _ways.GetOrAdd(new string(MemoryMarshal.Cast<int, char>(key)), _ => Make(trip, calls));
    }

    private static bool IsCall(GtfsStopTimes times, int at)
        => times.Stops[at] >= 0 && times.ArrivalSeconds[at] != GtfsStopTimes.NoTime && times.DepartureSeconds[at] != GtfsStopTimes.NoTime;

    private TripWay? Make(GtfsTrip trip, int[] calls)
    {
        (double LatitudeDegrees, double LongitudeDegrees)?[] places = [.. calls.Select(call => PlaceOf(feed.StopTimes.Stops[trip.FirstStopTime + call]))];
        if (trip.Shape >= 0 && _lines.GetOrAdd(trip.Shape, LineOf) is { } line)
        {
            var shape = feed.Shapes[trip.Shape];
            float[] distances = [.. calls.Select(call => feed.StopTimes.ShapeDistances[trip.FirstStopTime + call])];
            var metres = (shape.DistancesTravelled is null ? null : StopMetres.ByDistance(line, shape.DistancesTravelled, StopMetres.OfPoints(line, PointsOf(shape)), distances, places))
                ?? StopMetres.ByPlace(line, places);
            if (metres is not null)
            {
                return new TripWay(line, calls, metres);
            }
        }

        return Straight(calls, places);
    }

    // A stop whose place is not known is where the stop before it is.
    private static TripWay? Straight(int[] calls, (double LatitudeDegrees, double LongitudeDegrees)?[] places)
    {
        if (Array.Find(places, static place => place is not null) is not { } before)
        {
            return null;
        }

        var points = new List<(double LatitudeDegrees, double LongitudeDegrees)>(places.Length);
        foreach (var place in places)
        {
            before = place ?? before;
            points.Add(before);
        }

        var line = new ShapeLine(points);
        return new TripWay(line, calls, StopMetres.OfPoints(line, points));
    }

    private ShapeLine? LineOf(int shape) => feed.Shapes[shape].LatitudesDegrees.Length < 2 ? null : new ShapeLine(PointsOf(feed.Shapes[shape]));

    private static (double LatitudeDegrees, double LongitudeDegrees)[] PointsOf(GtfsShape shape)
        => [.. shape.LatitudesDegrees.Zip(shape.LongitudesDegrees)];

    private (double LatitudeDegrees, double LongitudeDegrees)? PlaceOf(int stop)
    {
        var own = feed.Stops[stop];
        var known = own.HasLocation || own.Parent < 0 ? own : feed.Stops[own.Parent];
        return known.HasLocation ? (known.LatitudeDegrees, known.LongitudeDegrees) : null;
    }
}
