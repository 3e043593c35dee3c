namespace SmartCity.Contracts.Towns;

/// <summary>A threshold on one metric of every device of a kind.</summary>
public sealed record ThresholdRule
{
    public required string Id { get; init; }

    /// <summary>Devices it applies to.</summary>
    public required string DeviceKind { get; init; }

    public required string Metric { get; init; }

    /// <summary>Raised when the value is at or above this, in the metric's unit.</summary>
    public required double RaiseAt { get; init; }

    /// <summary>Cleared when the value is below this (hysteresis); at most <see cref="RaiseAt"/>.</summary>
    public required double ClearBelow { get; init; }

    /// <summary>How long the value must stay on the other side before the rule changes.</summary>
    public double MinimumDurationSeconds { get; init; }
}

/// <summary>What the town does when a rule is raised.</summary>
public sealed record AlertPolicy
{
    /// <summary>The <see cref="ThresholdRule.Id"/> it answers.</summary>
    public required string RuleId { get; init; }

    /// <summary>Japanese alert level 1 to 5 of the alert.</summary>
    public required int Level { get; init; }

    /// <summary>Hazard key, such as <c>flood</c>.</summary>
    public required string Hazard { get; init; }

    public required AlertAction Action { get; init; }

    /// <summary>How long the alert stays in force unless updated or cancelled.</summary>
    public double ExpiresAfterSeconds { get; init; } = 6 * 3600;
}

/// <summary>Whether a raised rule reaches residents at once or waits for an officer.</summary>
public enum AlertAction
{
    Publish,
    Draft,
}
