using MQTTnet.Packets;

namespace MQTTnet;

/// <summary>The server's SUBACK: one item per filter, in the order of the request.</summary>
public sealed class MqttClientSubscribeResult(
    ushort packetIdentifier,
    IReadOnlyCollection<MqttClientSubscribeResultItem> items,
    string? reasonString,
    IReadOnlyCollection<MqttUserProperty> userProperties)
{
    public IReadOnlyCollection<MqttClientSubscribeResultItem> Items { get; } = items;

    public ushort PacketIdentifier { get; } = packetIdentifier;

    public string? ReasonString { get; } = reasonString;

    public IReadOnlyCollection<MqttUserProperty> UserProperties { get; } = userProperties;
}

/// <summary>The answer to one filter.</summary>
public sealed class MqttClientSubscribeResultItem(MqttTopicFilter topicFilter, MqttClientSubscribeResultCode resultCode)
{
    public MqttClientSubscribeResultCode ResultCode { get; } = resultCode;

    public MqttTopicFilter TopicFilter { get; } = topicFilter;
}
