using SmartCity.Registry.Data;
using SmartCity.Registry.Planning;

namespace SmartCity.Registry.Changes;

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

    internal static ChangeView Of(ChangeRequest change) => new()
    {
        Id = change.Id,
        Municipality = change.Municipality,
        Kind = change.Kind,
        Status = change.Status,
        Plan = change.Plan,
        AllowDestroy = change.AllowDestroy,
        ProposedBy = change.ProposedBy,
        ProposedAt = change.ProposedAt,
        DecidedBy = change.DecidedBy,
        DecidedAt = change.DecidedAt,
        Reason = change.Reason,
        Version = change.Version,
    };
}
