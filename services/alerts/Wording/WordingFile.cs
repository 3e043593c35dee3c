namespace SmartCity.Alerts.Wording;

/// <summary>The official words of one language: one embedded JSON file. Braces name what is filled in.</summary>
public sealed record WordingFile
{
    /// <summary>BCP 47 language of the views: <c>ja</c>, <c>en</c>, <c>ja-Hira</c> (easy Japanese in kana).</summary>
    public required string Language { get; init; }

    /// <summary>Language of the CAP info block, or null: the language is not sent as CAP, where receivers would take it for a second text in the same language.</summary>
    public string? CapLanguage { get; init; }

    public required string TimeFormat { get; init; }

    /// <summary>Names of the twelve months for <c>MMMM</c> in formats; null: English ones.</summary>
    public IReadOnlyList<string>? Months { get; init; }

    /// <summary>Between a whole number and its decimals.</summary>
    public string DecimalMark { get; init; } = ".";

    public required string Headline { get; init; }

    /// <summary>Description of what a device measured.</summary>
    public required string Observed { get; init; }

    /// <summary>The same where the rule compares something else than the value with its bound.</summary>
    public required string ObservedOtherwise { get; init; }

    /// <summary>Description where no device measured anything.</summary>
    public required string Announced { get; init; }

    public required string CancelHeadline { get; init; }

    public required string CancelObserved { get; init; }

    public required string CancelObservedOtherwise { get; init; }

    public required string CancelAnnounced { get; init; }

    public required string CancelInstruction { get; init; }

    public required string AreaAround { get; init; }

    public required string AreaWhole { get; init; }

    /// <summary>An area that only a map shows.</summary>
    public required string AreaPart { get; init; }

    /// <summary>Stands before every text of a drill.</summary>
    public required string ExerciseMark { get; init; }

    /// <summary>Stands before every text of a test.</summary>
    public required string TestMark { get; init; }

    /// <summary>By alert level, 1 to 5.</summary>
    public required IReadOnlyDictionary<int, LevelWords> Levels { get; init; }

    public required IReadOnlyDictionary<string, HazardWords> Hazards { get; init; }

    /// <summary>Event of a hazard that is not in <see cref="Hazards"/>.</summary>
    public required string OtherEvent { get; init; }

    public required IReadOnlyDictionary<string, MetricWords> Metrics { get; init; }

    /// <summary>How all this is said aloud.</summary>
    public required SpeechWords Speech { get; init; }
}

/// <param name="Name">The official name: 避難指示.</param>
/// <param name="Call">What to do, in a few words.</param>
/// <param name="Instruction">What to do, in full.</param>
public sealed record LevelWords(string Name, string Call, string Instruction);

/// <param name="Event">What happens.</param>
/// <param name="LevelNames">Names that differ from the level's own for this hazard.</param>
public sealed record HazardWords(string Event, IReadOnlyDictionary<int, string>? LevelNames);

public sealed record MetricWords(string Name, string Unit);
