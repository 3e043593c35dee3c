namespace SmartCity.Alerts.Wording;

/// <summary>How a language is said aloud, by a loudspeaker or a screen reader: what a synthesiser would spell or misread is written out.</summary>
public sealed record SpeechWords
{
    /// <summary>First sentence of an alert.</summary>
    public required string Alert { get; init; }

    /// <summary>First sentence of a cancel.</summary>
    public required string Cancel { get; init; }

    public required string Area { get; init; }

    /// <summary>Said before everything that a drill says.</summary>
    public required string ExerciseMark { get; init; }

    /// <summary>Said before everything that a test says.</summary>
    public required string TestMark { get; init; }

    /// <summary>The language of names, where it is another: the readings of Japanese names stand under <c>ja-Hira</c>.</summary>
    public string? NameLanguage { get; init; }

    public required string TimeFormat { get; init; }

    /// <summary>A time of the form 15:30 in a person's text.</summary>
    public required string Clock { get; init; }

    /// <summary>From zero to nine.</summary>
    public required IReadOnlyList<string> Digits { get; init; }

    /// <summary>Between a whole number and its decimals.</summary>
    public required string Point { get; init; }

    public required string Minus { get; init; }

    /// <summary>By the sign of the unit, as Unicode's NFKC writes it.</summary>
    public required IReadOnlyDictionary<string, string> Units { get; init; }

    /// <summary>What is said otherwise than it is written.</summary>
    public required IReadOnlyDictionary<string, string> Readings { get; init; }

    /// <summary>Ends a sentence.</summary>
    public required string Stop { get; init; }

    public required string Pause { get; init; }
}
