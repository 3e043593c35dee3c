namespace SmartCity.Alerts.Cap;

/// <summary>One info block: the message in one language (section 3.2.2).</summary>
public sealed record CapInfo
{
    /// <summary>What a block without a language is in.</summary>
    public const string DefaultLanguage = "en-US";

    /// <summary>RFC 3066 language, such as <c>ja-JP</c>; null stands for <see cref="DefaultLanguage"/>.</summary>
    public string? Language { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<CapCategory> Categories { get; init; }

    public required string Event { get; init; }

    public IReadOnlyList<CapResponseType> ResponseTypes { get; init; } = [];

    public required CapUrgency Urgency { get; init; }

    public required CapSeverity Severity { get; init; }

    public required CapCertainty Certainty { get; init; }

    public string? Audience { get; init; }

    public IReadOnlyList<CapValue> EventCodes { get; init; } = [];

    public DateTimeOffset? Effective { get; init; }

    public DateTimeOffset? Onset { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public string? SenderName { get; init; }

    public string? Headline { get; init; }

    public string? Description { get; init; }

    public string? Instruction { get; init; }

    /// <summary>An absolute URI; kept as it was written.</summary>
    public string? Web { get; init; }

    public string? Contact { get; init; }

    public IReadOnlyList<CapValue> Parameters { get; init; } = [];

    public IReadOnlyList<CapResource> Resources { get; init; } = [];

    public IReadOnlyList<CapArea> Areas { get; init; } = [];
}

/// <summary>A file that goes with the message (section 3.2.3).</summary>
public sealed record CapResource
{
    public required string Description { get; init; }

    /// <summary>RFC 2046 media type.</summary>
    public required string MimeType { get; init; }

    public long? SizeBytes { get; init; }

    public string? Uri { get; init; }

    /// <summary>The content itself in base64, where receivers have no way to fetch it.</summary>
    public string? DerefUri { get; init; }

    /// <summary>SHA-1 of the content in hexadecimal.</summary>
    public string? Digest { get; init; }
}
