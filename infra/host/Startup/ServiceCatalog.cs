using SmartCity.Alerts;
using SmartCity.Contracts;
using SmartCity.Engine;
using SmartCity.Gateway;
using SmartCity.Portal;
using SmartCity.Registry;
using SmartCity.ServiceDefaults.Hosting;
using SmartCity.Telemetry;
using SmartCity.Transit;

namespace SmartCity.Host.Startup;

/// <summary>Every service that exists. A new one is one line here.</summary>
internal static class ServiceCatalog
{
    public static IReadOnlyList<CityService> Services { get; } =
        [RegistryService.Definition, TelemetryService.Definition, AlertsService.Definition, TransitService.Definition, PortalService.Definition];

    public static CityService Gateway => GatewayService.Definition;

    public static IReadOnlyCollection<string> AppIdsOfServices { get; } = Services.Select(service => service.AppId).ToArray();

    /// <summary>Subscriptions that must not miss an event before their service has run for the first time.</summary>
    public static IReadOnlyList<LocalSubscription> Subscriptions { get; } =
    [
        new(AppIds.Alerts, Topics.SensorThreshold, "/events/sensor-threshold", Topics.DeadLetter),
        new(AppIds.Alerts, Topics.DeviceSilent, "/events/device-silent", Topics.DeadLetter),
        new(AppIds.Registry, Topics.ExchangeRecorded, "/events/exchange-recorded", Topics.DeadLetter),
    ];

    /// <summary>The broker's sessions that must not miss a message before their service has run for the first time.</summary>
    public static IReadOnlyList<LocalMqttSession> MqttSessions { get; } =
    [
        new("telemetry-ingest", ServiceUser, [MqttTopic.AllTelemetry, MqttTopic.AllStatus, .. SparkplugTopic.AllFromNodes]),
        new("telemetry-ingest-downlink", ServiceUser, MqttTopic.AllAnswers),
    ];

    /// <summary>The user name with which the telemetry service connects to the broker.</summary>
    public const string ServiceUser = "service/telemetry";

    /// <summary>The user name with which the transit service follows vehicles.</summary>
    public const string TransitUser = "service/transit";

    public static CityService Find(string appId)
        => Services.Append(Gateway).FirstOrDefault(service => service.AppId == appId)
            ?? throw new HostStartException($"There is no service '{appId}'.");
}
