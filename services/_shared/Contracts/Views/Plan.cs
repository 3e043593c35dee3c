namespace SmartCity.Contracts.Views;

/// <summary>What a manifest would change, before anything is changed.</summary>
public sealed record Plan
{
    public required string Municipality { get; init; }

    /// <summary>Whether the municipality is not served yet.</summary>
    public required bool IsNew { get; init; }

    public required IReadOnlyList<PlanStep> Steps { get; init; }

    public required PlanCounts Counts { get; init; }

    /// <summary>What is not wrong, but should be looked at.</summary>
    public IReadOnlyList<Notice> Warnings { get; init; } = [];

    /// <summary>What would no longer be reachable; not empty only where the change may not be applied without <c>allowDestroy</c>.</summary>
    public IReadOnlyList<Loss> Losses { get; init; } = [];

    /// <summary>Why the second person must be an operator, or null.</summary>
    public string? OperatorNeeded { get; init; }

    /// <summary>What an operator who approves agrees to: these addresses, whatever the names mean later.</summary>
    public IReadOnlyList<PrivateTarget> PrivateTargets { get; init; } = [];

    /// <summary>Of the steps: who approves, approves exactly these.</summary>
    public required string Digest { get; init; }
}

/// <summary>A target of a third-party service outside the open internet.</summary>
/// <param name="Service">Its name in the manifest.</param>
/// <param name="Host">As its URL names it.</param>
/// <param name="Addresses">Those of the host that are not public, as they were when the plan was made.</param>
public sealed record PrivateTarget(string Service, string Host, IReadOnlyList<string> Addresses);

/// <summary>How many entries come, change and go.</summary>
public sealed record PlanCounts(int Add, int Change, int Remove);

/// <summary>One entry that comes, changes or goes.</summary>
/// <param name="Operation"><c>+</c>, <c>~</c> or <c>-</c>.</param>
/// <param name="Section">Of the manifest, such as <c>devices</c>; <c>municipality</c> for its own fields.</param>
/// <param name="Id">Of the entry within its section.</param>
public sealed record PlanStep(string Operation, string Section, string Id, IReadOnlyList<FieldChange> Fields);

/// <param name="Before">Null where it was not there.</param>
/// <param name="After">Null where it is no more.</param>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>What an entry that goes holds.</summary>
/// <param name="Count">Null where its service could not be asked.</param>
/// <param name="What">Such as <c>readings</c>.</param>
public sealed record Loss(string Section, string Id, long? Count, string What);
