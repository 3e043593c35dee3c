using System.ComponentModel.DataAnnotations;

namespace SmartCity.Transit.Vehicles.Matching;

/// <summary>Configuration section <c>Vehicles:Matching</c>.</summary>
public sealed record MatchOptions
{
    /// <summary>Further from the shape than this, a vehicle is off its route.</summary>
    [Range(5, 2_000)]
    public double OffRouteMetres { get; init; } = 100;

    /// <summary>How far a receiver's places scatter: the usual error of one.</summary>
    [Range(1, 200)]
    public double ScatterMetres { get; init; } = 12;

    /// <summary>Steps back up to this are scatter, and not a turn.</summary>
    [Range(0, 1_000)]
    public double BackwardsMetres { get; init; } = 60;

    /// <summary>Nothing that carries passengers on these roads is faster.</summary>
    [Range(5, 150)]
    public double MostSpeedMetresPerSecond { get; init; } = 33;

    /// <summary>A bearing says something only where the vehicle moves.</summary>
    [Range(0, 20)]
    public double LeastSpeedOfBearingMetresPerSecond { get; init; } = 1.5;
}
