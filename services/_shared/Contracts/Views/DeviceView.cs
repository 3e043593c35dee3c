namespace SmartCity.Contracts.Views;

/// <summary>A device as <c>GET devices</c> shows it.</summary>
public sealed record DeviceView
{
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    public required LocalizedText Name { get; init; }

    public required string Kind { get; init; }

    public double? LatitudeDegrees { get; init; }

    public double? LongitudeDegrees { get; init; }

    /// <summary>The newest accepted value of each metric.</summary>
    public required IReadOnlyDictionary<string, ReadingView> Latest { get; init; }

    /// <summary>When the platform last stored something from it.</summary>
    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>What the device's own status topic says (retained last will), or null.</summary>
    public string? ConnectionStatus { get; init; }

    public required long AcceptedCount { get; init; }

    public required long RefusedCount { get; init; }

    /// <summary>The newest refusal, or null.</summary>
    public DeviceErrorView? LastError { get; init; }

    /// <summary>How far the device's clock is behind the platform's (negative: ahead), way of the message included; null when it gives no times.</summary>
    public double? ClockSkewSeconds { get; init; }
}

/// <summary>One value at one time.</summary>
/// <param name="T">When it was measured, by the device's clock.</param>
/// <param name="Value">In the unit that the metric's name ends with.</param>
public sealed record ReadingView(DateTimeOffset T, double Value);

/// <summary>Why something from a device was refused.</summary>
/// <param name="Code">Stable: <c>payload-malformed</c>, <c>time-in-future</c>, <c>topic-not-allowed</c>, <c>bad-credentials</c>, <c>unknown-device</c> …</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="At">When the platform noticed.</param>
public sealed record DeviceErrorView(string Code, string Message, DateTimeOffset At);
