using System.ComponentModel.DataAnnotations;

namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>Configuration section <c>Vehicles:SegmentTimes</c>.</summary>
public sealed record SegmentTimesOptions
{
    /// <summary>Fewer observations than this say nothing yet: the timetable is used.</summary>
    [Range(1, 16)]
    public int LeastObservations { get; init; } = 5;

    /// <summary>How much an observation weighs against the next newer one.</summary>
    [Range(0.1, 1)]
    public double Fading { get; init; } = 0.85;

    /// <summary>Segments and hours that are remembered; beyond it those that were not observed for longest are forgotten.</summary>
    [Range(100, 5_000_000)]
    public int MostSegments { get; init; } = 200_000;
}
