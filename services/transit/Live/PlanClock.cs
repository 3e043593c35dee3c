using System.Globalization;

namespace SmartCity.Transit.Live;

/// <summary>Times of a service day as GTFS writes them: <c>HH:mm:ss</c>, which may pass 24:00:00.</summary>
internal static class PlanClock
{
    public static string Write(int seconds)
        => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}");

    /// <summary>Null where the text is no such time; <c>H:mm:ss</c> is one too.</summary>
    public static int? Read(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours < 1000
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes < 60
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 60
            ? (hours * 3600) + (minutes * 60) + seconds : null;
    }
}
