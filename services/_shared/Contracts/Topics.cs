namespace SmartCity.Contracts;

/// <summary>Dapr application ids: the sidecar's name for each service, and the service's name in URLs.</summary>
public static class AppIds
{
    public const string Telemetry = "telemetry";
    public const string Alerts = "alerts";
    public const string Transit = "transit";
    public const string Telemedicine = "telemedicine";
    public const string Registry = "registry";
    public const string Portal = "portal";
    public const string Gateway = "gateway";

    /// <summary>Every app id in the order of its port: the first has the first service and sidecar port.</summary>
    public static readonly IReadOnlyList<string> InPortOrder =
        [Telemetry, Alerts, Transit, Telemedicine, Registry, Portal, Gateway];
}

/// <summary>The only place that names the Dapr pub/sub component and its topics.</summary>
public static class Topics
{
    /// <summary>The pub/sub component that carries every topic.</summary>
    public const string PubSub = "pubsub";

    /// <summary>A municipality was onboarded or changed: <see cref="Events.RegistryChanged"/>.</summary>
    public const string RegistryChanged = "registry.changed";

    /// <summary>A rule over a sensor, or over a zone of them, was raised or cleared: <see cref="Events.SensorThreshold"/>.</summary>
    public const string SensorThreshold = "sensor.threshold";

    /// <summary>A device fell silent or speaks again: <see cref="Events.DeviceSilent"/>.</summary>
    public const string DeviceSilent = "device.silent";

    /// <summary>A CAP alert was issued: <see cref="Events.AlertChanged"/>.</summary>
    public const string AlertIssued = "alert.issued";

    /// <summary>A CAP update replaced an alert: <see cref="Events.AlertChanged"/>.</summary>
    public const string AlertUpdated = "alert.updated";

    /// <summary>A CAP cancel ended an alert: <see cref="Events.AlertChanged"/>.</summary>
    public const string AlertCancelled = "alert.cancelled";

    /// <summary>Personal data was read or written across services or towns: <see cref="Events.ExchangeRecorded"/>.</summary>
    public const string ExchangeRecorded = "exchange.recorded";

    /// <summary>Where events go that no subscriber could take.</summary>
    public const string DeadLetter = "dead-letter";
}
