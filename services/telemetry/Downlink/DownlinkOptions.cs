using System.ComponentModel.DataAnnotations;

namespace SmartCity.Telemetry.Downlink;

/// <summary>Configuration section <c>Downlink</c>: what goes to devices, and what they answer.</summary>
public sealed record DownlinkOptions
{
    /// <summary>How often it is looked for what is due or has expired; what is new is sent at once.</summary>
    [Range(0.01, 60)]
    public double SweepSeconds { get; init; } = 1;

    /// <summary>Longest pause until a command whose device has no session at the broker is tried again.</summary>
    [Range(0.01, 600)]
    public double RetrySeconds { get; init; } = 15;

    /// <summary>Answers of devices that wait for a database; beyond it the broker is not read on.</summary>
    [Range(1, 100_000)]
    public int QueueMessages { get; init; } = 500;
}
