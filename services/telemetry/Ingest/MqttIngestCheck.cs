using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SmartCity.Telemetry.Ingest;

/// <summary>Ready means that devices' messages are being taken in.</summary>
internal sealed class MqttIngestCheck(MqttIngest ingest) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => Task.FromResult(ingest.IsConnected
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The MQTT broker is not connected; it keeps what devices send."));
}
