namespace SmartCity.Contracts.Views;

/// <summary>One line of the rescue list, with what officers need to find the people.</summary>
public sealed record RescueRow
{
    public required string Id { get; init; }

    /// <summary>The most urgent first, as keys.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    public required int PeopleCount { get; init; }

    public string? Name { get; init; }

    public string? Contact { get; init; }

    public string? Place { get; init; }

    public string? Message { get; init; }

    public string? ShelterId { get; init; }

    /// <summary>Whether the texts could not be decrypted; the log says why.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>Since when they ask.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Token subject of the staff who took the call; null where people reported themselves.</summary>
    public string? EnteredBy { get; init; }

    public required RescueState Rescue { get; init; }

    public required bool IsExercise { get; init; }
}

/// <summary>How far help is: nothing personal.</summary>
/// <param name="At">When an officer set it; null before the first.</param>
/// <param name="By">Token subject of the officer.</param>
/// <param name="Version">Of the whole report; grows with every change of it.</param>
public sealed record RescueState(string Id, string Status, DateTimeOffset? At, string? By, int Version);

/// <summary>How many, for everybody in the town hall: no name, no place.</summary>
public sealed record SafetyCounts
{
    public required DateTimeOffset AsOf { get; init; }

    public required bool IsExercise { get; init; }

    /// <summary>Reports.</summary>
    public required int Reports { get; init; }

    /// <summary>People of reports that say safe, and of those that ask for help.</summary>
    public required int PeopleSafe { get; init; }

    public required int PeopleNeedHelp { get; init; }

    /// <summary>Reports that ask for help, by how far help is: <c>waiting</c>, <c>on-the-way</c>, <c>done</c>.</summary>
    public required IReadOnlyDictionary<string, int> Rescue { get; init; }

    /// <summary>Reports that ask for help and are not done, by need.</summary>
    public required IReadOnlyDictionary<string, int> OpenNeeds { get; init; }
}
