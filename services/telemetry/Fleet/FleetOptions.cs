using System.ComponentModel.DataAnnotations;

namespace SmartCity.Telemetry.Fleet;

/// <summary>Configuration section <c>Fleet</c>.</summary>
public sealed record FleetOptions
{
    /// <summary>How often silent devices are looked for; a silence is noticed at most so much later.</summary>
    [Range(0.1, 3600)]
    public double SweepSeconds { get; init; } = 10;
}
