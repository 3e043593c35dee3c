using System.ComponentModel.DataAnnotations;

namespace SmartCity.Alerts.Safety;

/// <summary>Configuration section <c>Alerts:Safety</c>.</summary>
public sealed record SafetyOptions
{
    public const string Section = "Alerts:Safety";

    /// <summary>Days after the end of the last alert or check until what people reported is deleted.</summary>
    [Range(1, 365)]
    public int KeepDays { get; init; } = 7;

    /// <summary>Days until a report that nobody touched is deleted although something is still going on; real calls for help that wait are not.</summary>
    [Range(1, 365)]
    public int KeepDaysAtMost { get; init; } = 60;

    /// <summary>Hours that a check stays open which an officer opens without saying until when.</summary>
    [Range(1, 168)]
    public int CheckHours { get; init; } = 24;

    /// <summary>Reports a minute from one address. A whole shelter may share one.</summary>
    [Range(1, 100_000)]
    public int ReportsPerMinuteOfAddress { get; init; } = 120;

    /// <summary>Reports a minute of a town.</summary>
    [Range(1, 1_000_000)]
    public int ReportsPerMinuteOfTown { get; init; } = 6000;

    /// <summary>Questions a minute by a secret (a family's words, a code) from one address. A whole shelter may share one.</summary>
    [Range(1, 100_000)]
    public int SecretsPerMinuteOfAddress { get; init; } = 300;

    /// <summary>Wrong codes a minute from one address; then no code is looked at, but families still find each other.</summary>
    [Range(1, 100_000)]
    public int WrongCodesPerMinuteOfAddress { get; init; } = 20;

    /// <summary>Questions a minute by a secret in a town.</summary>
    [Range(1, 1_000_000)]
    public int SecretsPerMinuteOfTown { get; init; } = 1200;
}
