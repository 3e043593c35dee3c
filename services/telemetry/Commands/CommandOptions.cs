using System.ComponentModel.DataAnnotations;

namespace SmartCity.Telemetry.Commands;

/// <summary>Configuration section <c>Commands</c>.</summary>
public sealed record CommandOptions
{
    /// <summary>How long a command waits for a second person.</summary>
    [Range(10, 86_400)]
    public double ApprovalSeconds { get; init; } = 900;

    /// <summary>Commands of one device that are not finished; beyond it another is refused.</summary>
    [Range(1, 10_000)]
    public int OpenPerDevice { get; init; } = 50;
}
