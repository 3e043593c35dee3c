using SmartCity.Transit.Vehicles.Matching;

namespace SmartCity.Transit.Live;

/// <summary>Where along a line the stops of a trip are, in metres that never fall.</summary>
internal static class StopMetres
{
    /// <summary>Stops that are further from their shape on average tell that it is another trip's.</summary>
    private const double FurthestMeanMetres = 300;

    /// <summary>A stop that <c>shape_dist_traveled</c> puts further from where it is was measured in another unit.</summary>
    private const double FurthestByDistanceMetres = 250;

    /// <summary>Metres of each point of a shape, as <see cref="ShapeLine"/> counts them.</summary>
    public static double[] OfPoints(ShapeLine line, IReadOnlyList<(double LatitudeDegrees, double LongitudeDegrees)> points)
    {
        var along = new double[points.Count];
        var (x, y) = line.ToMetres(points[0].LatitudeDegrees, points[0].LongitudeDegrees);
        for (var index = 1; index < points.Count; index++)
        {
            var (nextX, nextY) = line.ToMetres(points[index].LatitudeDegrees, points[index].LongitudeDegrees);
            var step = Math.Sqrt(((nextX - x) * (nextX - x)) + ((nextY - y) * (nextY - y)));
            along[index] = along[index - 1];
            if (step >= 0.01)
            {
                along[index] += step;
                (x, y) = (nextX, nextY);
            }
        }

        return along;
    }

    /// <summary>By <c>shape_dist_traveled</c>; null where it is missing, falls, or leads elsewhere than to the stops.</summary>
    /// <param name="travelled">Of each point of the shape, in the feed's unit.</param>
    /// <param name="pointMetres">Of <see cref="OfPoints"/>.</param>
    public static double[]? ByDistance(
        ShapeLine line, double[]? travelled, double[] pointMetres, IReadOnlyList<float> stopDistances, IReadOnlyList<(double LatitudeDegrees, double LongitudeDegrees)?> places)
    {
        if (travelled is null || stopDistances.Any(float.IsNaN))
        {
            return null;
        }

        var metres = new double[stopDistances.Count];
        var point = 0;
        for (var stop = 0; stop < metres.Length; stop++)
        {
            while (point + 2 < travelled.Length && travelled[point + 1] < stopDistances[stop])
            {
                point++;
            }

            var length = travelled[point + 1] - travelled[point];
            var share = length <= 0 ? 0 : Math.Clamp((stopDistances[stop] - travelled[point]) / length, 0, 1);
            metres[stop] = pointMetres[point] + (share * (pointMetres[point + 1] - pointMetres[point]));
            if ((stop > 0 && metres[stop] < metres[stop - 1]) || (places[stop] is { } place && Apart(line, line.At(metres[stop]), place) > FurthestByDistanceMetres))
            {
                return null;
            }
        }

        return metres;
    }

    /// <summary>
    /// By the nearest places on the line that follow one another: of all of them those whose squared distances are the least together,
    /// so that a line which passes a stop twice takes it the right time. Null where the stops do not follow one another along it.
    /// </summary>
    public static double[]? ByPlace(ShapeLine line, IReadOnlyList<(double LatitudeDegrees, double LongitudeDegrees)?> places)
    {
        if (line.Segments == 0 || places.Any(static place => place is null))
        {
            return null;
        }

        var (stops, segments) = (places.Count, line.Segments);
        var along = new double[stops, segments];
        var origin = new int[stops, segments];
        var costs = new double[segments];
        for (var stop = 0; stop < stops; stop++)
        {
            var (east, north) = line.ToMetres(places[stop]!.Value.LatitudeDegrees, places[stop]!.Value.LongitudeDegrees);
            var former = costs;
            costs = new double[segments];
            var (next, best, bestCost) = (0, -1, double.PositiveInfinity);
            for (var segment = 0; segment < segments; segment++)
            {
                var (off, at) = line.Project(segment, east, north);
                along[stop, segment] = at;
                while (stop > 0 && next < segments && along[stop - 1, next] <= at)
                {
                    (best, bestCost) = former[next] < bestCost ? (next, former[next]) : (best, bestCost);
                    next++;
                }

                origin[stop, segment] = best;
                costs[segment] = (off * off) + (stop == 0 ? 0 : bestCost);
            }
        }

        var last = Array.IndexOf(costs, costs.Min());
        return costs[last] > FurthestMeanMetres * FurthestMeanMetres * stops ? null : Follow(along, origin, last);
    }

    private static double[] Follow(double[,] along, int[,] origin, int last)
    {
        var metres = new double[along.GetLength(0)];
        for (var stop = metres.Length - 1; stop >= 0; stop--)
        {
            metres[stop] = along[stop, last];
            last = origin[stop, last];
        }

        return metres;
    }

    private static double Apart(ShapeLine line, (double LatitudeDegrees, double LongitudeDegrees) one, (double LatitudeDegrees, double LongitudeDegrees) other)
    {
        var (x, y) = line.ToMetres(one.LatitudeDegrees, one.LongitudeDegrees);
        var (toX, toY) = line.ToMetres(other.LatitudeDegrees, other.LongitudeDegrees);
        return Math.Sqrt(((toX - x) * (toX - x)) + ((toY - y) * (toY - y)));
    }
}
