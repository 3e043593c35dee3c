using Orleans;

namespace SmartCity.Rules;

/// <summary>The stored state of one zone.</summary>
[GenerateSerializer, Alias("SmartCity.ZoneState")]
public sealed class ZoneState
{
    /// <summary>Rises by one with every stored change.</summary>
    [Id(0)]
    public long Version { get; set; }

    /// <summary>Whether the zone is raised.</summary>
    [Id(1)]
    public bool IsRaised { get; set; }

    /// <summary>The moment of the newest change, by the devices' clocks.</summary>
    [Id(2)]
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>The devices' votes, by device id.</summary>
    [Id(3)]
    public Dictionary<string, ZoneVote> Votes { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>Where the member rule of one device stands.</summary>
/// <param name="IsRaised">Whether it is raised.</param>
/// <param name="At">Time of the device's newest reading.</param>
/// <param name="Metric">The metric that the rule reads.</param>
/// <param name="Value">Its newest value.</param>
/// <param name="Threshold">The rule's bound on it, or null.</param>
/// <param name="Reason">Why it stands so, in a few words.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.ZoneVote")]
public sealed record ZoneVote(
    [property: Id(0)] bool IsRaised,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Metric,
    [property: Id(3)] double Value,
    [property: Id(4)] double? Threshold,
    [property: Id(5)] string Reason);
