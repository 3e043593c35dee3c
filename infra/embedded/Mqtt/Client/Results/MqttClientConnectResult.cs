using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace MQTTnet;

/// <summary>The server's CONNACK (MQTT 5.0, section 3.2).</summary>
public sealed class MqttClientConnectResult
{
    public string? AssignedClientIdentifier { get; set; }

    public byte[]? AuthenticationData { get; set; }

    public string? AuthenticationMethod { get; set; }

    public bool IsSessionPresent { get; set; }

    /// <summary>Bytes.</summary>
    public uint? MaximumPacketSize { get; set; }

    public MqttQualityOfServiceLevel MaximumQoS { get; set; }

    public string? ReasonString { get; set; }

    public ushort? ReceiveMaximum { get; set; }

    public string? ResponseInformation { get; set; }

    public MqttClientConnectResultCode ResultCode { get; set; }

    public bool RetainAvailable { get; set; }

    /// <summary>Seconds; 0 when the server takes the client's own.</summary>
    public ushort ServerKeepAlive { get; set; }

    public string? ServerReference { get; set; }

    /// <summary>Seconds.</summary>
    public uint? SessionExpiryInterval { get; set; }

    public bool SharedSubscriptionAvailable { get; set; }

    public bool SubscriptionIdentifiersAvailable { get; set; }

    public ushort TopicAliasMaximum { get; set; }

    public List<MqttUserProperty>? UserProperties { get; set; }

    public bool WildcardSubscriptionAvailable { get; set; }
}
