using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Hosting;

namespace SmartCity.Alerts;

/// <summary>The alerts service, for its own process, the one-machine host and tests.</summary>
public static class AlertsService
{
    public static CityService Definition { get; } = new(AppIds.Alerts, AlertsServices.AddAlerts, AlertsApi.MapAlerts);
}
