using System.ComponentModel.DataAnnotations;

namespace SmartCity.Portal.Backend;

/// <summary>Section <c>Portal:Patience</c>: how long a page waits for another service before it says what is missing.</summary>
public sealed record PatienceOptions
{
    public const string Section = "Portal:Patience";

    /// <summary>Alerts are why people come: more patience.</summary>
    [Range(100, 60_000)]
    public int AlertsMilliseconds { get; init; } = 2000;

    /// <summary>A missing water level must not hold back an alert.</summary>
    [Range(100, 60_000)]
    public int TelemetryMilliseconds { get; init; } = 700;
}
