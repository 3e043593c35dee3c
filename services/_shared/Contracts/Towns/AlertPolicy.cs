namespace SmartCity.Contracts.Towns;

/// <summary>What the town does when a rule is raised.</summary>
public sealed record AlertPolicy
{
    /// <summary>The <see cref="AlertRule.Id"/> it answers.</summary>
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
