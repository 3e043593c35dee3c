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

    /// <summary>Since when nothing was heard, if the device is silent: by its silence rule, or for half an hour where its kind has none.</summary>
    public DateTimeOffset? SilentSince { get; init; }

    /// <summary>What its town's staff should look after; empty when all is well.</summary>
    public IReadOnlyList<DeviceTrouble> Troubles { get; init; } = [];

    /// <summary>Ids of the rules that this device has raised.</summary>
    public IReadOnlyList<string> RaisedRules { get; init; } = [];
}

/// <summary>What can be wrong with a device, the worst first.</summary>
public enum DeviceTrouble
{
    /// <summary>It was heard before and is not now.</summary>
    Silent,

    /// <summary>Its clock is a minute or more behind or ahead.</summary>
    ClockWrong,

    /// <summary>Something from it was refused in the last 24 hours.</summary>
    Refused,

    /// <summary>Nothing was ever accepted from it.</summary>
    NeverHeard,
}

/// <summary>A page of a list of devices.</summary>
/// <param name="Items">This page.</param>
/// <param name="Next">Pass as <c>?after=</c> for the following page; null at the end.</param>
/// <param name="Total">How many there are on all pages.</param>
public sealed record FoundDevices(
    IReadOnlyList<DeviceView> Items, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? Next, int Total);

/// <summary>One value at one time.</summary>
/// <param name="T">When it was measured, by the device's clock.</param>
/// <param name="Value">In the unit that the metric's name ends with.</param>
public sealed record ReadingView(DateTimeOffset T, double Value);

/// <summary>Why something from a device was refused.</summary>
/// <param name="Code">Stable: <c>payload-malformed</c>, <c>time-in-future</c>, <c>topic-not-allowed</c>, <c>bad-credentials</c>, <c>unknown-device</c> …</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="At">When the platform noticed.</param>
public sealed record DeviceErrorView(string Code, string Message, DateTimeOffset At);
