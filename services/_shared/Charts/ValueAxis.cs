namespace SmartCity.Charts;

/// <summary>Round values from the bottom of the plot to its top.</summary>
public sealed class ValueAxis
{
    /// <summary>Where nothing changes, there is still a line to draw on.</summary>
    private const double SmallestSpan = 1e-6;
    private const double LargestValue = 1e300;

    private readonly ChartFrame _frame;

    private ValueAxis(ChartFrame frame, double lowest, double step, int steps)
    {
        (_frame, Lowest, Step, Steps) = (frame, lowest, step, steps);
    }

    public double Lowest { get; }

    public double Step { get; }

    public int Steps { get; }

    /// <summary>Decimals that tell one tick from the next.</summary>
    public int Decimals => Math.Max(0, -(int)Math.Floor(Math.Log10(Step) + 1e-9));

    public IEnumerable<double> Ticks => Enumerable.Range(0, Steps + 1).Select(index => Math.Round(Lowest + (index * Step), 9));

    /// <summary>The axis whose round values enclose the given ones.</summary>
    public static ValueAxis Of(ChartFrame frame, double lowest, double highest)
    {
        // Beside the largest values a span is no number; beside a large one a small span is lost in its digits.
        (lowest, highest) = (Math.Clamp(lowest, -LargestValue, LargestValue), Math.Clamp(highest, -LargestValue, LargestValue));
        var least = Math.Max(SmallestSpan, Math.Max(Math.Abs(lowest), Math.Abs(highest)) * 1e-9);
        var step = RoundStep(Math.Max(highest - lowest, least) / 4);
        var bottom = Math.Floor(lowest / step) * step;
        return new ValueAxis(frame, bottom, step, Math.Max(1, (int)Math.Ceiling(((highest - bottom) / step) - 1e-9)));
    }

    /// <summary>Drawing units from the top.</summary>
    public double Y(double value) => _frame.PlotBottom - ((value - Lowest) / (Steps * Step) * _frame.PlotHeight);

    /// <summary>1, 2, 5 or 10 times a power of ten, at least the given.</summary>
    private static double RoundStep(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
