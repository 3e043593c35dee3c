using System.ComponentModel.DataAnnotations;

namespace SmartCity.Alerts.Drills;

/// <summary>Configuration section <c>Alerts:Drills</c>.</summary>
public sealed record DrillOptions
{
    public const string Section = "Alerts:Drills";

    /// <summary>How often to look for steps that are due, and for a real alert.</summary>
    [Range(0.05, 60)]
    public double PollSeconds { get; init; } = 1;

    /// <summary>How late a step may be issued, after an outage; one that is later is left out. An all-clear is never too late.</summary>
    [Range(1, 86_400)]
    public double LatestSeconds { get; init; } = 300;

    /// <summary>How long after the end a report waits for deliveries that are still under way.</summary>
    [Range(0, 3600)]
    public double ReportAfterSeconds { get; init; } = 60;
}
