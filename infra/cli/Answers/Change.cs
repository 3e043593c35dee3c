namespace SmartCity.Cli.Answers;

/// <summary>A change request.</summary>
internal sealed record Change
{
    public required long Id { get; init; }

    public required string Municipality { get; init; }

    public required string Kind { get; init; }

    /// <summary>Pending, Applied or Rejected.</summary>
    public required string Status { get; init; }

    public required Plan Plan { get; init; }

    public bool AllowDestroy { get; init; }

    public required string ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? Reason { get; init; }

    public long? Version { get; init; }
}
