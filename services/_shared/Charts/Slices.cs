namespace SmartCity.Charts;

/// <summary>Fewer slices for a small frame, and where a series has gaps.</summary>
public static class Slices
{
    /// <summary>Slices of at least the given width: no lowest or highest value is lost, and no gap that is as wide is closed.</summary>
    /// <param name="slices">In the order of time.</param>
    /// <param name="width">A multiple of their width; they begin at its multiples since midnight in Japan.</param>
    public static IReadOnlyList<Slice> Coarsen(IReadOnlyList<Slice> slices, TimeSpan width)
    {
        var coarse = new List<Slice>();
        foreach (var slice in slices)
        {
            var start = StartOf(slice.At, width);
            if (coarse.Count == 0 || coarse[^1].At != start)
            {
                coarse.Add(slice with { At = start });
                continue;
            }

            var before = coarse[^1];
            var count = before.Count + slice.Count;
            coarse[^1] = new Slice(
                start, Math.Min(before.Lowest, slice.Lowest), Math.Max(before.Highest, slice.Highest),
                ((before.Mean * before.Count) + (slice.Mean * slice.Count)) / count, slice.Last, count);
        }

        return coarse;
    }

    /// <summary>How far two slices of one line may be apart: a missing one breaks it, judged by how often this device usually reports.</summary>
    public static TimeSpan LongestStep(IReadOnlyList<Slice> slices, TimeSpan width)
    {
        if (slices.Count < 3)
        {
            return width * 1.5;
        }

        var steps = slices.Skip(1).Select((slice, index) => slice.At - slices[index].At).Order().ToList();
        var usual = steps[steps.Count / 2];
        return (usual > width ? usual : width) * 1.5;
    }

    private static DateTimeOffset StartOf(DateTimeOffset at, TimeSpan width)
    {
        var local = at.ToOffset(TimeSpan.FromHours(9));
        return local.AddTicks(-(local.DateTime.Ticks % width.Ticks));
    }
}
