using System.Globalization;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Cap;

/// <summary>Times as CAP 1.2 wants them (section 3.3.2): whole seconds with a numeric offset, <c>-00:00</c> for UTC, never <c>Z</c>.</summary>
public static class CapTime
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";

    /// <summary>The time in its own offset, without a fraction.</summary>
    public static string Format(DateTimeOffset time)
        => time.Offset == TimeSpan.Zero
            ? time.ToString(Seconds + "'-00:00'", CultureInfo.InvariantCulture)
            : time.ToString(Seconds + "zzz", CultureInfo.InvariantCulture);

    /// <summary>The time without its fraction, in Japan's offset, so that what is stored equals what is sent.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time)
        => JapanTime.From(time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond)));

    /// <summary>Reads exactly the form of section 3.3.2.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
        => DateTimeOffset.TryParseExact(text, Seconds + "zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out time) && text.Length == "2002-05-24T16:49:00-07:00".Length;

    /// <summary>Reads what others send: also with fractions or <c>Z</c>, never without an offset, in which case nobody knows when it is.</summary>
    public static bool TryParseLeniently(string text, out DateTimeOffset time)
        => DateTimeOffset.TryParseExact(text,
            [Seconds + "zzz", Seconds + "'Z'", Seconds + ".FFFFFFFzzz", Seconds + ".FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
