using SmartCity.Engine;
using SmartCity.ServiceDefaults.Devices;

namespace SmartCity.Telemetry.Tests.Commands;

/// <summary>The platform's rules for the topics of devices; every key is right.</summary>
internal sealed class OwnTopics : IMqttAccess
{
    public ValueTask<MqttAdmission> AdmitAsync(string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
        => ValueTask.FromResult(MqttAdmission.Admitted);

    public bool MayPublish(string userName, string topic) => DeviceRights.MayPublish(userName, topic, userName == "service");

    public bool MaySubscribe(string userName, string topicFilter) => DeviceRights.MaySubscribe(userName, topicFilter, userName == "service");

    public (string Topic, byte[] Payload)? NoticeOf(string userName, string? topic, MqttRefusalKind kind) => null;
}
