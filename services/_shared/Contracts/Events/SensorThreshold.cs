namespace SmartCity.Contracts.Events;

/// <summary>Which way a rule went.</summary>
public enum ThresholdTransition
{
    Raised,
    Cleared,
}

/// <summary>Event <see cref="Topics.SensorThreshold"/>: a rule over a device, or over a zone of them, was raised or cleared.</summary>
public sealed record SensorThreshold
{
    /// <summary>The same transition always has the same id, whoever sends it again.</summary>
    public required string EventId { get; init; }

    public required string Municipality { get; init; }

    /// <summary>The device, or <c>zone/{id}</c> of a <see cref="Towns.ZoneRule"/>.</summary>
    public required string DeviceId { get; init; }

    /// <summary>Name of the device or the zone.</summary>
    public required LocalizedText DeviceName { get; init; }

    /// <summary>The rule's id in the town's settings; the town's alert policy is keyed by it.</summary>
    public required string RuleId { get; init; }

    /// <summary>The metric with its unit in the name, such as <c>waterLevelMetres</c>.</summary>
    public required string Metric { get; init; }

    public required ThresholdTransition Transition { get; init; }

    /// <summary>The reading that decided, in the metric's unit.</summary>
    public required double Value { get; init; }

    /// <summary>The bound that was crossed, in the metric's unit; null where the rule has none on the metric itself (rate, deviation, composite).</summary>
    public double? Threshold { get; init; }

    /// <summary>When the deciding reading was taken, by the device's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why, in one line: <c>3.42 m ≥ 3.20 m for 120 s, rising 0.8 m/h; confirmed by 2 of 3</c>.</summary>
    public required string Explanation { get; init; }

    public double? LatitudeDegrees { get; init; }

    public double? LongitudeDegrees { get; init; }
}
