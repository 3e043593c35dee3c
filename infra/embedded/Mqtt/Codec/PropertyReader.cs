using System.Buffers;
using System.Globalization;
using MQTTnet.Packets;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>Reads the property list of a packet (MQTT 5.0, section 2.2.2).</summary>
internal static class PropertyReader
{
    /// <summary>The properties, or null when the list is empty.</summary>
    /// <exception cref="MqttProtocolException">A property is unknown, repeated, out of place or has a forbidden value.</exception>
    public static MqttProperties? Read(ref BodyReader body, PacketType type)
    {
        var length = body.ReadVariableInteger();
        if (length == 0)
        {
            return null;
        }

        return Read(body.ReadBytes(length), type);
    }

    /// <summary>Reads a list without its length.</summary>
    /// <exception cref="MqttProtocolException">A property is unknown, repeated, out of place or has a forbidden value.</exception>
    public static MqttProperties Read(ReadOnlySequence<byte> list, PacketType type)
    {
        var reader = new BodyReader(list);
        var properties = new MqttProperties();
        var seen = 0UL;
        while (!reader.AtEnd)
        {
            var id = (int)Math.Min(reader.ReadVariableInteger(), byte.MaxValue);
            if (!PropertyId.IsAllowed(id, type))
            {
                throw MqttProtocolException.Malformed(string.Create(CultureInfo.InvariantCulture, $"Property {id} is not allowed in {type}."));
            }

            var mayRepeat = id == PropertyId.UserProperty || (id == PropertyId.SubscriptionIdentifier && type == PacketType.Publish);
            if (!mayRepeat && (seen & (1UL << id)) != 0)
            {
                throw MqttProtocolException.Protocol(string.Create(CultureInfo.InvariantCulture, $"Property {id} occurs twice in {type}."));
            }

            seen |= 1UL << id;
            ReadOne(ref reader, id, properties);
        }

        if (properties.AuthenticationData is not null && properties.AuthenticationMethod is null)
        {
            throw MqttProtocolException.Protocol("There is authentication data without a method.");
        }

        return properties;
    }

    private static void ReadOne(ref BodyReader reader, int id, MqttProperties properties)
    {
        switch (id)
        {
            case PropertyId.PayloadFormatIndicator: properties.PayloadFormatIndicator = ReadFlag(ref reader); break;
            case PropertyId.MessageExpiryInterval: properties.MessageExpiryInterval = reader.ReadUInt32(); break;
            case PropertyId.ContentType: properties.ContentType = reader.ReadString(); break;
            case PropertyId.ResponseTopic: properties.ResponseTopic = ReadTopic(ref reader); break;
            case PropertyId.CorrelationData: properties.CorrelationData = reader.ReadBinary(); break;
            case PropertyId.SubscriptionIdentifier:
                (properties.SubscriptionIdentifiers ??= []).Add(NotZero(reader.ReadVariableInteger(), "subscription identifier"));
                break;
            case PropertyId.SessionExpiryInterval: properties.SessionExpiryInterval = reader.ReadUInt32(); break;
            case PropertyId.AssignedClientIdentifier: properties.AssignedClientIdentifier = reader.ReadString(); break;
            case PropertyId.ServerKeepAlive: properties.ServerKeepAlive = reader.ReadUInt16(); break;
            case PropertyId.AuthenticationMethod: properties.AuthenticationMethod = reader.ReadString(); break;
            case PropertyId.AuthenticationData: properties.AuthenticationData = reader.ReadBinary(); break;
            case PropertyId.RequestProblemInformation: properties.RequestProblemInformation = ReadFlag(ref reader); break;
            case PropertyId.WillDelayInterval: properties.WillDelayInterval = reader.ReadUInt32(); break;
            case PropertyId.RequestResponseInformation: properties.RequestResponseInformation = ReadFlag(ref reader); break;
            case PropertyId.ResponseInformation: properties.ResponseInformation = reader.ReadString(); break;
            case PropertyId.ServerReference: properties.ServerReference = reader.ReadString(); break;
            case PropertyId.ReasonString: properties.ReasonString = reader.ReadString(); break;
            case PropertyId.ReceiveMaximum: properties.ReceiveMaximum = (ushort)NotZero(reader.ReadUInt16(), "receive maximum"); break;
            case PropertyId.TopicAliasMaximum: properties.TopicAliasMaximum = reader.ReadUInt16(); break;
            case PropertyId.TopicAlias: properties.TopicAlias = ReadAlias(ref reader); break;
            case PropertyId.MaximumQoS: properties.MaximumQoS = ReadFlag(ref reader); break;
            case PropertyId.RetainAvailable: properties.RetainAvailable = ReadFlag(ref reader); break;
            case PropertyId.UserProperty:
                var name = reader.ReadString();
                (properties.UserProperties ??= []).Add(new MqttUserProperty(name, new ReadOnlyMemory<byte>(reader.ReadUtf8().ToArray())));
                break;
            case PropertyId.MaximumPacketSize: properties.MaximumPacketSize = NotZero(reader.ReadUInt32(), "maximum packet size"); break;
            case PropertyId.WildcardSubscriptionAvailable: properties.WildcardSubscriptionAvailable = ReadFlag(ref reader); break;
            case PropertyId.SubscriptionIdentifierAvailable: properties.SubscriptionIdentifierAvailable = ReadFlag(ref reader); break;
            case PropertyId.SharedSubscriptionAvailable: properties.SharedSubscriptionAvailable = ReadFlag(ref reader); break;
            default: throw MqttProtocolException.Malformed(string.Create(CultureInfo.InvariantCulture, $"Property {id} is unknown."));
        }
    }

    private static byte ReadFlag(ref BodyReader reader)
        => reader.ReadByte() is var value and <= 1 ? value : throw MqttProtocolException.Protocol("A flag is neither 0 nor 1.");

    private static uint NotZero(uint value, string name)
        => value != 0 ? value : throw MqttProtocolException.Protocol($"The {name} is 0.");

    private static ushort ReadAlias(ref BodyReader reader)
        => reader.ReadUInt16() is var value and > 0 ? value : throw new MqttProtocolException(MqttReasonCode.TopicAliasInvalid, "The topic alias is 0.");

    private static string ReadTopic(ref BodyReader reader)
        => reader.ReadString() is var topic && TopicRules.IsValidName(topic)
            ? topic
            : throw new MqttProtocolException(MqttReasonCode.TopicNameInvalid, "The response topic is empty or has a wildcard.");
}
