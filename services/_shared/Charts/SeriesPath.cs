using System.Globalization;
using System.Text;

namespace SmartCity.Charts;

/// <summary>SVG path data of a series.</summary>
public static class SeriesPath
{
    /// <summary>A line through the means (or what <paramref name="value"/> says), broken at gaps. A slice alone is a dot.</summary>
    /// <param name="longestStep">Slices farther apart are not connected; null connects all.</param>
    public static string Line(IReadOnlyList<Slice> slices, TimeAxis times, ValueAxis values, TimeSpan? longestStep, Func<Slice, double>? value = null)
    {
        var path = new StringBuilder();
        foreach (var run in Runs(slices, longestStep))
        {
            var letter = 'M';
            foreach (var slice in run)
            {
                path.Append(CultureInfo.InvariantCulture, $"{letter}{times.X(slice.At):0.#} {values.Y(value is null ? slice.Mean : value(slice)):0.#}");
                letter = 'L';
            }

            // With round line ends this is a dot; a path of one point is nothing.
            path.Append(run.Count == 1 ? "h.01" : "");
        }

        return path.ToString();
    }

    /// <summary>The area between the lowest and the highest values, broken at gaps.</summary>
    public static string Band(IReadOnlyList<Slice> slices, TimeAxis times, ValueAxis values, TimeSpan? longestStep)
    {
        var path = new StringBuilder();
        foreach (var run in Runs(slices, longestStep))
        {
            var letter = 'M';
            foreach (var (slice, y) in run.Select(slice => (slice, slice.Highest)).Concat(run.AsEnumerable().Reverse().Select(slice => (slice, slice.Lowest))))
            {
                path.Append(CultureInfo.InvariantCulture, $"{letter}{times.X(slice.At):0.#} {values.Y(y):0.#}");
                letter = 'L';
            }

            path.Append('Z');
        }

        return path.ToString();
    }

    /// <summary>Every reading's peak however many share a column of pixels: first, lowest, highest, last of each column.</summary>
    /// <param name="readings">In the order of time.</param>
    public static string Columns(IEnumerable<(DateTimeOffset At, double Value)> readings, TimeAxis times, ValueAxis values)
    {
        var path = new StringBuilder();
        var letter = 'M';
        foreach (var column in ByColumn(readings, times))
        {
            foreach (var value in new[] { column.First, column.Lowest, column.Highest, column.Last }.Distinct())
            {
                path.Append(CultureInfo.InvariantCulture, $"{letter}{column.X} {values.Y(value):0.#}");
                letter = 'L';
            }
        }

        return path.ToString();
    }

    private static IEnumerable<(int X, double First, double Lowest, double Highest, double Last)> ByColumn(IEnumerable<(DateTimeOffset At, double Value)> readings, TimeAxis times)
    {
        (int X, double First, double Lowest, double Highest, double Last)? column = null;
        foreach (var (at, value) in readings)
        {
            var x = (int)times.X(at);
            if (column is { } open && open.X == x)
            {
                column = (x, open.First, Math.Min(open.Lowest, value), Math.Max(open.Highest, value), value);
                continue;
            }

            if (column is { } done)
            {
                yield return done;
            }

            column = (x, value, value, value, value);
        }

        if (column is { } end)
        {
            yield return end;
        }
    }

    private static IEnumerable<List<Slice>> Runs(IReadOnlyList<Slice> slices, TimeSpan? longestStep)
    {
        var run = new List<Slice>();
        foreach (var slice in slices)
        {
            if (run.Count > 0 && slice.At - run[^1].At > longestStep)
            {
                yield return run;
                run = [];
            }

            run.Add(slice);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
