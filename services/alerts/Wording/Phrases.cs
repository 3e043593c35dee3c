using System.Globalization;
using SmartCity.Alerts.Cap;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Wording;

/// <summary>Says what an alert says, in one language.</summary>
public sealed class Phrases(WordingFile words)
{
    public string Language => words.Language;

    /// <summary>Language of the CAP info block, or null where this language is not sent as CAP.</summary>
    public string? CapLanguage => words.CapLanguage;

    /// <summary>What a message of this status begins with in this language; empty where it is real.</summary>
    public string MarkOf(CapStatus status) => status switch
    {
        CapStatus.Exercise => words.ExerciseMark,
        CapStatus.Actual => "",
        _ => words.TestMark,
    };

    public AlertInfoView Describe(AlertSubject subject)
    {
        var level = words.Levels[subject.Level];
        var hazard = words.Hazards.GetValueOrDefault(subject.Hazard);
        var levelName = hazard?.LevelNames?.GetValueOrDefault(subject.Level) ?? level.Name;
        var eventName = hazard?.Event ?? words.OtherEvent;
        string Fill(string template) => FillIn(template, subject, eventName, levelName, level.Call);
        return new AlertInfoView(
            words.Language,
            eventName,
            levelName,
            Fill(subject.IsCancel ? words.CancelHeadline : words.Headline),
            Fill(Description(subject)),
            subject.IsCancel ? words.CancelInstruction : level.Instruction,
            Fill(subject is { RadiusMetres: not null, Transition: not null } ? words.AreaAround : subject.IsPart ? words.AreaPart : words.AreaWhole));
    }

    private string Description(AlertSubject subject) => (subject.IsCancel, subject.Transition) switch
    {
        (false, { Threshold: not null }) => words.Observed,
        (false, not null) => words.ObservedOtherwise,
        (false, null) => words.Announced,
        (true, { Threshold: not null }) => words.CancelObserved,
        (true, not null) => words.CancelObservedOtherwise,
        (true, null) => words.CancelAnnounced,
    };

    private string FillIn(string template, AlertSubject subject, string eventName, string levelName, string call)
    {
        var text = template
            .Replace("{level}", subject.Level.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{levelName}", levelName, StringComparison.Ordinal)
            .Replace("{event}", eventName, StringComparison.Ordinal)
            .Replace("{call}", call, StringComparison.Ordinal)
            .Replace("{at}", JapanTime.From(subject.Transition?.At ?? subject.At).ToString(words.TimeFormat, CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{radius}", Distance(subject.RadiusMetres ?? 0), StringComparison.Ordinal);
        if (subject.Transition is { } transition)
        {
            var metric = words.Metrics.GetValueOrDefault(transition.Metric) ?? new MetricWords(transition.Metric, "");
            text = text
                .Replace("{metric}", metric.Name, StringComparison.Ordinal)
                .Replace("{value}", Quantity(transition.Value, metric.Unit), StringComparison.Ordinal)
                .Replace("{threshold}", Quantity(transition.Threshold ?? 0, metric.Unit), StringComparison.Ordinal)
                .Replace("{device}", transition.DeviceName.In(words.Language), StringComparison.Ordinal);
        }

        return text.Replace("{place}", subject.Place.In(words.Language), StringComparison.Ordinal);
    }

    private static string Quantity(double value, string unit)
        => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {unit}").TrimEnd();

    private static string Distance(double metres) => metres < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{metres:0} m")
        : string.Create(CultureInfo.InvariantCulture, $"{metres / 1000:0.#} km");
}
