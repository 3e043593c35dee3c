using System.ComponentModel.DataAnnotations;

namespace SmartCity.Alerts.Alarms;

/// <summary>Configuration section <c>Alerts:Alarms</c>.</summary>
public sealed record AlarmOptions
{
    public const string Section = "Alerts:Alarms";

    /// <summary>Days that an alarm stays on record after it was over.</summary>
    [Range(1, 3660)]
    public int KeepDays { get; init; } = 366;
}
