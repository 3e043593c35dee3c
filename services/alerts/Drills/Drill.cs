using SmartCity.Alerts.Drafts;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Drills;

/// <summary>A drill: a script of alerts of status Exercise that two people agreed to and that runs by itself.</summary>
public sealed class Drill : ITownOwned
{
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    public required string Name { get; init; }

    public required string Hazard { get; init; }

    public required DrillState State { get; set; }

    /// <summary>The part of the town that it is about, or null for all of it.</summary>
    public DraftArea? Area { get; init; }

    /// <summary>How long its alert stays in force after its last step, where no step cancels it.</summary>
    public required double ExpiresAfterSeconds { get; init; }

    /// <summary>Whether the sirens and signs that the manifest names take part.</summary>
    public required bool Sirens { get; init; }

    /// <summary>Whether a safety check of its own is open while it runs.</summary>
    public required bool SafetyCheck { get; init; }

    /// <summary>Whether a real alert ends it.</summary>
    public required bool StopOnActual { get; init; }

    /// <summary>When it is to begin; null: when it is approved.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>Token subject.</summary>
    public required string PlannedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Token subject of who approved or rejected it.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>The time from which its steps count.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Token subject of who stopped it, or null.</summary>
    public string? EndedBy { get; set; }

    /// <summary>One of <see cref="DrillEnd"/>.</summary>
    public string? EndedWhy { get; set; }

    /// <summary>The officer's words, where they rejected or stopped it, or which alert stopped it.</summary>
    public string? Reason { get; set; }

    /// <summary>Its newest chain.</summary>
    public string? AlertId { get; set; }

    public string? SafetyCheckId { get; set; }

    /// <summary>The <see cref="Reports.AfterActionReport"/> as it was made, as JSON.</summary>
    public string? Report { get; set; }

    public DateTimeOffset? ReportedAt { get; set; }

    public List<DrillStep> Steps { get; } = [];

    /// <summary>What its alerts are about.</summary>
    public string Source => "drill:" + Id;

    /// <summary>When the last step is due, from when it began.</summary>
    public double LastsSeconds => Steps.Max(step => step.AfterSeconds);
}

/// <summary>One step of a drill's script.</summary>
public sealed class DrillStep : ITownOwned
{
    public required string DrillId { get; init; }

    public required int Number { get; init; }

    public required string Municipality { get; init; }

    /// <summary>When it is due, from the drill's begin.</summary>
    public required double AfterSeconds { get; init; }

    /// <summary>Japanese alert level to announce, or null: the alert is cancelled.</summary>
    public int? Level { get; init; }

    /// <summary>The planner's own words by language.</summary>
    public required IReadOnlyList<DraftText> Info { get; init; }

    public required DrillStepState State { get; set; }

    public DateTimeOffset? At { get; set; }

    public string? MessageId { get; set; }

    /// <summary>Why it was skipped.</summary>
    public string? Why { get; set; }

    /// <summary>How late it was when it was looked at, where that is why it was skipped.</summary>
    public double? LateSeconds { get; set; }
}

public enum DrillState
{
    /// <summary>Waits for a second person.</summary>
    Planned,

    /// <summary>Waits for its time.</summary>
    Approved,
    Running,

    /// <summary>Its script came to its end.</summary>
    Ended,

    /// <summary>An officer or a real alert ended it.</summary>
    Stopped,
    Rejected,
}

public enum DrillStepState
{
    Waiting,
    Issued,
    Skipped,
}

/// <summary>Why a drill is over.</summary>
public static class DrillEnd
{
    public const string Script = "script";
    public const string Officer = "officer";
    public const string ActualAlert = "actual-alert";
}
