namespace SmartCity.Contracts.Views;

/// <summary>A shelter as <c>GET shelters</c> shows it.</summary>
public sealed record ShelterView
{
    public required string Id { get; init; }

    public required LocalizedText Name { get; init; }

    public required string Address { get; init; }

    public required double LatitudeDegrees { get; init; }

    public required double LongitudeDegrees { get; init; }

    /// <summary>Hazard keys for which it is designated: <c>flood</c>, <c>landslide</c>, <c>tsunami</c> …</summary>
    public required IReadOnlyList<string> Hazards { get; init; }

    /// <summary><c>open</c>, <c>full</c>, <c>closed</c> or <c>unknown</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When the status was last set, or null if it never was.</summary>
    public DateTimeOffset? StatusAsOf { get; init; }

    /// <summary>Straight-line distance from <c>near</c>, where it was given.</summary>
    public double? DistanceMetres { get; init; }

    /// <summary>On foot from <c>near</c>, in metres: an estimate, <see cref="WalkingEstimate.DetourFactor"/> times the straight line.</summary>
    public double? WalkingMetresEstimate { get; init; }

    /// <summary>The same in minutes at <see cref="WalkingEstimate.MetresPerSecond"/>; twice as long for people who walk with difficulty.</summary>
    public int? WalkingMinutesEstimate { get; init; }

    /// <summary>People it holds, where the source says so.</summary>
    public int? Capacity { get; init; }

    /// <summary>People who were there at <see cref="StatusAsOf"/>, where staff counted.</summary>
    public int? PeopleNow { get; init; }

    /// <summary>Barrier-free facts, where the list has any.</summary>
    public ShelterAccess? Accessibility { get; init; }

    /// <summary>Grows with every status; <c>If-Match: "3"</c> sets one only if this is still the newest.</summary>
    public int Version { get; init; }
}
