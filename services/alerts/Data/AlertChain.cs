using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Data;

/// <summary>The CAP messages about one thing: an Alert, its Updates, and at most one Cancel.</summary>
public sealed class AlertChain : ITownOwned
{
    /// <summary>CAP identifier of the chain's first message.</summary>
    public required string AlertId { get; init; }

    public required string Municipality { get; init; }

    /// <summary>What it is about: a device id, or <c>draft:{id}</c> for one that a person wrote.</summary>
    public required string Source { get; init; }

    public required string Hazard { get; init; }

    /// <summary>Level of the newest message.</summary>
    public required int Level { get; set; }

    public required string NewestMessageId { get; set; }

    public required DateTimeOffset Expires { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    public bool IsInForce(DateTimeOffset now) => CancelledAt is null && Expires > now;
}
