using System.Globalization;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Cap;

/// <summary>Times as CAP 1.2 wants them (section 3.3.2): whole seconds with a numeric offset, never <c>Z</c>.</summary>
public static class CapTime
{
    public static string Format(DateTimeOffset time)
        => JapanTime.From(time).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The time without its fraction, in Japan's offset, so that what is stored equals what is sent.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time)
        => JapanTime.From(time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond)));
}
