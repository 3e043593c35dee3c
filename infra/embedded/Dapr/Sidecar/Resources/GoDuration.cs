using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Durations as Dapr's resources write them: Go's form (<c>1m30s</c>, <c>500ms</c>), or a number of milliseconds.</summary>
internal static partial class GoDuration
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <summary>The duration, at most 24 days (the longest a timer can wait), or null when the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds <= Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : Longest;
        }

        var match = Form().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var seconds = match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures, (number, unit)
            => double.Parse(number.Value, CultureInfo.InvariantCulture) * SecondsOf(unit.Value)).Sum();
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
    }

    private static double SecondsOf(string unit) => unit switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3,
        "ns" => 1e-9,
        _ => 1e-6,
    };

    [GeneratedRegex("^(?:(?<number>[0-9]{1,12}(?:\\.[0-9]{1,12})?)(?<unit>ns|us|µs|ms|s|m|h))+$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
