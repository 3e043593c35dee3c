using SmartCity.Contracts;

namespace SmartCity.Cli.Answers;

/// <summary>What the registry says a change would do.</summary>
internal sealed record Plan
{
    public required string Municipality { get; init; }

    public bool IsNew { get; init; }

    public required IReadOnlyList<PlanStep> Steps { get; init; }

    public required PlanCounts Counts { get; init; }

    public IReadOnlyList<Notice> Warnings { get; init; } = [];

    public IReadOnlyList<Loss> Losses { get; init; } = [];

    public string? OperatorNeeded { get; init; }

    public required string Digest { get; init; }
}

internal sealed record PlanCounts(int Add, int Change, int Remove);

/// <param name="Operation"><c>+</c>, <c>~</c> or <c>-</c>.</param>
internal sealed record PlanStep(string Operation, string Section, string Id, IReadOnlyList<FieldChange> Fields);

internal sealed record FieldChange(string Field, string? Before, string? After);

/// <param name="Count">Null where it is not known.</param>
internal sealed record Loss(string Section, string Id, long? Count, string What);
