namespace SmartCity.Contracts.Views;

/// <summary>A change request as people see it.</summary>
public sealed record ChangeView
{
    public required long Id { get; init; }

    public required string Municipality { get; init; }

    public required ChangeKind Kind { get; init; }

    public required ChangeStatus Status { get; init; }

    public required Plan Plan { get; init; }

    public required bool AllowDestroy { get; init; }

    /// <summary>Token subject.</summary>
    public required string ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? Reason { get; init; }

    /// <summary>The registry's version after it was applied.</summary>
    public long? Version { get; init; }
}

/// <summary>What a change is about.</summary>
public enum ChangeKind
{
    /// <summary>A manifest, by two people.</summary>
    Manifest,

    /// <summary>The municipality goes, by two people.</summary>
    Removal,

    /// <summary>Devices that one person registered: nothing is taken away by it.</summary>
    Registration,

    /// <summary>A demo region, set up by the one-machine host.</summary>
    Seed,
}

/// <summary>What became of it.</summary>
public enum ChangeStatus
{
    Pending,
    Applied,
    Rejected,
}
