using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.Telemetry.Decoding;

/// <summary>What the JSON formats have in common.</summary>
internal static partial class JsonValues
{
    /// <summary>Most measurements that one message may carry.</summary>
    public const int MaximumMeasurements = 5000;

    /// <summary>Microseconds below which numbers in <c>t</c> are seconds: year 2286 in seconds, 1970 in milliseconds.</summary>
    private const double LargestSeconds = 1e10;

    /// <summary>Short, of few characters, and no place for an Individual Number: names of metrics are stored.</summary>
    public static bool IsMetricName(string name) => MetricName().IsMatch(name) && !MyNumber.IsIn(name);

    /// <summary>A finite number; true and false count as 1 and 0.</summary>
    public static bool TryNumber(JsonElement element, out double value)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                return element.TryGetDouble(out value) && double.IsFinite(value);
            case JsonValueKind.True:
                value = 1;
                return true;
            case JsonValueKind.False:
                value = 0;
                return true;
            default:
                value = 0;
                return false;
        }
    }

    /// <summary>An RFC 3339 time with offset, or a number of seconds or milliseconds since 1970.</summary>
    public static bool TryTime(JsonElement element, out DateTimeOffset time)
    {
        time = default;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var number))
        {
            return TryUnixSeconds(Math.Abs(number) < LargestSeconds ? number : number / 1000, out time);
        }

        // "2026-07-01T03:00:00" without an offset is a different time in every country: refused, not guessed.
        return element.ValueKind == JsonValueKind.String
            && element.GetString() is { } text
            && Rfc3339().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    public static bool TryUnixSeconds(double seconds, out DateTimeOffset time)
    {
        time = default;
        if (!double.IsFinite(seconds) || seconds < -62_135_596_800 || seconds > 253_402_300_799)
        {
            return false;
        }

        time = DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * 1_000_000) * TimeSpan.TicksPerMicrosecond);
        return true;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_.-]{0,63}$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MetricName();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Rfc3339();
}
