using System.ComponentModel.DataAnnotations;

namespace SmartCity.Alerts.Actuators;

/// <summary>Configuration section <c>Alerts:Actuators</c>.</summary>
public sealed record ActuatorOptions
{
    public const string Section = "Alerts:Actuators";

    /// <summary>How often to look for new messages, and where commands stand.</summary>
    [Range(0.02, 60)]
    public double PollSeconds { get; init; } = 1;
}
