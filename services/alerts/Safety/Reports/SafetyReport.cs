using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Safety.Reports;

/// <summary>What somebody said of themself, or of people with them. Who they are stands in <see cref="Personal"/> only.</summary>
public sealed class SafetyReport : ITownOwned
{
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    /// <summary>Of the sender's own key: the same report, sent again over a bad line, is found by it.</summary>
    public required string KeyFingerprint { get; init; }

    /// <summary>Of the first body, to tell "again" from "another with the same key".</summary>
    public required string BodyFingerprint { get; init; }

    /// <summary>Of the code by which the sender changes it.</summary>
    public required string CodeFingerprint { get; init; }

    /// <summary>Of the words that the family agreed on; null where there are none.</summary>
    public string? SecretFingerprint { get; set; }

    /// <summary>Of a drill. Who speaks again while something real is going on speaks of that: then it becomes real, never the other way.</summary>
    public required bool IsExercise { get; set; }

    /// <summary>One of <see cref="SafetyStatus"/>.</summary>
    public required string Status { get; set; }

    /// <summary>Keys of <see cref="Safety.Needs"/>.</summary>
    public required IReadOnlyList<string> Needs { get; set; }

    /// <summary><see cref="Safety.Needs.UrgencyOf"/>, for sorting.</summary>
    public required int Urgency { get; set; }

    public required int PeopleCount { get; set; }

    public string? ShelterId { get; set; }

    /// <summary><see cref="PersonalTexts"/>, encrypted.</summary>
    public required string Personal { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Since when they ask for help; null while safe.</summary>
    public DateTimeOffset? AskedAt { get; set; }

    /// <summary>Token subject of the staff who took the call; null where people reported themselves.</summary>
    public string? EnteredBy { get; init; }

    /// <summary>One of <see cref="RescueStatus"/>.</summary>
    public required string Rescue { get; set; }

    public DateTimeOffset? RescueAt { get; set; }

    /// <summary>Token subject of the officer.</summary>
    public string? RescueBy { get; set; }

    /// <summary>Grows with every change, the sender's and the officers'.</summary>
    public required int Version { get; set; }
}
