using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SmartCity.Transit.Vehicles.Intake;

/// <summary>Without the broker departures are unconfirmed, and still served: that is worse, but not unready.</summary>
internal sealed class VehicleSessionCheck(VehicleSession session) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => Task.FromResult(!session.IsWanted || session.IsConnected
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded("The MQTT broker is not connected; no vehicle is heard and departures are unconfirmed."));
}
