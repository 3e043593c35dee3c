using System.Globalization;
using System.Net;
using System.Text;

namespace SmartCity.Charts;

/// <summary>Writes one plot as SVG elements; every text is encoded. Colours are the affair of who gives the classes a style.</summary>
public sealed class ChartPanel(StringBuilder svg, ChartFrame frame, TimeAxis times, ValueAxis values)
{
    /// <param name="text">Of a value, with its unit.</param>
    /// <param name="mostTimes">How many times fit below.</param>
    public void Axes(Func<double, string> text, int mostTimes)
    {
        foreach (var value in values.Ticks)
        {
            var y = Number(values.Y(value));
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{frame.Left} {y}H{frame.PlotRight}\"/>");
            Text("tick", frame.Left - 6, values.Y(value) + 4, "end", text(value));
        }

        foreach (var at in times.Ticks(mostTimes))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Number(times.X(at))} {frame.PlotBottom}v5\"/>");
            Text("tick", times.X(at), frame.PlotBottom + 19, "middle", times.Label(at));
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{frame.Left} {frame.Top}V{frame.PlotBottom}H{frame.PlotRight}\"/>\n");
    }

    /// <summary>A value that a rule watches for; outside of the plot it is not drawn.</summary>
    public void Bound(double value, string label)
    {
        if (values.Y(value) < frame.Top - 0.5 || values.Y(value) > frame.PlotBottom + 0.5)
        {
            return;
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"bound\" d=\"M{frame.Left} {Number(values.Y(value))}H{frame.PlotRight}\"/>");
        Text("boundText", frame.Left + 6, values.Y(value) - 4, "start", label);
    }

    /// <param name="data">Path data; empty draws nothing.</param>
    public void Path(string cssClass, string data)
    {
        if (data.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{cssClass}\" d=\"{data}\"/>\n");
        }
    }

    /// <summary>A moment: a line from top to bottom with a sign above, and its story where a pointer rests.</summary>
    public void Mark(string cssClass, string sign, DateTimeOffset at, string title)
    {
        var x = Number(times.X(at));
        svg.Append(CultureInfo.InvariantCulture, $"<g class=\"{cssClass}\"><title>{WebUtility.HtmlEncode(title)}</title><path class=\"mark\" d=\"M{x} {frame.Top}V{frame.PlotBottom}\"/>");
        Text("sign", times.X(at), frame.Top - 2, "middle", sign);
        svg.Append("</g>\n");
    }

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public void Text(string cssClass, double x, double y, string anchor, string text)
        => svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{cssClass}\" x=\"{Number(x)}\" y=\"{Number(y)}\" text-anchor=\"{anchor}\">{WebUtility.HtmlEncode(text)}</text>");

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
