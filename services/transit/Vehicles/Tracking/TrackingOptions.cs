using System.ComponentModel.DataAnnotations;

namespace SmartCity.Transit.Vehicles.Tracking;

/// <summary>Configuration section <c>Vehicles:Tracking</c>.</summary>
public sealed record TrackingOptions
{
    /// <summary>A position dated further ahead is refused.</summary>
    [Range(0, 600)]
    public double FutureToleranceSeconds { get; init; } = 30;

    /// <summary>Positions in a row that must point to the same run before a vehicle that names none is taken to serve it.</summary>
    [Range(1, 20)]
    public int InferAfterPositions { get; init; } = 3;

    /// <summary>How far a vehicle must have come along a run's shape until it is taken to serve it: who stands beside a road serves nothing.</summary>
    [Range(0, 5_000)]
    public double InferAfterMetres { get; init; } = 150;

    /// <summary>A vehicle is not taken to serve a run whose timetable it would be further ahead of: it stands where the run ends, say.</summary>
    [Range(0, 3_600)]
    public double MostEarlySeconds { get; init; } = 180;

    /// <summary>The same for a run that the vehicle names itself.</summary>
    [Range(0, 3_600)]
    public double MostEarlyOfNamedSeconds { get; init; } = 900;

    /// <summary>A vehicle is not taken to serve a run whose timetable it would be further behind.</summary>
    [Range(0, 14_400)]
    public double MostLateSeconds { get; init; } = 1_800;

    /// <summary>The same for a run that the vehicle names itself: some drivers forget to enter the next one.</summary>
    [Range(0, 14_400)]
    public double MostLateOfNamedSeconds { get; init; } = 5_400;

    /// <summary>A vehicle that was not heard for longer, and does not say which run it serves, may be on another one by now.</summary>
    [Range(30, 7_200)]
    public double ForgetAfterSeconds { get; init; } = 300;

    /// <summary>By how much a run must fit better than the next best.</summary>
    [Range(0, 3_600)]
    public double ClearlyBetterSeconds { get; init; } = 120;

    /// <summary>Positions further apart in time say nothing about when the stops between them were passed.</summary>
    [Range(1, 600)]
    public double MostLearningGapSeconds { get; init; } = 90;

    /// <summary>A run of the same vehicle that begins later than this after the current one ends is not predicted yet.</summary>
    [Range(0, 14_400)]
    public double NextTripSeconds { get; init; } = 3_600;
}
