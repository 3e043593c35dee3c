using System.ComponentModel.DataAnnotations;

namespace SmartCity.Transit.Vehicles.Intake;

/// <summary>Configuration section <c>Mqtt</c>: the broker that vehicles publish to.</summary>
public sealed record VehicleMqttOptions
{
    /// <summary>What vehicles are registered as: a device's <c>kind</c>.</summary>
    public const string VehicleKind = "vehicle";

    [Required]
    public string Host { get; init; } = "127.0.0.1";

    [Range(1, 65_535)]
    public int Port { get; init; } = 1883;

    /// <summary>A user that may read devices' telemetry; without it no vehicles are followed.</summary>
    public string UserName { get; init; } = "";

    public string Password { get; init; } = "";

    [Required]
    public string ClientId { get; init; } = "transit-vehicles";

    /// <summary>Positions that wait to be taken into account; beyond it the oldest is dropped, since the next one says more.</summary>
    [Range(1, 100_000)]
    public int QueuePositions { get; init; } = 4_000;
}
