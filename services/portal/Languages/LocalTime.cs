using System.Globalization;

namespace SmartCity.Portal.Languages;

/// <summary>Times as people in Japan read them: Japan Standard Time, in the order of the page's language.</summary>
internal static class LocalTime
{
    /// <summary>Japan has one zone and no summer time, so the offset needs no time zone database.</summary>
    private static readonly TimeSpan JapanOffset = TimeSpan.FromHours(9);

    private static readonly JapaneseCalendar Eras = new();

    /// <summary>Date, era year where the language shows it, hour and minute.</summary>
    public static Phrase Full(this Language language, DateTimeOffset time) => language.Text("time.full", Values(language, time));

    /// <summary>Hour and minute if it is today, else with day and month.</summary>
    public static Phrase Short(this Language language, DateTimeOffset time, DateTimeOffset now)
        => language.Text(time.ToOffset(JapanOffset).Date == now.ToOffset(JapanOffset).Date ? "time.clock" : "time.short", Values(language, time));

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Machine(DateTimeOffset time)
        => time.ToOffset(JapanOffset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static (string, Phrase)[] Values(Language language, DateTimeOffset time)
    {
        var local = time.ToOffset(JapanOffset).DateTime;
        var months = language.Text("time.months").ToString().Split(';');
        return
        [
            ("year", Number(local.Year)),
            // Before the first era that the calendar knows (1868) there is none to show.
            ("eraYear", local >= Eras.MinSupportedDateTime ? Number(Eras.GetYear(local)) : "–"),
            ("month", Number(local.Month)),
            ("monthName", months[local.Month - 1]),
            ("day", Number(local.Day)),
            ("hour", Number(local.Hour)),
            ("hourPadded", local.Hour.ToString("00", CultureInfo.InvariantCulture)),
            ("minute", local.Minute.ToString("00", CultureInfo.InvariantCulture)),
        ];
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
