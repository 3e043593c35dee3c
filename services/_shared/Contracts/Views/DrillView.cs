using System.Text.Json;

namespace SmartCity.Contracts.Views;

/// <summary>A drill as officers see it. Everything that it issues has CAP status <c>Exercise</c>.</summary>
public sealed record DrillView
{
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    public required string Name { get; init; }

    /// <summary>Hazard key, such as <c>flood</c>.</summary>
    public required string Hazard { get; init; }

    /// <summary><c>Planned</c> (waits for a second person), <c>Approved</c> (waits for its time), <c>Running</c>, <c>Ended</c>, <c>Stopped</c> or <c>Rejected</c>.</summary>
    public required string State { get; init; }

    /// <summary>Whether it is for a part of the town.</summary>
    public required bool IsPart { get; init; }

    /// <summary>The part as GeoJSON; null for the whole town.</summary>
    public JsonElement? Area { get; init; }

    public required double ExpiresAfterSeconds { get; init; }

    public required bool Sirens { get; init; }

    public required bool SafetyCheck { get; init; }

    /// <summary>Whether a real alert ends it.</summary>
    public required bool StopOnActual { get; init; }

    /// <summary>When it is to begin; null: when it is approved.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>Token subject.</summary>
    public required string PlannedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedBy { get; init; }

    /// <summary><c>script</c>, <c>officer</c> or <c>actual-alert</c>.</summary>
    public string? EndedWhy { get; init; }

    public string? Reason { get; init; }

    /// <summary>Its newest alert.</summary>
    public string? AlertId { get; init; }

    /// <summary>When its report was made and kept; null: it is counted anew each time it is asked for.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    public required IReadOnlyList<DrillStepView> Steps { get; init; }
}

/// <param name="AfterSeconds">When it is due, from when the drill began.</param>
/// <param name="DueAt">The same as a time; null while the begin is not known.</param>
/// <param name="Level">Japanese alert level to announce, or null: the alert is cancelled.</param>
/// <param name="State"><c>Waiting</c>, <c>Issued</c> or <c>Skipped</c>.</param>
/// <param name="At">When it was issued or skipped.</param>
/// <param name="Why">Why it was skipped: <c>too-late</c>, <c>overtaken</c>, <c>drill-over</c> or <c>nothing-to-cancel</c>.</param>
public sealed record DrillStepView(
    int Number, double AfterSeconds, DateTimeOffset? DueAt, int? Level, string State, DateTimeOffset? At, string? MessageId, string? Why, double? LateSeconds)
{
    /// <summary>The planner's own words; what is not in them has the official wording.</summary>
    public IReadOnlyList<DrillWordsView> Words { get; init; } = [];
}

/// <summary>A planner's own words in one language; null has the official wording.</summary>
public sealed record DrillWordsView(string Language, string? Headline, string? Description, string? Instruction, string? AreaDescription);
