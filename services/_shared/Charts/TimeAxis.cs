using System.Globalization;

namespace SmartCity.Charts;

/// <summary>A span of time from the left of the plot to its right, with ticks at round local times of Japan.</summary>
public sealed class TimeAxis(ChartFrame frame, DateTimeOffset from, DateTimeOffset to)
{
    /// <summary>Japan has one zone and no summer time.</summary>
    private static readonly TimeSpan JapanOffset = TimeSpan.FromHours(9);

    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
        TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(5), TimeSpan.FromDays(10), TimeSpan.FromDays(30),
        TimeSpan.FromDays(100), TimeSpan.FromDays(365), TimeSpan.FromDays(3650),
    ];

    private readonly TimeSpan _span = to > from ? to - from : TimeSpan.FromSeconds(1);

    public DateTimeOffset From { get; } = from;

    public DateTimeOffset To => From + _span;

    /// <summary>Drawing units from the left.</summary>
    public double X(DateTimeOffset at) => frame.Left + ((at - From) / _span * frame.PlotWidth);

    /// <summary>Round times, in Japan's offset.</summary>
    /// <param name="most">As many as there is room for.</param>
    public IReadOnlyList<DateTimeOffset> Ticks(int most)
    {
        var step = Array.Find(Steps, candidate => _span / candidate <= most);
        step = step == TimeSpan.Zero ? Steps[^1] : step;
        // Multiples of the step since a midnight in Japan, so that days begin where people's days do.
        var local = From.ToOffset(JapanOffset).DateTime;
        var behind = TimeSpan.FromTicks(local.Ticks % step.Ticks);
        var ticks = new List<DateTimeOffset>();
        for (var at = behind == TimeSpan.Zero ? From : From - behind + step; at <= To; at += step)
        {
            ticks.Add(at.ToOffset(JapanOffset));
        }

        return ticks;
    }

    /// <summary>A tick in digits: the day at midnight or where a tick is a day, else the clock.</summary>
    public string Label(DateTimeOffset tick)
    {
        var format = tick.TimeOfDay == TimeSpan.Zero && _span > TimeSpan.FromHours(1) ? "M/d" : _span > TimeSpan.FromMinutes(10) ? "HH:mm" : "HH:mm:ss";
        return tick.ToString(format, CultureInfo.InvariantCulture);
    }
}
