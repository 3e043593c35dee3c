namespace SmartCity.Contracts.Views;

/// <summary>Whether a town asks its people now.</summary>
/// <param name="IsOpen">A grave alert is in force, or an officer opened a check.</param>
/// <param name="IsExercise">Only a drill is: what is real goes before.</param>
/// <param name="Needs">Needs that a report may name, the most urgent first.</param>
/// <param name="CheckId">The officer's newest open check, if there is one.</param>
/// <param name="ClosesAt">When that check ends by itself; null where an alert keeps the safety check open.</param>
public sealed record SafetyState(bool IsOpen, bool IsExercise, IReadOnlyList<string> Needs, string? CheckId, DateTimeOffset? ClosesAt);

/// <summary>The answer to a report.</summary>
/// <param name="Id">Pseudonymous.</param>
/// <param name="Code">By which the sender changes, reads or deletes it. It is shown here only.</param>
/// <param name="ReceivedAt">When it was first received.</param>
/// <param name="IsExercise">Whether it counts for a drill only.</param>
public sealed record SafetyReceipt(string Id, string Code, string Status, DateTimeOffset ReceivedAt, bool IsExercise);

/// <summary>A report as its own sender sees it.</summary>
public sealed record OwnReportView
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public required IReadOnlyList<string> Needs { get; init; }

    public required int PeopleCount { get; init; }

    public string? ShelterId { get; init; }

    public string? Name { get; init; }

    public string? Contact { get; init; }

    public string? Place { get; init; }

    public string? Message { get; init; }

    /// <summary>Whether a family can find it; the words themselves are kept nowhere.</summary>
    public required bool HasSharedSecret { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How far the town's help is, where it was asked for.</summary>
    public string? Rescue { get; init; }

    public required bool IsExercise { get; init; }
}

/// <summary>What a family reads: neither where somebody is, but for the shelter, nor how to reach them.</summary>
/// <param name="Name">As the sender wrote it; null where they did not.</param>
public sealed record FamilyMember(string? Name, string Status, int PeopleCount, string? ShelterId, string? Message, DateTimeOffset UpdatedAt, bool IsExercise);

/// <summary>The answer to a family's search: the same shape whether somebody was found or not.</summary>
public sealed record FamilyAnswer(IReadOnlyList<FamilyMember> Found, DateTimeOffset AsOf);
