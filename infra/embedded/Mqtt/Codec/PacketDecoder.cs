using System.Buffers;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>
/// Turns one packet's bytes into an object. One decoder belongs to one connection: it remembers topics, and it uses the
/// same <see cref="PublishPacket"/> and <see cref="AckPacket"/> again, which are therefore valid until the next call.
/// </summary>
public sealed class PacketDecoder
{
    private readonly PublishPacket _publish = new();
    private readonly AckPacket _ack = new(PacketType.PubAck, 0);
    private readonly TopicCache _topics = new();

    /// <summary>The version that CONNECT agreed on; a CONNECT sets it.</summary>
    public ProtocolVersion Version { get; set; } = ProtocolVersion.Version500;

    private bool IsVersion5 => Version == ProtocolVersion.Version500;

    /// <exception cref="MqttProtocolException">The packet is not one of the specification's forms.</exception>
    public MqttPacket Decode(byte header, ReadOnlySequence<byte> body)
    {
        var type = (PacketType)(header >> 4);
        var flags = header & 0x0F;
        if (type == PacketType.Publish)
        {
            return ReadPublish(flags, body);
        }

        var expected = type is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? 2 : 0;
        if (flags != expected)
        {
            throw MqttProtocolException.Malformed($"The flags of {type} are not as prescribed.");
        }

        var reader = new BodyReader(body);
        MqttPacket packet = type switch
        {
            PacketType.Connect => ConnectDecoder.Read(ref reader, this),
            PacketType.ConnAck => ReadConnAck(ref reader),
            PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp => ReadAck(type, ref reader),
            PacketType.Subscribe => ReadSubscribe(ref reader),
            PacketType.Unsubscribe => ReadUnsubscribe(ref reader),
            PacketType.SubAck or PacketType.UnsubAck => ReadSubscriptionAck(type, ref reader),
            PacketType.PingReq => PingPacket.Request,
            PacketType.PingResp => PingPacket.Response,
            PacketType.Disconnect => ReadDisconnect(ref reader),
            PacketType.Auth when IsVersion5 => ReadAuth(ref reader),
            _ => throw MqttProtocolException.Malformed("The packet type is reserved."),
        };
        return reader.AtEnd ? packet : throw MqttProtocolException.Malformed($"{type} is longer than its content.");
    }

    private PublishPacket ReadPublish(int flags, ReadOnlySequence<byte> body)
    {
        var reader = new BodyReader(body);
        _publish.Duplicate = (flags & 8) != 0;
        _publish.QualityOfService = (byte)((flags >> 1) & 3);
        _publish.Retain = (flags & 1) != 0;
        if (_publish.QualityOfService == 3 || (_publish.Duplicate && _publish.QualityOfService == 0))
        {
            throw MqttProtocolException.Malformed("PUBLISH has QoS 3, or is a duplicate at QoS 0.");
        }

        var topic = reader.ReadUtf8();
        _publish.Topic = topic.IsEmpty || TopicRules.IsValidName(topic)
            ? _topics.Get(topic)
            : throw new MqttProtocolException(MqttReasonCode.TopicNameInvalid, "The topic name has a wildcard.");
        _publish.PacketIdentifier = _publish.QualityOfService == 0 ? (ushort)0 : ReadIdentifier(ref reader);
        _publish.Properties = IsVersion5 ? PropertyReader.Read(ref reader, PacketType.Publish) : null;
        if (topic.IsEmpty && _publish.Properties?.TopicAlias is null)
        {
            throw new MqttProtocolException(IsVersion5 ? MqttReasonCode.ProtocolError : MqttReasonCode.TopicNameInvalid, "PUBLISH has no topic.");
        }

        _publish.Payload = reader.ReadRest();
        return _publish;
    }

    private ConnAckPacket ReadConnAck(ref BodyReader reader)
    {
        var flags = reader.ReadByte();
        if (flags > 1)
        {
            throw MqttProtocolException.Malformed("CONNACK has reserved flags.");
        }

        var packet = new ConnAckPacket { SessionPresent = flags == 1, ReasonCode = reader.ReadByte() };
        // A server that does not know version 5 answers in the form of version 3, which ends here.
        packet.Properties = IsVersion5 && !reader.AtEnd ? PropertyReader.Read(ref reader, PacketType.ConnAck) : null;
        return packet;
    }

    private AckPacket ReadAck(PacketType type, ref BodyReader reader)
    {
        var identifier = ReadIdentifier(ref reader);
        // Success without properties may be left out (section 3.4.2.1).
        var reason = IsVersion5 && !reader.AtEnd ? (MqttReasonCode)reader.ReadByte() : MqttReasonCode.Success;
        var properties = IsVersion5 && !reader.AtEnd ? PropertyReader.Read(ref reader, type) : null;
        return ReasonCodes.IsAllowed(type, reason)
            ? _ack.Reset(type, identifier, reason, properties)
            : throw MqttProtocolException.Malformed($"{type} has a reason code that is not its own.");
    }

    private SubscribePacket ReadSubscribe(ref BodyReader reader)
    {
        var packet = new SubscribePacket
        {
            PacketIdentifier = ReadIdentifier(ref reader),
            Properties = IsVersion5 ? PropertyReader.Read(ref reader, PacketType.Subscribe) : null,
        };
        while (!reader.AtEnd)
        {
            var topic = reader.ReadString();
            var options = reader.ReadByte();
            var reserved = IsVersion5 ? 0xC0 : 0xFC;
            if ((options & reserved) != 0 || (options & 3) == 3 || (options & 0x30) == 0x30)
            {
                throw MqttProtocolException.Malformed("The options of a subscription are not among those prescribed.");
            }

            packet.Filters.Add(new MqttTopicFilter
            {
                Topic = topic,
                QualityOfServiceLevel = (MqttQualityOfServiceLevel)(options & 3),
                NoLocal = (options & 4) != 0,
                RetainAsPublished = (options & 8) != 0,
                RetainHandling = (MqttRetainHandling)((options >> 4) & 3),
            });
        }

        return packet.Filters.Count > 0 ? packet : throw MqttProtocolException.Protocol("SUBSCRIBE has no filter.");
    }

    private UnsubscribePacket ReadUnsubscribe(ref BodyReader reader)
    {
        var packet = new UnsubscribePacket
        {
            PacketIdentifier = ReadIdentifier(ref reader),
            Properties = IsVersion5 ? PropertyReader.Read(ref reader, PacketType.Unsubscribe) : null,
        };
        while (!reader.AtEnd)
        {
            packet.Filters.Add(reader.ReadString());
        }

        return packet.Filters.Count > 0 ? packet : throw MqttProtocolException.Protocol("UNSUBSCRIBE has no filter.");
    }

    private SubscriptionAckPacket ReadSubscriptionAck(PacketType type, ref BodyReader reader)
    {
        var identifier = ReadIdentifier(ref reader);
        var properties = IsVersion5 ? PropertyReader.Read(ref reader, type) : null;
        return new SubscriptionAckPacket(type, identifier, reader.ReadRest().ToArray()) { Properties = properties };
    }

    private DisconnectPacket ReadDisconnect(ref BodyReader reader)
    {
        if (!IsVersion5 || reader.AtEnd)
        {
            return new DisconnectPacket(MqttReasonCode.Success);
        }

        var reason = (MqttReasonCode)reader.ReadByte();
        var properties = reader.AtEnd ? null : PropertyReader.Read(ref reader, PacketType.Disconnect);
        return ReasonCodes.IsAllowed(PacketType.Disconnect, reason)
            ? new DisconnectPacket(reason) { Properties = properties }
            : throw MqttProtocolException.Malformed("DISCONNECT has a reason code that is not its own.");
    }

    private static AuthPacket ReadAuth(ref BodyReader reader)
    {
        var reason = reader.AtEnd ? MqttReasonCode.Success : (MqttReasonCode)reader.ReadByte();
        var properties = reader.AtEnd ? null : PropertyReader.Read(ref reader, PacketType.Auth);
        return ReasonCodes.IsAllowed(PacketType.Auth, reason)
            ? new AuthPacket(reason) { Properties = properties }
            : throw MqttProtocolException.Malformed("AUTH has a reason code that is not its own.");
    }

    private static ushort ReadIdentifier(ref BodyReader reader)
        => reader.ReadUInt16() is var value and > 0 ? value : throw MqttProtocolException.Malformed("The packet identifier is 0.");
}
