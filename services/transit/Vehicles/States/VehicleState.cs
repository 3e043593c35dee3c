using SmartCity.Transit.Vehicles.Plans;

namespace SmartCity.Transit.Vehicles.States;

/// <summary>Where a vehicle was when it was heard last. Immutable.</summary>
public sealed record VehicleState
{
    /// <summary>The device's id; for a vehicle of another agency's feed the feed's id, a colon and its own.</summary>
    public required string Id { get; init; }

    /// <summary>What is written on the vehicle, or null.</summary>
    public string? Label { get; init; }

    public required DateTimeOffset At { get; init; }

    public required double LatitudeDegrees { get; init; }

    public required double LongitudeDegrees { get; init; }

    public double? BearingDegrees { get; init; }

    public double? SpeedMetresPerSecond { get; init; }

    public Occupancy? Occupancy { get; init; }

    /// <summary>The run that it serves, or null.</summary>
    public TripKey? Trip { get; init; }

    public string? RouteId { get; init; }

    /// <summary>Place of the first stop that it has not left; null where it has no run or is off its route.</summary>
    public int? NextStop { get; init; }

    public bool IsAtStop { get; init; }

    /// <summary>Since when it is further from its shape than the bound, or null.</summary>
    public DateTimeOffset? OffRouteSince { get; init; }
}
