using System.Globalization;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>Stops and the shapes of the trips that stop there.</summary>
internal sealed class ShapeMatchRules : IFeedRule
{
    private const double FarMetres = 100;
    private const double EndMetres = 11.1;
    private const double MetresOfDegree = 111_195;

    public void Check(RuleContext context)
    {
        var checkedPairs = new HashSet<(int Shape, int Stop)>();
        var withoutDistances = new HashSet<int>();
        foreach (var trip in context.Feed.Trips.Where(trip => trip is { Shape: >= 0, StopTimeCount: > 0 }))
        {
            var shape = context.Feed.Shapes[trip.Shape];
            for (var at = trip.FirstStopTime; at < trip.EndStopTime; at++)
            {
                if (context.Feed.StopTimes.Stops[at] is >= 0 and var stop && checkedPairs.Add((trip.Shape, stop)))
                {
                    CheckDistance(context, shape, stop, at);
                }

                if (shape.DistancesTravelled is null && !float.IsNaN(context.Feed.StopTimes.ShapeDistances[at]) && withoutDistances.Add(trip.Shape))
                {
                    context.Notices.Add("trip_with_shape_dist_traveled_but_no_shape_distances", "stop_times.txt", context.Lines.StopTimes[at], "shape_dist_traveled", null, shape.Id);
                }
            }

            CheckEnd(context, trip, shape);
        }
    }

    private static void CheckDistance(RuleContext context, GtfsShape shape, int stop, int stopTime)
    {
        var place = context.Feed.Stops[stop];
        if (!place.HasLocation)
        {
            return;
        }

        var metres = MetresToLine(shape, place.LatitudeDegrees, place.LongitudeDegrees);
        if (metres > FarMetres)
        {
            context.Notices.Add("stop_too_far_from_shape", "stop_times.txt", context.Lines.StopTimes[stopTime], "stop_id", place.Id,
                string.Create(CultureInfo.InvariantCulture, $"{metres:0} m, shape_id {shape.Id}"));
        }
    }

    private static void CheckEnd(RuleContext context, GtfsTrip trip, GtfsShape shape)
    {
        var last = trip.EndStopTime - 1;
        if (shape.DistancesTravelled is not { } distances || context.Feed.StopTimes.Stops[last] < 0 || distances.Max() is var whole && whole <= 0
            || !(context.Feed.StopTimes.ShapeDistances[last] > (float)distances.Max()))
        {
            return;
        }

        var end = Array.IndexOf(distances, distances.Max());
        var stop = context.Feed.Stops[context.Feed.StopTimes.Stops[last]];
        var metres = stop.HasLocation
            ? new GeoPoint(shape.LatitudesDegrees[end], shape.LongitudesDegrees[end]).MetresTo(new GeoPoint(stop.LatitudeDegrees, stop.LongitudeDegrees))
            : double.MaxValue;
        context.Notices.Add(metres > EndMetres ? "trip_distance_exceeds_shape_distance" : "trip_distance_exceeds_shape_distance_below_threshold", "stop_times.txt",
            context.Lines.StopTimes[last], "shape_dist_traveled", context.Feed.StopTimes.ShapeDistances[last].ToString(CultureInfo.InvariantCulture),
            distances.Max().ToString(CultureInfo.InvariantCulture));
    }

    // On a plane that touches the Earth at the stop: exact enough for some hundred metres.
    private static double MetresToLine(GtfsShape shape, double latitude, double longitude)
    {
        var scale = Math.Cos(latitude * Math.PI / 180) * MetresOfDegree;
        var nearest = double.MaxValue;
        var (fromX, fromY) = (0.0, 0.0);
        for (var point = 0; point < shape.LatitudesDegrees.Length; point++)
        {
            var (x, y) = ((shape.LongitudesDegrees[point] - longitude) * scale, (shape.LatitudesDegrees[point] - latitude) * MetresOfDegree);
            nearest = Math.Min(nearest, point == 0 ? (x * x) + (y * y) : SquareToSegment(fromX, fromY, x, y));
            (fromX, fromY) = (x, y);
        }

        return Math.Sqrt(nearest);
    }

    private static double SquareToSegment(double fromX, double fromY, double toX, double toY)
    {
        var (x, y) = (toX - fromX, toY - fromY);
        var length = (x * x) + (y * y);
        var share = length == 0 ? 0 : Math.Clamp(-((fromX * x) + (fromY * y)) / length, 0, 1);
        var (nearX, nearY) = (fromX + (share * x), fromY + (share * y));
        return (nearX * nearX) + (nearY * nearY);
    }
}
