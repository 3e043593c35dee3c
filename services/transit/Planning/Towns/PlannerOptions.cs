using System.ComponentModel.DataAnnotations;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>Configuration section <c>Planning</c>.</summary>
public sealed record PlannerOptions
{
    /// <summary>How long a request waits for the first timetable of a town before it is told to come again.</summary>
    [Range(0, 60)]
    public double FirstBuildWaitSeconds { get; init; } = 10;

    /// <summary>Real time is worked in at most this often.</summary>
    [Range(0, 60)]
    public double RealtimeSeconds { get; init; } = 1;
}
