using Orleans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Vehicles.Tracking;

/// <summary>One position that a vehicle published, decoded and within its ranges.</summary>
[GenerateSerializer, Immutable, Alias("SmartCity.PositionReport")]
public sealed record PositionReport
{
    /// <summary>When the vehicle was there.</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    [Id(1)]
    public required double LatitudeDegrees { get; init; }

    [Id(2)]
    public required double LongitudeDegrees { get; init; }

    /// <summary>Clockwise from north, or null.</summary>
    [Id(3)]
    public double? BearingDegrees { get; init; }

    [Id(4)]
    public double? SpeedMetresPerSecond { get; init; }

    /// <summary>The trip that the driver's device says it serves; null leaves it to the duty, or to be found out.</summary>
    [Id(5)]
    public string? TripId { get; init; }

    /// <summary>Service day <c>yyyyMMdd</c> of that trip, or null for the run nearest in time.</summary>
    [Id(6)]
    public string? StartDate { get; init; }

    /// <summary>Start of that trip where it is one of <c>frequencies.txt</c>.</summary>
    [Id(7)]
    public string? StartTime { get; init; }

    /// <summary>Narrows down which trip it can be.</summary>
    [Id(8)]
    public string? RouteId { get; init; }

    [Id(9)]
    public Occupancy? Occupancy { get; init; }

    /// <summary>What is written on the vehicle.</summary>
    [Id(10)]
    public string? Label { get; init; }
}
