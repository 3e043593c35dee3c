using System.Globalization;
using System.Net;
using System.Text;
using SmartCity.Cli.Recordings;
using SmartCity.Contracts.Towns;
using SmartCity.Rules;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Cli.Rules;

/// <summary>One panel's axes: where a time and a value stand, and what is drawn there.</summary>
internal sealed class SeriesScale(DateTimeOffset from, TimeSpan span, double lowest, double step, int steps)
{
    public const int Width = 960;
    public const int PanelHeight = 260;
    public const int Left = 64;
    private const int Right = 16;
    private const int Top = 28;
    private const int Bottom = 36;
    private const int TimeTicks = 6;
    private const int PlotWidth = Width - Left - Right;
    private const int PlotHeight = PanelHeight - Top - Bottom;

    public static SeriesScale Of(IReadOnlyList<RecordedReading> readings, IReadOnlyList<ThresholdRule> bounds, DateTimeOffset from, DateTimeOffset to)
    {
        var lowest = Math.Min(readings.Min(reading => reading.Value), bounds.Select(bound => bound.ClearBelow).DefaultIfEmpty(double.MaxValue).Min());
        var highest = Math.Max(readings.Max(reading => reading.Value), bounds.Select(bound => bound.RaiseAt).DefaultIfEmpty(double.MinValue).Max());
        var step = RoundStep(Math.Max(highest - lowest, 1e-6) / 4);
        lowest = Math.Floor(lowest / step) * step;
        return new SeriesScale(from, to > from ? to - from : TimeSpan.FromSeconds(1), lowest, step, Math.Max(1, (int)Math.Ceiling((highest - lowest) / step)));
    }

    public void DrawAxes(StringBuilder svg, string unit)
    {
        for (var index = 0; index <= steps; index++)
        {
            var value = lowest + (index * step);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" y1=\"{Y(value):0.#}\" x2=\"{Width - Right}\" y2=\"{Y(value):0.#}\"/><text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{WebUtility.HtmlEncode(Quantity.Text(Math.Round(value, 6), unit))}</text>\n");
        }

        var format = span > TimeSpan.FromDays(2) ? "M/d HH:mm" : span > TimeSpan.FromMinutes(10) ? "HH:mm" : "HH:mm:ss";
        for (var index = 0; index <= TimeTicks; index++)
        {
            var at = from + (span * index / TimeTicks);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(at):0.#}\" y=\"{PanelHeight - Bottom + 18}\" text-anchor=\"middle\">{JapanTime.From(at).ToString(format, CultureInfo.InvariantCulture)}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Left}\" y1=\"{Top + PlotHeight}\" x2=\"{Width - Right}\" y2=\"{Top + PlotHeight}\"/><line class=\"axis\" x1=\"{Left}\" y1=\"{Top}\" x2=\"{Left}\" y2=\"{Top + PlotHeight}\"/>\n");
    }

    public void DrawBound(StringBuilder svg, double value, string label)
        => svg.Append(CultureInfo.InvariantCulture, $"<line class=\"bound\" x1=\"{Left}\" y1=\"{Y(value):0.#}\" x2=\"{Width - Right}\" y2=\"{Y(value):0.#}\"/><text class=\"boundText\" x=\"{Left + 6}\" y=\"{Y(value) - 3:0.#}\">{WebUtility.HtmlEncode(label)}</text>\n");

    /// <param name="readings">In the order of time.</param>
    public void DrawLine(StringBuilder svg, IReadOnlyList<RecordedReading> readings)
    {
        svg.Append("<path class=\"line\" d=\"");
        var letter = 'M';
        for (var index = 0; index < readings.Count;)
        {
            var column = (int)X(readings[index].At);
            var (first, low, high, last) = (readings[index].Value, readings[index].Value, readings[index].Value, readings[index].Value);
            for (; index < readings.Count && (int)X(readings[index].At) == column; index++)
            {
                last = readings[index].Value;
                (low, high) = (Math.Min(low, last), Math.Max(high, last));
            }

            // First, lowest, highest, last: no peak is lost, however many readings one column of pixels holds.
            foreach (var value in new[] { first, low, high, last }.Distinct())
            {
                svg.Append(CultureInfo.InvariantCulture, $"{letter}{column} {Y(value):0.#}");
                letter = 'L';
            }
        }

        svg.Append("\"/>\n");
    }

    public void DrawMark(StringBuilder svg, Rehearsed firing, string change)
    {
        var x = X(firing.At).ToString("0.#", CultureInfo.InvariantCulture);
        var (kind, sign) = firing.IsRaised ? ("raised", "▲") : ("cleared", "▽");
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{kind}\"><title>{WebUtility.HtmlEncode($"{JapanTime.From(firing.At):yyyy-MM-dd HH:mm:ss} {firing.Subject} {firing.RuleId} {change}: {firing.Explanation}")}</title>");
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"mark\" x1=\"{x}\" y1=\"{Top}\" x2=\"{x}\" y2=\"{Top + PlotHeight}\"/><text class=\"{kind}\" stroke=\"none\" x=\"{x}\" y=\"{Top - 2}\" text-anchor=\"middle\">{sign}</text></g>\n");
    }

    private double X(DateTimeOffset at) => Left + ((at - from) / span * PlotWidth);

    private double Y(double value) => Top + PlotHeight - ((value - lowest) / (steps * step) * PlotHeight);

    // 1, 2 or 5 times a power of ten.
    private static double RoundStep(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }
}
