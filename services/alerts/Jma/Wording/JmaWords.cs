namespace SmartCity.Alerts.Jma.Wording;

/// <summary>The words of one language for bulletins: one embedded JSON file. Braces name what is filled in.</summary>
public sealed record JmaWords
{
    /// <summary>BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>Language of the CAP info block, or null: not sent as CAP, where receivers would take it for a second text in the same language.</summary>
    public string? CapLanguage { get; init; }

    /// <summary>Whether headline, description and names are the bulletin's own: it is written in this language.</summary>
    public bool UsesBulletin { get; init; }

    public required string SenderName { get; init; }

    public required string TimeFormat { get; init; }

    public required string Headline { get; init; }

    /// <summary>The headline when a bulletin is taken back (取消).</summary>
    public required string TakenBack { get; init; }

    /// <summary>The headline when nothing is in force in the town any more (解除).</summary>
    public required string Lifted { get; init; }

    public required string Announced { get; init; }

    public required string Earthquake { get; init; }

    public required string Shaking { get; init; }

    public required string ShakingExpected { get; init; }

    /// <summary>Instead of <see cref="Shaking"/> where no measurement came in though the shaking is thought to have been strong.</summary>
    public required string ShakingNotReported { get; init; }

    public required string TsunamiHeight { get; init; }

    public required string EndInstruction { get; init; }

    /// <summary>A name with the alert level that JMA puts before it.</summary>
    public required string WithLevel { get; init; }

    /// <summary>Names of phenomena; <c>phenomenon-Rank</c> is a whole name, before which <see cref="Ranks"/> says nothing.</summary>
    public required IReadOnlyDictionary<string, string> Events { get; init; }

    /// <summary>How a rank is said: <c>{event} Warning</c>.</summary>
    public required IReadOnlyDictionary<string, string> Ranks { get; init; }

    /// <summary>By <c>phenomenon-Rank</c>, phenomenon or rank; the first that is there.</summary>
    public required IReadOnlyDictionary<string, string> Instructions { get; init; }

    /// <summary>Seismic intensities by JMA's words (震度５弱).</summary>
    public required IReadOnlyDictionary<string, string> Intensities { get; init; }
}
