using System.Globalization;
using System.Text;
using SmartCity.Charts;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Devices;
using SmartCity.Portal.Resident;

namespace SmartCity.Portal.Charts;

/// <summary>One metric over a time, ready to be drawn for a wide screen and for a phone.</summary>
public sealed class SeriesChart
{
    /// <summary>Its letters are as large as the page's own where the page is wide.</summary>
    internal static readonly ChartFrame Wide = new(Width: 920, Height: 320, Left: 84, Right: 16, Top: 16, Bottom: 34);

    internal static readonly ChartFrame Narrow = new(Width: 330, Height: 260, Left: 64, Right: 10, Top: 16, Bottom: 34);

    private const int WideSlices = 300;
    private const int NarrowSlices = 130;
    private const int MostRows = 60;

    private static readonly int[] Multiples = [1, 2, 3, 5, 6, 10, 12, 15, 20, 24, 30, 60];

    private readonly DeviceWindow _window;
    private readonly string _metric;
    private readonly IReadOnlyList<Slice> _now;
    private readonly IReadOnlyList<Slice> _before;
    private readonly IReadOnlyList<(double Value, string Label)> _bounds;

    public SeriesChart(DeviceWindow window, string metric, IReadOnlyList<BucketView> now, IReadOnlyList<BucketView> before, IReadOnlyList<(double Value, string Label)> bounds)
    {
        (_window, _metric, _bounds) = (window, metric, bounds);
        _now = SlicesOf(now, TimeSpan.Zero);
        _before = SlicesOf(before, window.CompareShift);
    }

    public bool IsEmpty => _now.Count == 0;

    /// <summary>Whether a place on the line stands for several readings, so that there is a lowest and a highest.</summary>
    public bool HasBand => _now.Any(slice => slice.Highest > slice.Lowest);

    public bool HasBefore => _before.Count > 0;

    public double Lowest => _now.Min(slice => slice.Lowest);

    public double Highest => _now.Max(slice => slice.Highest);

    /// <summary>The table behind the chart: the same in few enough rows to read.</summary>
    public (IReadOnlyList<Slice> Rows, TimeSpan Width) Table
    {
        get
        {
            var width = WidthFor(MostRows);
            return (Slices.Coarsen(_now, width), width);
        }
    }

    /// <summary>What chart.js reads: where a place on the line lies and its value, as <c>seconds since the start, value</c>.</summary>
    public string Points => string.Join(' ', Slices.Coarsen(_now, WidthFor(WideSlices)).Select(slice
        => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (slice.At - _window.From).TotalSeconds):0} {slice.Mean:0.###}")));

    internal string Draw(ChartFrame frame)
    {
        var svg = new StringBuilder();
        var width = WidthFor(frame == Wide ? WideSlices : NarrowSlices);
        var (now, before) = (Slices.Coarsen(_now, width), Slices.Coarsen(_before, width));
        var shown = now.Concat(before).SelectMany(slice => new[] { slice.Lowest, slice.Highest }).Concat(_bounds.Select(bound => bound.Value)).DefaultIfEmpty(0).ToList();
        var (times, values) = (new TimeAxis(frame, _window.From, _window.To), ValueAxis.Of(frame, shown.Min(), shown.Max()));
        var panel = new ChartPanel(svg, frame, times, values);
        var format = "F" + Math.Min(3, values.Decimals).ToString(CultureInfo.InvariantCulture);
        panel.Axes(value => value.ToString(format, CultureInfo.InvariantCulture) + MetricWords.Unit(_metric), frame == Wide ? 9 : 4);

        // Only whole places lie in the plot: the first one may begin before it.
        var longest = Slices.LongestStep(now, width);
        var seen = now.Select(slice => slice.At < _window.From ? slice with { At = _window.From } : slice).ToList();
        panel.Path("band", HasBand ? SeriesPath.Band(seen, times, values, longest) : "");
        panel.Path("before", SeriesPath.Line([.. before.Where(slice => slice.At >= _window.From)], times, values, Slices.LongestStep(before, width)));
        panel.Path("line", SeriesPath.Line(seen, times, values, longest));
        foreach (var (value, label) in _bounds)
        {
            panel.Bound(value, label);
        }

        return svg.ToString();
    }

    private TimeSpan WidthFor(int most)
    {
        var width = _window.Bucket.Width;
        var multiple = Array.Find(Multiples, candidate => _window.Length / (width * candidate) <= most);
        return width * (multiple == 0 ? Multiples[^1] : multiple);
    }

    private static List<Slice> SlicesOf(IReadOnlyList<BucketView> buckets, TimeSpan shift)
        => [.. buckets.Where(bucket => bucket.Count > 0).Select(bucket => new Slice(bucket.T + shift, bucket.Minimum, bucket.Maximum, bucket.Mean, bucket.Last, bucket.Count))];
}
