using SmartCity.Engine;

namespace SmartCity.Telemetry.Tests;

/// <summary>Broker rules that let everything through: who may do what is tested with the host that decides it.</summary>
internal sealed class AllowAll : IMqttAccess
{
    public ValueTask<MqttAdmission> AdmitAsync(string clientId, string? userName, ReadOnlyMemory<byte> password, CancellationToken cancellationToken)
        => ValueTask.FromResult(MqttAdmission.Admitted);

    public bool MayPublish(string userName, string topic) => true;

    public bool MaySubscribe(string userName, string topicFilter) => true;

    public (string Topic, byte[] Payload)? NoticeOf(string userName, string? topic) => null;
}
