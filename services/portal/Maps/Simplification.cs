using System.Runtime.InteropServices;

namespace SmartCity.Portal.Maps;

/// <summary>A point of the drawing, in its units; y grows downwards.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DrawingPoint(double X, double Y);

/// <summary>Leaves out points that nobody would see (Ramer–Douglas–Peucker), so that a map weighs little.</summary>
internal static class Simplification
{
    /// <param name="tolerance">Greatest distance between the old and the new line, in drawing units.</param>
    public static IReadOnlyList<DrawingPoint> Simplify(IReadOnlyList<DrawingPoint> line, double tolerance)
    {
        if (line.Count < 3)
        {
            return line;
        }

        var keep = new bool[line.Count];
        keep[0] = keep[^1] = true;
        var open = new Stack<(int First, int Last)>();
        // A ring ends where it begins: cut it at its far side, or the first chord has no direction.
        var far = Farthest(line, 0, line.Count - 1).Index;
        keep[far] = true;
        open.Push((0, far));
        open.Push((far, line.Count - 1));
        while (open.TryPop(out var span))
        {
            var (index, distance) = Farthest(line, span.First, span.Last);
            if (distance > tolerance)
            {
                keep[index] = true;
                open.Push((span.First, index));
                open.Push((index, span.Last));
            }
        }

        return line.Where((_, index) => keep[index]).ToList();
    }

    private static (int Index, double Distance) Farthest(IReadOnlyList<DrawingPoint> line, int first, int last)
    {
        var (best, bestDistance) = (first, -1.0);
        for (var index = first + 1; index < last; index++)
        {
            var distance = Distance(line[index], line[first], line[last]);
            if (distance > bestDistance)
            {
                (best, bestDistance) = (index, distance);
            }
        }

        return (best, bestDistance);
    }

    private static double Distance(DrawingPoint point, DrawingPoint start, DrawingPoint end)
    {
        var (dx, dy) = (end.X - start.X, end.Y - start.Y);
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        return length == 0
            ? Math.Sqrt(Math.Pow(point.X - start.X, 2) + Math.Pow(point.Y - start.Y, 2))
            : Math.Abs((dx * (point.Y - start.Y)) - (dy * (point.X - start.X))) / length;
    }
}
