using System.ComponentModel.DataAnnotations;

namespace SmartCity.Transit.Vehicles.Prediction;

/// <summary>Configuration section <c>Vehicles:Prediction</c>.</summary>
public sealed record PredictionOptions
{
    /// <summary>How long people get on and off where nothing was learned and the timetable has no wait.</summary>
    [Range(0, 600)]
    public double DwellSeconds { get; init; } = 12;

    /// <summary>Where the timetable waits longer than this, a late vehicle waits no longer than this.</summary>
    [Range(0, 600)]
    public double MostDwellOfLateSeconds { get; init; } = 20;

    /// <summary>What a driver needs between two trips of a block at least.</summary>
    [Range(0, 3_600)]
    public double TurnaroundSeconds { get; init; } = 120;

    /// <summary>No stretch is driven faster, whatever a timetable rounded to minutes says.</summary>
    [Range(5, 60)]
    public double FastestMetresPerSecond { get; init; } = 22;
}
