using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Alarms;

/// <summary>Something that officers must look at: a rule of a device that was raised, or a device that fell silent. Residents see alerts, never alarms.</summary>
public sealed class Alarm : ITownOwned
{
    /// <summary>In the order in which they were noticed.</summary>
    public long Number { get; init; }

    public required string Municipality { get; init; }

    public required string Id { get; init; }

    public required AlarmKind Kind { get; init; }

    /// <summary>The device, or <c>zone/{id}</c>.</summary>
    public required string DeviceId { get; init; }

    public required LocalizedText DeviceName { get; init; }

    public required string RuleId { get; init; }

    /// <summary>Hazard key of the town's policy for the rule, or null: it has none.</summary>
    public string? Hazard { get; init; }

    /// <summary>Japanese alert level of that policy.</summary>
    public int? Level { get; init; }

    public required AlarmState State { get; set; }

    /// <summary>Why, in one line, as the newest transition explains itself.</summary>
    public required string Explanation { get; set; }

    /// <summary>Time of the first raise: by the device's clock, of a silence by the platform's.</summary>
    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>When it was here.</summary>
    public required DateTimeOffset NoticedAt { get; init; }

    /// <summary>Time of the newest transition that was applied, by the clock of <see cref="RaisedAt"/>.</summary>
    public required DateTimeOffset LastAt { get; set; }

    /// <summary>How often it was raised again while it was active.</summary>
    public int Repeats { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    /// <summary>Token subject.</summary>
    public string? AcknowledgedBy { get; set; }

    /// <summary>By the clock of <see cref="RaisedAt"/>.</summary>
    public DateTimeOffset? ClearedAt { get; set; }

    /// <summary>When it was here that it is over: what is kept is kept by this clock, not by a device's.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>What raised an alarm.</summary>
public enum AlarmKind
{
    /// <summary>A rule over readings.</summary>
    Rule,

    /// <summary>Nothing came from the device for too long.</summary>
    Silence,
}

/// <summary>Where an alarm stands.</summary>
public enum AlarmState
{
    Raised,

    /// <summary>An officer has seen it. It goes on until its cause ends.</summary>
    Acknowledged,

    /// <summary>Its cause has ended.</summary>
    Cleared,
}
