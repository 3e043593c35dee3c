namespace SmartCity.Contracts.Events;

/// <summary>Event <see cref="Topics.DeviceSilent"/>: a device has said nothing for too long, or speaks again.</summary>
public sealed record DeviceSilent
{
    /// <summary>The same transition always has the same id, whoever sends it again.</summary>
    public required string EventId { get; init; }

    public required string Municipality { get; init; }

    public required string DeviceId { get; init; }

    public required LocalizedText DeviceName { get; init; }

    /// <summary>Id of the silence rule.</summary>
    public required string RuleId { get; init; }

    /// <summary>Raised: it is silent. Cleared: it speaks again.</summary>
    public required ThresholdTransition Transition { get; init; }

    /// <summary>When the platform noticed, by its own clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Since when nothing came, or when it came again; by the platform's clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why, in one line: <c>no reading for 620 s (allowed: 600 s)</c>.</summary>
    public required string Explanation { get; init; }
}
