using System.Globalization;

namespace SmartCity.Telemetry.NgsiLd.Answers;

/// <summary>Times of NGSI-LD: ISO 8601 in UTC (clause 4.6.3).</summary>
internal static class NgsiTime
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Other offsets are understood; a plus sign that was not encoded arrives as a space.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
        => DateTimeOffset.TryParseExact(text?.Replace(' ', '+'), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
