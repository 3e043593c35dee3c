using SmartCity.Alerts.Cap;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Data;

/// <summary>The CAP messages about one thing: an Alert, its Updates, and at most one Cancel.</summary>
public sealed class AlertChain : ITownOwned
{
    /// <summary>CAP identifier of the chain's first message.</summary>
    public required string AlertId { get; init; }

    public required string Municipality { get; init; }

    /// <summary>What it is about: a device id, <c>draft:{id}</c> for one that a person wrote, <c>cap:{sender}</c> for another authority's.</summary>
    public required string Source { get; init; }

    public required string Hazard { get; init; }

    /// <summary>Level of the newest message, or null for another authority's alert.</summary>
    public required int? Level { get; set; }

    /// <summary>CAP status of every message of it: a drill never becomes real, and nothing real a drill.</summary>
    public string Status { get; init; } = nameof(CapStatus.Actual);

    /// <summary>Who issued it, or null: the municipality itself.</summary>
    public string? Origin { get; init; }

    /// <summary>The level that an officer set by hand, or null: rules then only raise it, and neither lower nor end it.</summary>
    public int? HeldLevel { get; set; }

    public required string NewestMessageId { get; set; }

    public required DateTimeOffset Expires { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    public bool IsInForce(DateTimeOffset now) => CancelledAt is null && Expires > now;
}
