using System.Globalization;

namespace SmartCity.Transit;

/// <summary>A moment in a query: date, time and offset (RFC 3339). No offset is guessed, a bare date is none.</summary>
internal static class RequestMoment
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    // No timetable reaches further, and days before and after are counted from it.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="text">A plus that nobody escaped arrives as a space; what is meant is plain.</param>
    public static bool TryParse(string text, out DateTimeOffset moment)
        => DateTimeOffset.TryParseExact(text.Trim().Replace(' ', '+').Replace('z', 'Z').Replace('t', 'T'), Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out moment)
            && (text.EndsWith('Z') || text.EndsWith('z') || text.LastIndexOfAny(['+', '-', ' ']) > 10)
            && IsUsable(moment);

    /// <summary>Whether timetables can be looked at there.</summary>
    public static bool IsUsable(DateTimeOffset moment) => moment >= Earliest && moment < Latest;
}
