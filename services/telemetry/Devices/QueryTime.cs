using System.Globalization;

namespace SmartCity.Telemetry.Devices;

/// <summary>
/// An RFC 3339 time with offset in a query string. A plus sign that was not percent-encoded arrives as a space
/// (<c>2026-07-01T03:00:00 09:00</c>) and is understood all the same.
/// </summary>
internal readonly record struct QueryTime(DateTimeOffset Value)
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>Called by ASP.NET Core for parameters of this type.</summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out QueryTime result)
    {
        var parsed = DateTimeOffset.TryParseExact(
            text?.Replace(' ', '+'), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value);
        result = new QueryTime(value);
        return parsed;
    }
}
