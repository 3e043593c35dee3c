using System.Globalization;
using System.Net;
using System.Text;
using SmartCity.Charts;
using SmartCity.Cli.Output;
using SmartCity.Cli.Recordings;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Cli.Rules;

/// <summary>
/// The series of a recording as SVG: a panel for each device and metric that a rule reads, with its bounds and what
/// fired. Its size does not grow with the recording: each column of pixels shows the lowest and highest value in it.
/// </summary>
internal sealed class SeriesPicture(Words words, IReadOnlyList<AlertRule> rules)
{
    private const int MostPanels = 12;
    private const int MostMarks = 300;
    private const int MostTimes = 8;
    private static readonly ChartFrame Frame = new(Width: 960, Height: 260, Left: 64, Right: 16, Top: 28, Bottom: 36);

    private const string Style = """
        <style>
        svg { background: #fff; font: 12px sans-serif; } text { fill: #222; } .axis { fill: none; stroke: #888; } .grid { stroke: #ddd; }
        .line { fill: none; stroke: #0b5cad; stroke-width: 1.5; } .bound { stroke: #8a5a00; stroke-dasharray: 6 4; } .boundText { fill: #8a5a00; }
        .raised { fill: #b00020; stroke: #b00020; } .cleared { fill: #1b6e2f; stroke: #1b6e2f; } .mark { stroke-width: 1; stroke-dasharray: 2 3; } .sign { fill: inherit; stroke: none; }
        @media (prefers-color-scheme: dark) {
        svg { background: #14181d; } text { fill: #e6e6e6; } .grid { stroke: #333a42; } .line { stroke: #6db3ff; } .bound { stroke: #ffc45c; } .boundText { fill: #ffc45c; }
        .raised { fill: #ff7b88; stroke: #ff7b88; } .cleared { fill: #6fd58a; stroke: #6fd58a; } }
        </style>

        """;

    public string Draw(IReadOnlyList<RecordedReading> readings, IReadOnlyList<Rehearsed> firings)
    {
        var read = rules.Select(MetricOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var series = readings.Where(reading => read.Count == 0 || read.Contains(reading.Metric))
            .GroupBy(reading => (reading.Device, reading.Metric))
            .OrderBy(group => group.Key.Device, StringComparer.Ordinal).ThenBy(group => group.Key.Metric, StringComparer.Ordinal)
            .Take(MostPanels).ToList();
        var height = Math.Max(1, series.Count) * Frame.Height;
        var title = WebUtility.HtmlEncode(words["picture.title"]);
        var description = WebUtility.HtmlEncode(words["picture.description", series.Count, firings.Count(firing => firing.IsRaised), firings.Count(firing => !firing.IsRaised)]);
        var svg = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Frame.Width} {height}\" role=\"img\" aria-labelledby=\"title desc\" lang=\"{words.Language}\">\n<title id=\"title\">{title}</title>\n<desc id=\"desc\">{description}</desc>\n"));
        svg.Append(Style);
        for (var index = 0; index < series.Count; index++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate(0 {index * Frame.Height})\">\n");
            DrawPanel(svg, series[index].Key.Device, series[index].Key.Metric, [.. series[index]], firings, readings[0].At, readings[^1].At);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private void DrawPanel(
        StringBuilder svg, string device, string metric, IReadOnlyList<RecordedReading> readings, IReadOnlyList<Rehearsed> firings, DateTimeOffset from, DateTimeOffset to)
    {
        var unit = MetricUnits.Of(metric);
        var bounds = rules.OfType<ThresholdRule>().Where(rule => rule.Metric == metric).ToList();
        var watched = readings.Select(reading => reading.Value).Concat(bounds.SelectMany(bound => new[] { bound.ClearBelow, bound.RaiseAt })).ToList();
        var (times, values) = (new TimeAxis(Frame, from, to), ValueAxis.Of(Frame, watched.Min(), watched.Max()));
        var panel = new ChartPanel(svg, Frame, times, values);
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Frame.Left}\" y=\"16\" font-weight=\"bold\">{WebUtility.HtmlEncode($"{device} – {metric}{(unit.Length > 0 ? $" ({unit})" : "")}")}</text>\n");
        panel.Axes(value => Quantity.Text(value, unit), MostTimes);
        foreach (var bound in bounds)
        {
            panel.Bound(bound.RaiseAt, $"{bound.Id} ≥ {Quantity.Text(bound.RaiseAt, unit)}");
            if (bound.ClearBelow < bound.RaiseAt)
            {
                panel.Bound(bound.ClearBelow, $"{bound.Id} < {Quantity.Text(bound.ClearBelow, unit)}");
            }
        }

        panel.Path("line", SeriesPath.Columns(readings.Select(reading => (reading.At, reading.Value)), times, values));
        foreach (var firing in firings.Where(firing => IsOf(firing, device, metric)).Take(MostMarks))
        {
            var story = $"{JapanTime.From(firing.At):yyyy-MM-dd HH:mm:ss} {firing.Subject} {firing.RuleId} {words[firing.IsRaised ? "rules.raised" : "rules.cleared"]}: {firing.Explanation}";
            panel.Mark(firing.IsRaised ? "raised" : "cleared", firing.IsRaised ? "▲" : "▽", firing.At, story);
        }
    }

    // A zone's change concerns the metric on every gauge that it looks at.
    private static bool IsOf(Rehearsed firing, string device, string metric)
        => (firing.Metric is null || firing.Metric == metric) && (firing.Subject == device || firing.Subject.StartsWith(ZoneRule.SubjectPrefix, StringComparison.Ordinal));

    private static string? MetricOf(AlertRule rule) => rule switch
    {
        ThresholdRule threshold => threshold.Metric,
        RateRule rate => rate.Metric,
        DeviationRule deviation => deviation.Metric,
        _ => null,
    };
}
