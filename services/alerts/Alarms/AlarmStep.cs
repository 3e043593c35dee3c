using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Alarms;

/// <summary>One line of an alarm's history. Rows never change.</summary>
public sealed class AlarmStep : ITownOwned
{
    public long Id { get; init; }

    public required string Municipality { get; init; }

    public required string AlarmId { get; init; }

    public required AlarmAct What { get; init; }

    /// <summary>By the clock that the act has: a reading's device, or the platform.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Token subject where an officer acted.</summary>
    public string? TakenBy { get; init; }

    /// <summary>The rule's explanation, or the officer's note.</summary>
    public string? Note { get; init; }
}

/// <summary>What happened to an alarm.</summary>
public enum AlarmAct
{
    Raised,
    Repeated,
    Acknowledged,
    Cleared,
}
