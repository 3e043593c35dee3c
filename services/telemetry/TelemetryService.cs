using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Hosting;

namespace SmartCity.Telemetry;

/// <summary>The telemetry service: sensor data in, threshold events out.</summary>
public static class TelemetryService
{
    public static CityService Definition { get; } = new(AppIds.Telemetry, TelemetryServices.AddTelemetry, TelemetryApi.MapTelemetry);
}
