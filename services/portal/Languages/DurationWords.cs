using System.Globalization;

namespace SmartCity.Portal.Languages;

/// <summary>How long something is, in the two units that matter.</summary>
internal static class DurationWords
{
    public static Phrase Duration(this Language language, TimeSpan duration)
    {
        var length = duration.Duration();
        return length switch
        {
            { TotalSeconds: < 60 } => language.Text("duration.seconds", ("seconds", Number(Math.Floor(length.TotalSeconds)))),
            { TotalMinutes: < 60 } => language.Text("duration.minutes", ("minutes", Number(Math.Floor(length.TotalMinutes)))),
            { TotalHours: < 24, Minutes: 0 } => language.Text("duration.hours.only", ("hours", Number(Math.Floor(length.TotalHours)))),
            { TotalHours: < 24 } => language.Text("duration.hours", ("hours", Number(length.Hours)), ("minutes", Number(length.Minutes))),
            { Hours: 0 } => language.Text("duration.days.only", ("days", Number(Math.Floor(length.TotalDays)))),
            _ => language.Text("duration.days", ("days", Number(Math.Floor(length.TotalDays))), ("hours", Number(length.Hours))),
        };
    }

    private static string Number(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
