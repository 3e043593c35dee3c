using System.Globalization;
using System.Text;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Portal.Staff.Drills;

/// <summary>What an officer typed to plan a drill, as it was typed.</summary>
public sealed record DrillForm
{
    public const int Rows = 5;
    public const string Cancel = "cancel";

    private const string LocalTime = "yyyy-MM-dd'T'HH:mm";

    public string Name { get; init; } = "";

    public string Hazard { get; init; } = "flood";

    /// <summary>Minute and level of each row of the script; a level of <see cref="Cancel"/> ends the alert, an empty one is no step.</summary>
    public IReadOnlyList<(string Minute, string Level)> Steps { get; init; } = [("0", "3"), ("10", "4"), ("40", Cancel), ("", ""), ("", "")];

    /// <summary>Day and time of Japan; empty: when it is approved.</summary>
    public string StartsAt { get; init; } = "";

    public string Japanese { get; init; } = "";

    public string English { get; init; } = "";

    public bool Sirens { get; init; }

    public bool SafetyCheck { get; init; } = true;

    public bool StopOnActual { get; init; } = true;

    public static DrillForm Of(IFormCollection form) => new()
    {
        Name = form["name"].ToString(),
        Hazard = form["hazard"].ToString(),
        Steps = [.. Enumerable.Range(0, Rows).Select(row => (form[$"minute{row}"].ToString().Trim(), form[$"level{row}"].ToString()))],
        StartsAt = form["startsAt"].ToString().Trim(),
        Japanese = form["ja"].ToString(),
        English = form["en"].ToString(),
        Sirens = form.ContainsKey("sirens"),
        SafetyCheck = form.ContainsKey("safetyCheck"),
        StopOnActual = form.ContainsKey("stopOnActual"),
    };

    /// <summary>What is wrong with it, as a key of the language files; null when it can be sent.</summary>
    public string? Fault()
        => string.IsNullOrWhiteSpace(Name) ? "drills.refused.name"
            : Used().Any(step => MinuteOf(step.Minute) is null) ? "drills.refused.minute"
            : StartsAt.Length > 0 && StartOf() is null ? "drills.refused.time"
            : null;

    /// <summary>As the alerts service takes it; only where there is no <see cref="Fault"/>.</summary>
    public object ToBody() => new
    {
        Name,
        Hazard,
        Steps = Used().Select(step => new
        {
            AfterSeconds = MinuteOf(step.Minute)!.Value * 60,
            Level = step.Level == Cancel ? (int?)null : int.Parse(step.Level, NumberStyles.None, CultureInfo.InvariantCulture),
            Info = step.Level == Cancel ? [] : Words(),
        }).ToList(),
        StartsAt = StartOf(),
        Sirens,
        SafetyCheck,
        StopOnActual,
    };

    private IEnumerable<(string Minute, string Level)> Used() => Steps.Where(step => step.Level is Cancel or "1" or "2" or "3" or "4" or "5");

    private object[] Words() => [.. new (string Language, string Text)[] { ("ja", Japanese), ("en", English) }
        .Where(text => !string.IsNullOrWhiteSpace(text.Text)).Select(text => new { text.Language, Description = text.Text })];

    private DateTimeOffset? StartOf()
        => DateTime.TryParseExact(StartsAt, LocalTime, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new DateTimeOffset(local, JapanTime.Offset) : null;

    private static double? MinuteOf(string typed)
        => double.TryParse(typed.Normalize(NormalizationForm.FormKC), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minute) ? minute : null;
}
