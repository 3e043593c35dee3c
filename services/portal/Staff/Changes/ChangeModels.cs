using SmartCity.Contracts;

namespace SmartCity.Portal.Staff.Changes;

/// <summary>A change request, as the registry answers it.</summary>
public sealed record StaffChange
{
    public required long Id { get; init; }

    public required string Municipality { get; init; }

    /// <summary>Pending, Applied or Rejected.</summary>
    public required string Status { get; init; }

    public required StaffPlan Plan { get; init; }

    public required string ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? Reason { get; init; }

    public long? Version { get; init; }

    public bool IsPending => Status == "Pending";
}

/// <summary>What a change would do.</summary>
public sealed record StaffPlan
{
    public bool IsNew { get; init; }

    public required IReadOnlyList<StaffStep> Steps { get; init; }

    public required StaffCounts Counts { get; init; }

    public IReadOnlyList<Notice> Warnings { get; init; } = [];

    public IReadOnlyList<StaffLoss> Losses { get; init; } = [];

    public string? OperatorNeeded { get; init; }

    public required string Digest { get; init; }
}

public sealed record StaffCounts(int Add, int Change, int Remove);

/// <param name="Operation"><c>+</c>, <c>~</c> or <c>-</c>.</param>
public sealed record StaffStep(string Operation, string Section, string Id, IReadOnlyList<StaffField> Fields);

public sealed record StaffField(string Field, string? Before, string? After);

/// <param name="Count">Null where it is not known.</param>
public sealed record StaffLoss(string Section, string Id, long? Count, string What);
