using SmartCity.Contracts;

namespace SmartCity.Alerts.Alarms;

/// <summary>An alarm as officers see it.</summary>
public sealed record AlarmView
{
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    public required AlarmKind Kind { get; init; }

    /// <summary>The device, or <c>zone/{id}</c>.</summary>
    public required string DeviceId { get; init; }

    public required LocalizedText DeviceName { get; init; }

    public required string RuleId { get; init; }

    /// <summary>Hazard key of the town's policy for the rule; null where it has none, and of a silence.</summary>
    public string? Hazard { get; init; }

    /// <summary>Japanese alert level of that policy.</summary>
    public int? Level { get; init; }

    public required AlarmState State { get; init; }

    /// <summary>Why, as the newest transition explains itself.</summary>
    public required string Explanation { get; init; }

    /// <summary>By the device's clock, of a silence by the platform's.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was here.</summary>
    public required DateTimeOffset NoticedAt { get; init; }

    /// <summary>Of the newest transition.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>How often it was raised again while it was active.</summary>
    public required int Repeats { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Token subject.</summary>
    public string? AcknowledgedBy { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>Everything that happened, oldest first; in lists it is left out.</summary>
    public IReadOnlyList<AlarmStepView>? History { get; init; }

    internal static AlarmView Of(Alarm alarm, IReadOnlyList<AlarmStep>? steps = null) => new()
    {
        Id = alarm.Id,
        Municipality = alarm.Municipality,
        Kind = alarm.Kind,
        DeviceId = alarm.DeviceId,
        DeviceName = alarm.DeviceName,
        RuleId = alarm.RuleId,
        Hazard = alarm.Hazard,
        Level = alarm.Level,
        State = alarm.State,
        Explanation = alarm.Explanation,
        RaisedAt = alarm.RaisedAt,
        NoticedAt = alarm.NoticedAt,
        LastAt = alarm.LastAt,
        Repeats = alarm.Repeats,
        AcknowledgedAt = alarm.AcknowledgedAt,
        AcknowledgedBy = alarm.AcknowledgedBy,
        ClearedAt = alarm.ClearedAt,
        History = steps is null ? null : [.. steps.Select(step => new AlarmStepView(step.At, step.What, step.TakenBy, step.Note))],
    };
}

/// <summary>One line of an alarm's history.</summary>
/// <param name="At">When it happened.</param>
/// <param name="What">What happened.</param>
/// <param name="By">Token subject of the officer; null where the platform acted.</param>
/// <param name="Note">The rule's explanation, or the officer's note.</param>
public sealed record AlarmStepView(DateTimeOffset At, AlarmAct What, string? By, string? Note);
