using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>A stored subscription.</summary>
internal sealed class NgsiSubscription : ITownOwned
{
    public required string Municipality { get; set; }

    public required string Id { get; set; }

    /// <summary>As it was given, without what the system adds.</summary>
    public required string Definition { get; set; }

    /// <summary>JSON: by entity, the mark of what its receiver was told last.</summary>
    public required string Seen { get; set; }

    /// <summary>Rises with each change of the definition: what was going on by the one before counts no more.</summary>
    public long Version { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ModifiedAt { get; set; }

    public long TimesSent { get; set; }

    public long TimesFailed { get; set; }

    public long FailuresInARow { get; set; }

    public DateTimeOffset? LastNotification { get; set; }

    public DateTimeOffset? LastSuccess { get; set; }

    public DateTimeOffset? LastFailure { get; set; }

    public string? LastFault { get; set; }

    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>Until then one replica has it in hand.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }
}
