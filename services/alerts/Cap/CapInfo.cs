namespace SmartCity.Alerts.Cap;

/// <summary>One info block: the message in one language (section 3.2.2).</summary>
public sealed record CapInfo
{
    /// <summary>RFC 3066 language, such as <c>ja-JP</c>.</summary>
    public required string Language { get; init; }

    public required CapCategory Category { get; init; }

    public required string Event { get; init; }

    public required CapResponseType ResponseType { get; init; }

    public required CapUrgency Urgency { get; init; }

    public required CapSeverity Severity { get; init; }

    public required CapCertainty Certainty { get; init; }

    public IReadOnlyList<CapValue> EventCodes { get; init; } = [];

    public DateTimeOffset? Effective { get; init; }

    public DateTimeOffset? Onset { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public string? SenderName { get; init; }

    public string? Headline { get; init; }

    public string? Description { get; init; }

    public string? Instruction { get; init; }

    public Uri? Web { get; init; }

    public string? Contact { get; init; }

    public IReadOnlyList<CapValue> Parameters { get; init; } = [];

    public IReadOnlyList<CapArea> Areas { get; init; } = [];
}
