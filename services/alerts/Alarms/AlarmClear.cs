using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Alarms;

/// <summary>The end of something whose begin was not here yet: events come out of order, and what begins after its end must not stay for ever.</summary>
public sealed class AlarmClear : ITownOwned
{
    public required string Municipality { get; init; }

    public required AlarmKind Kind { get; init; }

    /// <summary>The device, or <c>zone/{id}</c>.</summary>
    public required string DeviceId { get; init; }

    public required string RuleId { get; init; }

    /// <summary>By the clock of <see cref="Alarm.RaisedAt"/>, the latest of several.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>When it was here.</summary>
    public required DateTimeOffset NotedAt { get; set; }
}
