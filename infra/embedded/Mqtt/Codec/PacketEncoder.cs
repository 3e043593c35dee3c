using System.Buffers;
using System.Buffers.Binary;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>Writes packets (MQTT 5.0 and 3.1.1, chapter 3).</summary>
public static class PacketEncoder
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _body;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _properties;

    /// <summary>Writes the packet in the form of a version; what the version does not have is left out.</summary>
    public static void Write(IBufferWriter<byte> output, MqttPacket packet, ProtocolVersion version)
    {
        switch (packet)
        {
            case PublishPacket publish:
                WritePublish(output, publish, version);
                return;
            case PingPacket:
                output.WriteUInt16((ushort)((int)packet.Type << 12));
                return;
            case AckPacket { Properties: null } ack:
                WriteAck(output, ack.Type, ack.PacketIdentifier, ack.ReasonCode, version);
                return;
        }

        var body = Rent(ref _body);
        WriteBody(body, packet, version);
        var flags = packet.Type is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? 2 : 0;
        output.WriteByte((byte)(((int)packet.Type << 4) | flags));
        output.WriteVariableInteger((uint)body.WrittenCount);
        output.Write(body.WrittenSpan);
        Trim(ref _body);
    }

    /// <summary>Bytes of the whole packet; it is written to find out, so this is for packets that are rare.</summary>
    public static int SizeOf(MqttPacket packet, ProtocolVersion version)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, packet, version);
        return output.WrittenCount;
    }

    /// <summary>Writes PUBACK, PUBREC, PUBREL or PUBCOMP without properties.</summary>
    public static void WriteAck(IBufferWriter<byte> output, PacketType type, ushort identifier, MqttReasonCode reason, ProtocolVersion version)
    {
        var hasReason = reason != MqttReasonCode.Success && version == ProtocolVersion.Version500;
        var span = output.GetSpan(5);
        span[0] = (byte)(((int)type << 4) | (type == PacketType.PubRel ? 2 : 0));
        span[1] = hasReason ? (byte)3 : (byte)2;
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], identifier);
        span[4] = (byte)reason;
        output.Advance(hasReason ? 5 : 4);
    }

    /// <summary>The wire form of the properties that a server hands on unchanged with a message.</summary>
    internal static byte[] EncodeContent(MqttProperties? properties)
    {
        if (properties is null)
        {
            return [];
        }

        var output = Rent(ref _properties);
        PropertyWriter.WriteContent(output, properties);
        var content = output.WrittenSpan.ToArray();
        Trim(ref _properties);
        return content;
    }

    /// <summary>The wire form of all properties, without their length.</summary>
    internal static byte[] EncodeProperties(MqttProperties? properties)
    {
        if (properties is null)
        {
            return [];
        }

        var output = Rent(ref _properties);
        PropertyWriter.Write(output, properties);
        var encoded = output.WrittenSpan.ToArray();
        Trim(ref _properties);
        return encoded;
    }

    private static void WritePublish(IBufferWriter<byte> output, PublishPacket publish, ProtocolVersion version)
        => new PublishFrame
        {
            Version = version,
            Duplicate = publish.Duplicate,
            QualityOfService = publish.QualityOfService,
            Retain = publish.Retain,
            PacketIdentifier = publish.PacketIdentifier,
            Topic = publish.Topic.Utf8,
            Payload = publish.Payload,
            Content = EncodeContent(publish.Properties),
            MessageExpiryInterval = publish.Properties?.MessageExpiryInterval,
            TopicAlias = publish.Properties?.TopicAlias,
            SubscriptionIdentifiers = publish.Properties?.SubscriptionIdentifiers,
        }.Write(output);

    private static void WriteBody(IBufferWriter<byte> body, MqttPacket packet, ProtocolVersion version)
    {
        var isVersion5 = version == ProtocolVersion.Version500;
        switch (packet)
        {
            case ConnectPacket connect:
                WriteConnect(body, connect);
                break;
            case ConnAckPacket connAck:
                body.WriteByte(connAck.SessionPresent ? (byte)1 : (byte)0);
                body.WriteByte(connAck.ReasonCode);
                WriteProperties(body, packet.Properties, isVersion5);
                break;
            case AckPacket ack:
                body.WriteUInt16(ack.PacketIdentifier);
                if (isVersion5)
                {
                    body.WriteByte((byte)ack.ReasonCode);
                    WriteProperties(body, packet.Properties, isVersion5);
                }

                break;
            case SubscribePacket subscribe:
                body.WriteUInt16(subscribe.PacketIdentifier);
                WriteProperties(body, packet.Properties, isVersion5);
                foreach (var filter in subscribe.Filters)
                {
                    body.WriteString(filter.Topic);
                    body.WriteByte((byte)((int)filter.QualityOfServiceLevel | (filter.NoLocal ? 4 : 0)
                        | (filter.RetainAsPublished ? 8 : 0) | ((int)filter.RetainHandling << 4)));
                }

                break;
            case UnsubscribePacket unsubscribe:
                body.WriteUInt16(unsubscribe.PacketIdentifier);
                WriteProperties(body, packet.Properties, isVersion5);
                foreach (var filter in unsubscribe.Filters)
                {
                    body.WriteString(filter);
                }

                break;
            case SubscriptionAckPacket ack:
                body.WriteUInt16(ack.PacketIdentifier);
                WriteProperties(body, packet.Properties, isVersion5);
                body.Write(isVersion5 || ack.Type == PacketType.SubAck ? ack.ReasonCodes : []);
                break;
            case DisconnectPacket disconnect when isVersion5 && (disconnect.ReasonCode != MqttReasonCode.Success || packet.Properties is not null):
                body.WriteByte((byte)disconnect.ReasonCode);
                WriteProperties(body, packet.Properties, isVersion5);
                break;
            case AuthPacket auth:
                body.WriteByte((byte)auth.ReasonCode);
                WriteProperties(body, packet.Properties, isVersion5);
                break;
        }
    }

    private static void WriteConnect(IBufferWriter<byte> body, ConnectPacket connect)
    {
        var isVersion5 = connect.Version == ProtocolVersion.Version500;
        body.WriteBinary("MQTT"u8);
        body.WriteByte((byte)((int)connect.Version | (connect.IsBridge ? 0x80 : 0)));
        var will = connect.Will;
        body.WriteByte((byte)((connect.CleanStart ? 2 : 0)
            | (will is null ? 0 : 4 | (will.QualityOfService << 3) | (will.Retain ? 0x20 : 0))
            | (connect.Password is null ? 0 : 0x40) | (connect.UserName is null ? 0 : 0x80)));
        body.WriteUInt16(connect.KeepAliveSeconds);
        WriteProperties(body, connect.Properties, isVersion5);
        body.WriteString(connect.ClientId);
        if (will is not null)
        {
            WriteProperties(body, will.Properties, isVersion5);
            body.WriteString(will.Topic);
            body.WriteBinary(will.Payload);
        }

        if (connect.UserName is not null)
        {
            body.WriteString(connect.UserName);
        }

        if (connect.Password is not null)
        {
            body.WriteBinary(connect.Password);
        }
    }

    private static void WriteProperties(IBufferWriter<byte> body, MqttProperties? properties, bool isVersion5)
    {
        if (!isVersion5)
        {
            return;
        }

        if (properties is null)
        {
            body.WriteByte(0);
            return;
        }

        var list = Rent(ref _properties);
        PropertyWriter.Write(list, properties);
        body.WriteVariableInteger((uint)list.WrittenCount);
        body.Write(list.WrittenSpan);
        Trim(ref _properties);
    }

    private static ArrayBufferWriter<byte> Rent(ref ArrayBufferWriter<byte>? writer)
    {
        writer ??= new ArrayBufferWriter<byte>(512);
        writer.ResetWrittenCount();
        return writer;
    }

    // One huge packet must not keep its memory on every thread.
    private static void Trim(ref ArrayBufferWriter<byte>? writer)
    {
        if (writer is { Capacity: > 64 * 1024 })
        {
            writer = null;
        }
    }
}
