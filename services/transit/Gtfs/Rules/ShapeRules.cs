using System.Globalization;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>shapes.txt by itself: order of distances, use.</summary>
internal sealed class ShapeRules : IFeedRule
{
    private const string File = "shapes.txt";
    private const double SamePlaceMetres = 1.11;

    public void Check(RuleContext context)
    {
        var used = new bool[context.Feed.Shapes.Count];
        foreach (var trip in context.Feed.Trips.Where(trip => trip.Shape >= 0))
        {
            used[trip.Shape] = true;
        }

        for (var index = 0; index < used.Length; index++)
        {
            var shape = context.Feed.Shapes[index];
            var lines = context.Lines.Shapes[index];
            if (!used[index] && context.IsComplete("trips.txt"))
            {
                context.Notices.Add("unused_shape", File, lines[0], "shape_id", shape.Id);
            }

            if (shape.LatitudesDegrees.Length == 1)
            {
                context.Notices.Add("single_shape_point", File, lines[0], "shape_id", shape.Id);
            }

            if (shape.DistancesTravelled is { } distances)
            {
                for (var point = 1; point < distances.Length; point++)
                {
                    CheckPair(context, shape, distances, point, lines[point]);
                }
            }
        }
    }

    private static void CheckPair(RuleContext context, GtfsShape shape, double[] distances, int point, int line)
    {
        if (distances[point] > distances[point - 1])
        {
            return;
        }

        var metres = new GeoPoint(shape.LatitudesDegrees[point], shape.LongitudesDegrees[point])
            .MetresTo(new GeoPoint(shape.LatitudesDegrees[point - 1], shape.LongitudesDegrees[point - 1]));
        var code = distances[point] < distances[point - 1] ? "decreasing_shape_distance"
            : metres == 0 ? "equal_shape_distance_same_coordinates"
            : metres < SamePlaceMetres ? "equal_shape_distance_diff_coordinates_distance_below_threshold" : "equal_shape_distance_diff_coordinates";
        context.Notices.Add(code, File, line, "shape_dist_traveled", distances[point].ToString(CultureInfo.InvariantCulture), shape.Id);
    }
}
