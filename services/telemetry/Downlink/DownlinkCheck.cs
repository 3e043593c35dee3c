using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SmartCity.Telemetry.Downlink;

/// <summary>Ready means that commands go out.</summary>
internal sealed class DownlinkCheck(DownlinkConnection connection) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => Task.FromResult(connection.IsConnected
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The MQTT broker is not connected; commands wait, and expire."));
}
