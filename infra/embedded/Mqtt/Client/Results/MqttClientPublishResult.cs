using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>The server's answer to a publish; at QoS 0 there is none, so it counts as a success.</summary>
public sealed class MqttClientPublishResult(
    ushort? packetIdentifier,
    MqttClientPublishReasonCode reasonCode,
    string? reasonString,
    IReadOnlyCollection<MqttUserProperty> userProperties)
{
    public bool IsSuccess => ReasonCode is MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers;

    public ushort? PacketIdentifier { get; } = packetIdentifier;

    public MqttClientPublishReasonCode ReasonCode { get; } = reasonCode;

    public string? ReasonString { get; } = reasonString;

    public IReadOnlyCollection<MqttUserProperty> UserProperties { get; } = userProperties;
}
