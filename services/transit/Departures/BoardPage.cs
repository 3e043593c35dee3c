using System.Globalization;

namespace SmartCity.Transit.Departures;

/// <summary>The opaque key of a further page: from when, and how many were shown. So the pages fit together while time goes on.</summary>
internal static class BoardPage
{
    private const int MostSkipped = 5000;

    public static string Of(DateTimeOffset from, int skip) => string.Create(CultureInfo.InvariantCulture, $"{from.ToUnixTimeMilliseconds()}-{skip}");

    public static bool TryParse(string text, out DateTimeOffset from, out int skip)
    {
        (from, skip) = (default, 0);
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 1
            || !long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds > 253_402_300_799_999
            || !int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out skip)
            || skip > MostSkipped)
        {
            return false;
        }

        from = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return RequestMoment.IsUsable(from);
    }
}
