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

    /// <summary>People it holds, where the source says so.</summary>
    public int? Capacity { get; init; }
}
