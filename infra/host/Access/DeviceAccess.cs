using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Engine;
using SmartCity.Host.Startup;
using SmartCity.ServiceDefaults.Devices;

namespace SmartCity.Host.Access;

/// <summary>Who may use the broker: devices with a key of the registry, the telemetry service, and the transit service to follow vehicles.</summary>
internal sealed class DeviceAccess(DeviceKeyFeed devices, DemoKeys keys) : IMqttAccess
{
    public async ValueTask<MqttAdmission> AdmitAsync(string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
    {
        if (userName is ServiceCatalog.ServiceUser or ServiceCatalog.TransitUser)
        {
            return keys.Matches(userName, password.Span) ? MqttAdmission.Admitted : MqttAdmission.Refused;
        }

        if (!DeviceRights.TrySplit(userName, out _, out _))
        {
            return MqttAdmission.Refused;
        }

        return !await devices.IsKnownAsync(cancellationToken) ? MqttAdmission.Unavailable
            : devices.Table.TryAdmit(clientId, userName!, password.Span) ? MqttAdmission.Admitted : MqttAdmission.Refused;
    }

    public bool MayPublish(string userName, string topic) => userName != ServiceCatalog.TransitUser && DeviceRights.MayPublish(userName, topic, userName == ServiceCatalog.ServiceUser);

    public bool MaySubscribe(string userName, string topicFilter)
        => userName == ServiceCatalog.TransitUser
            ? DeviceRights.MayFollow(topicFilter)
            : DeviceRights.MaySubscribe(userName, topicFilter, userName == ServiceCatalog.ServiceUser);

    public (string Topic, byte[] Payload)? NoticeOf(string userName, string? topic, MqttRefusalKind kind)
    {
        // Whether there is such a device is for the receiver to say; a name that is none would not fit into a topic.
        if (!DeviceRights.TrySplit(userName, out _, out _))
        {
            return null;
        }

        var (code, message) = kind switch
        {
            MqttRefusalKind.WrongKey => ("bad-credentials", "A client with this device's name gave a wrong key; check the key, or rotate it if nobody of yours did."),
            MqttRefusalKind.OverQuota => ("over-quota", "The device publishes more than the town's limits let through, or than is taken in; publish less often, or have the limits raised."),
            _ => ("topic-not-allowed", $"The device may not use the topic '{topic}'; it publishes to sc/v1/{userName}/telemetry, status, command-result and twin-reported, or as a Sparkplug node below {SparkplugTopic.Prefix}."),
        };
        return (MqttTopic.RefusedPrefix + userName, JsonSerializer.SerializeToUtf8Bytes(new { code, message }, CityJson.Options));
    }
}
