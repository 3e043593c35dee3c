using System.Text;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>Reads CONNECT (MQTT 5.0 and 3.1.1, section 3.1).</summary>
internal static class ConnectDecoder
{
    public static ConnectPacket Read(ref BodyReader reader, PacketDecoder decoder)
    {
        var isMqtt = reader.ReadUtf8().SequenceEqual("MQTT"u8);
        var level = reader.ReadByte();
        if (!isMqtt || (level & 0x7F) is not (4 or 5) || level == 0x85)
        {
            // The refusal is in the form that the client most likely reads.
            decoder.Version = level < 5 ? ProtocolVersion.Version311 : ProtocolVersion.Version500;
            throw new MqttProtocolException(MqttReasonCode.UnsupportedProtocolVersion, "The protocol is neither MQTT 3.1.1 nor 5.0.");
        }

        var version = (ProtocolVersion)(level & 0x7F);
        decoder.Version = version;
        var flags = reader.ReadByte();
        CheckFlags(flags, version);
        var packet = new ConnectPacket
        {
            Version = version,
            IsBridge = (level & 0x80) != 0,
            CleanStart = (flags & 2) != 0,
            KeepAliveSeconds = reader.ReadUInt16(),
            Properties = version == ProtocolVersion.Version500 ? PropertyReader.Read(ref reader, PacketType.Connect) : null,
            ClientId = reader.ReadString(),
        };
        if ((flags & 4) != 0)
        {
            packet.Will = ReadWill(ref reader, flags, version);
        }

        packet.UserName = (flags & 0x80) != 0 ? reader.ReadString() : null;
        packet.Password = (flags & 0x40) != 0 ? reader.ReadBinary() : null;
        return packet;
    }

    private static void CheckFlags(byte flags, ProtocolVersion version)
    {
        if ((flags & 1) != 0)
        {
            throw MqttProtocolException.Malformed("The reserved flag of CONNECT is set.");
        }

        var hasWill = (flags & 4) != 0;
        if ((!hasWill && (flags & 0x38) != 0) || (flags & 0x18) == 0x18)
        {
            throw MqttProtocolException.Malformed("The flags of the last will do not fit together.");
        }

        if (version == ProtocolVersion.Version311 && (flags & 0xC0) == 0x40)
        {
            throw MqttProtocolException.Malformed("There is a password without a user name.");
        }
    }

    private static WillMessage ReadWill(ref BodyReader reader, byte flags, ProtocolVersion version)
    {
        var properties = version == ProtocolVersion.Version500 ? PropertyReader.Read(ref reader, PropertyId.Will) : null;
        var topic = reader.ReadUtf8();
        if (!TopicRules.IsValidName(topic))
        {
            throw new MqttProtocolException(MqttReasonCode.TopicNameInvalid, "The topic of the last will is empty or has a wildcard.");
        }

        return new WillMessage
        {
            Topic = Encoding.UTF8.GetString(topic),
            Payload = reader.ReadBinary(),
            QualityOfService = (byte)((flags >> 3) & 3),
            Retain = (flags & 0x20) != 0,
            Properties = properties,
        };
    }
}
