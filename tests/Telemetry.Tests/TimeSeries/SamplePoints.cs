using SmartCity.Telemetry.TimeSeries;

namespace SmartCity.Telemetry.Tests.TimeSeries;

/// <summary>Points of made-up series.</summary>
internal static class SamplePoints
{
    /// <summary>Ordered by time, at odd distances.</summary>
    public static Point[] Of(Random random, int count, Func<int, double> value)
    {
        var points = new Point[count];
        long[] units = [1, 1_000, 1_000_000, 60_000_000];
        var (t, unit) = (random.NextInt64(0, 2_000_000_000_000_000) / 60_000_000 * 60_000_000, units[random.Next(units.Length)]);
        for (var index = 0; index < count; index++)
        {
            t += unit * random.Next(1, 100);
            points[index] = new Point(t, value(index), t + random.Next(-5_000_000, 5_000_000));
        }

        return points;
    }
}
