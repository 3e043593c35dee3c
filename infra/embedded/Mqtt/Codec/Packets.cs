using System.Buffers;
using MQTTnet.Packets;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>Any control packet (MQTT 5.0, chapter 3; 3.1.1 has the same without properties and AUTH).</summary>
public abstract class MqttPacket
{
    public abstract PacketType Type { get; }

    /// <summary>The properties of version 5; null when there are none.</summary>
    public MqttProperties? Properties { get; set; }
}

/// <summary>PINGREQ and PINGRESP.</summary>
public sealed class PingPacket(PacketType type) : MqttPacket
{
    public static readonly PingPacket Request = new(PacketType.PingReq);

    public static readonly PingPacket Response = new(PacketType.PingResp);

    public override PacketType Type { get; } = type;
}

/// <summary>CONNECT (section 3.1).</summary>
public sealed class ConnectPacket : MqttPacket
{
    public override PacketType Type => PacketType.Connect;

    public ProtocolVersion Version { get; set; }

    /// <summary>Tells a version 3 server that the client is a bridge (top bit of the protocol level).</summary>
    public bool IsBridge { get; set; }

    public bool CleanStart { get; set; }

    public ushort KeepAliveSeconds { get; set; }

    public string ClientId { get; set; } = string.Empty;

    public WillMessage? Will { get; set; }

    public string? UserName { get; set; }

    public byte[]? Password { get; set; }
}

/// <summary>The last will in a CONNECT (section 3.1.3.2).</summary>
public sealed class WillMessage
{
    public required string Topic { get; init; }

    public required byte[] Payload { get; init; }

    public byte QualityOfService { get; init; }

    public bool Retain { get; init; }

    public MqttProperties? Properties { get; init; }
}

/// <summary>CONNACK (section 3.2). With version 3 the reason is one of its return codes 0 to 5.</summary>
public sealed class ConnAckPacket : MqttPacket
{
    public override PacketType Type => PacketType.ConnAck;

    public bool SessionPresent { get; set; }

    public byte ReasonCode { get; set; }
}

/// <summary>PUBLISH (section 3.3).</summary>
public sealed class PublishPacket : MqttPacket
{
    public override PacketType Type => PacketType.Publish;

    public bool Duplicate { get; set; }

    public byte QualityOfService { get; set; }

    public bool Retain { get; set; }

    /// <summary>Empty when the packet has only a topic alias.</summary>
    public TopicName Topic { get; set; } = TopicName.Empty;

    /// <summary>0 at QoS 0.</summary>
    public ushort PacketIdentifier { get; set; }

    public ReadOnlySequence<byte> Payload { get; set; }
}

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP (sections 3.4 to 3.7).</summary>
public sealed class AckPacket : MqttPacket
{
    private PacketType _type;

    public AckPacket(PacketType type, ushort packetIdentifier, MqttReasonCode reasonCode = MqttReasonCode.Success)
    {
        _type = type;
        PacketIdentifier = packetIdentifier;
        ReasonCode = reasonCode;
    }

    public override PacketType Type => _type;

    public ushort PacketIdentifier { get; private set; }

    public MqttReasonCode ReasonCode { get; private set; }

    internal AckPacket Reset(PacketType type, ushort packetIdentifier, MqttReasonCode reasonCode, MqttProperties? properties)
    {
        _type = type;
        PacketIdentifier = packetIdentifier;
        ReasonCode = reasonCode;
        Properties = properties;
        return this;
    }
}

/// <summary>SUBSCRIBE (section 3.8).</summary>
public sealed class SubscribePacket : MqttPacket
{
    public override PacketType Type => PacketType.Subscribe;

    public ushort PacketIdentifier { get; set; }

    public List<MqttTopicFilter> Filters { get; set; } = [];
}

/// <summary>UNSUBSCRIBE (section 3.10).</summary>
public sealed class UnsubscribePacket : MqttPacket
{
    public override PacketType Type => PacketType.Unsubscribe;

    public ushort PacketIdentifier { get; set; }

    public List<string> Filters { get; set; } = [];
}

/// <summary>SUBACK and UNSUBACK (sections 3.9 and 3.11).</summary>
public sealed class SubscriptionAckPacket(PacketType type, ushort packetIdentifier, byte[] reasonCodes) : MqttPacket
{
    public override PacketType Type { get; } = type;

    public ushort PacketIdentifier { get; } = packetIdentifier;

    /// <summary>One per filter; empty in an UNSUBACK of version 3.</summary>
    public byte[] ReasonCodes { get; } = reasonCodes;
}

/// <summary>DISCONNECT (section 3.14).</summary>
public sealed class DisconnectPacket(MqttReasonCode reasonCode) : MqttPacket
{
    public override PacketType Type => PacketType.Disconnect;

    public MqttReasonCode ReasonCode { get; } = reasonCode;
}

/// <summary>AUTH (section 3.15).</summary>
public sealed class AuthPacket(MqttReasonCode reasonCode) : MqttPacket
{
    public override PacketType Type => PacketType.Auth;

    public MqttReasonCode ReasonCode { get; } = reasonCode;
}
