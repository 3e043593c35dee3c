using System.Globalization;
using SmartCity.Alerts.Cap;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Wording;

/// <summary>Says what an alert says, in one language.</summary>
public sealed class Phrases(WordingFile words)
{
    private readonly Speech _speech = new(words.Speech);

    // Without a country's customs: 24 hours, and the digits that everybody reads.
    private readonly DateTimeFormatInfo _times = words.Months is { } months
        ? new DateTimeFormatInfo { MonthNames = [.. months, ""], MonthGenitiveNames = [.. months, ""] }
        : DateTimeFormatInfo.InvariantInfo;

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
        var area = subject is { RadiusMetres: not null, Transition: not null } ? words.AreaAround : subject.IsPart ? words.AreaPart : words.AreaWhole;
        var instruction = subject.IsCancel ? words.CancelInstruction : level.Instruction;
        string Fill(string template) => FillIn(template, subject, eventName, levelName, level.Call, Voice.Written(words));
        string Aloud(string template) => FillIn(template, subject, eventName, levelName, level.Call, Voice.Spoken(words));
        return new AlertInfoView(
            words.Language,
            eventName,
            levelName,
            Fill(subject.IsCancel ? words.CancelHeadline : words.Headline),
            Fill(Description(subject)),
            instruction,
            Fill(area))
        {
            Spoken = _speech.Say(
                Aloud(subject.IsCancel ? words.Speech.Cancel : words.Speech.Alert),
                words.Speech.Area.Replace("{area}", Aloud(area), StringComparison.Ordinal),
                Aloud(Description(subject)),
                instruction),
        };
    }

    /// <summary>The same words aloud, of a person or of another authority; each sentence without the mark of a drill or test.</summary>
    public string Say(AlertInfoView info, CapStatus status)
    {
        string Unmarked(string text) => MarkOf(status) is { Length: > 0 } mark && text.StartsWith(mark, StringComparison.Ordinal) ? text[mark.Length..] : text;
        var area = info.AreaDescription.Length > 0 ? words.Speech.Area.Replace("{area}", info.AreaDescription, StringComparison.Ordinal) : "";
        return _speech.Say(Unmarked(info.Headline), area, Unmarked(info.Description), Unmarked(info.Instruction));
    }

    /// <summary>What is said before everything that a message of this status says; empty where it is real.</summary>
    public string SpokenMarkOf(CapStatus status) => status switch
    {
        CapStatus.Exercise => words.Speech.ExerciseMark,
        CapStatus.Actual => "",
        _ => words.Speech.TestMark,
    };

    private string Description(AlertSubject subject) => (subject.IsCancel, subject.Transition) switch
    {
        (false, { Threshold: not null }) => words.Observed,
        (false, not null) => words.ObservedOtherwise,
        (false, null) => words.Announced,
        (true, { Threshold: not null }) => words.CancelObserved,
        (true, not null) => words.CancelObservedOtherwise,
        (true, null) => words.CancelAnnounced,
    };

    private string FillIn(string template, AlertSubject subject, string eventName, string levelName, string call, Voice voice)
    {
        var text = template
            .Replace("{level}", voice.Level(subject.Level), StringComparison.Ordinal)
            .Replace("{levelName}", levelName, StringComparison.Ordinal)
            .Replace("{event}", eventName, StringComparison.Ordinal)
            .Replace("{call}", call, StringComparison.Ordinal)
            .Replace("{at}", JapanTime.From(subject.Transition?.At ?? subject.At).ToString(voice.TimeFormat, _times), StringComparison.Ordinal)
            .Replace("{radius}", Distance(subject.RadiusMetres ?? 0, voice), StringComparison.Ordinal);
        if (subject.Transition is { } transition)
        {
            var metric = words.Metrics.GetValueOrDefault(transition.Metric) ?? new MetricWords(transition.Metric, "");
            text = text
                .Replace("{metric}", metric.Name, StringComparison.Ordinal)
                .Replace("{value}", Quantity(transition.Value, metric.Unit, voice), StringComparison.Ordinal)
                .Replace("{threshold}", Quantity(transition.Threshold ?? 0, metric.Unit, voice), StringComparison.Ordinal)
                .Replace("{device}", transition.DeviceName.In(voice.NameLanguage), StringComparison.Ordinal);
        }

        return text.Replace("{place}", subject.Place.In(voice.NameLanguage), StringComparison.Ordinal);
    }

    private static string Quantity(double value, string unit, Voice voice) => $"{voice.Number(value, "0.##")} {unit}".TrimEnd();

    private static string Distance(double metres, Voice voice) => metres < 1000
        ? $"{voice.Number(metres, "0")} m"
        : $"{voice.Number(metres / 1000, "0.#")} km";

    /// <summary>What differs between a text that is read and one that is heard.</summary>
    private sealed record Voice(string NameLanguage, string TimeFormat, string DecimalMark, Func<int, string> Level)
    {
        public static Voice Written(WordingFile words)
            => new(words.Language, words.TimeFormat, words.DecimalMark, level => level.ToString(CultureInfo.InvariantCulture));

        // Speech takes numbers with a point, and says them itself.
        public static Voice Spoken(WordingFile words)
            => new(words.Speech.NameLanguage ?? words.Language, words.Speech.TimeFormat, ".", level => words.Speech.Digits[level]);

        public string Number(double value, string format)
            => value.ToString(format, CultureInfo.InvariantCulture).Replace(".", DecimalMark, StringComparison.Ordinal);
    }
}
