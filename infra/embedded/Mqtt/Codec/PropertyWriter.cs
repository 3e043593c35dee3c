using System.Buffers;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>Writes the property list of a packet without its length (MQTT 5.0, section 2.2.2).</summary>
internal static class PropertyWriter
{
    public static void Write(IBufferWriter<byte> output, MqttProperties p)
    {
        WriteContent(output, p);
        UInt32(output, PropertyId.MessageExpiryInterval, p.MessageExpiryInterval);
        foreach (var id in p.SubscriptionIdentifiers ?? [])
        {
            output.WriteByte(PropertyId.SubscriptionIdentifier);
            output.WriteVariableInteger(id);
        }

        UInt32(output, PropertyId.SessionExpiryInterval, p.SessionExpiryInterval);
        String(output, PropertyId.AssignedClientIdentifier, p.AssignedClientIdentifier);
        UInt16(output, PropertyId.ServerKeepAlive, p.ServerKeepAlive);
        String(output, PropertyId.AuthenticationMethod, p.AuthenticationMethod);
        Binary(output, PropertyId.AuthenticationData, p.AuthenticationData);
        Byte(output, PropertyId.RequestProblemInformation, p.RequestProblemInformation);
        UInt32(output, PropertyId.WillDelayInterval, p.WillDelayInterval);
        Byte(output, PropertyId.RequestResponseInformation, p.RequestResponseInformation);
        String(output, PropertyId.ResponseInformation, p.ResponseInformation);
        String(output, PropertyId.ServerReference, p.ServerReference);
        String(output, PropertyId.ReasonString, p.ReasonString);
        UInt16(output, PropertyId.ReceiveMaximum, p.ReceiveMaximum);
        UInt16(output, PropertyId.TopicAliasMaximum, p.TopicAliasMaximum);
        UInt16(output, PropertyId.TopicAlias, p.TopicAlias);
        Byte(output, PropertyId.MaximumQoS, p.MaximumQoS);
        Byte(output, PropertyId.RetainAvailable, p.RetainAvailable);
        UInt32(output, PropertyId.MaximumPacketSize, p.MaximumPacketSize);
        Byte(output, PropertyId.WildcardSubscriptionAvailable, p.WildcardSubscriptionAvailable);
        Byte(output, PropertyId.SubscriptionIdentifierAvailable, p.SubscriptionIdentifierAvailable);
        Byte(output, PropertyId.SharedSubscriptionAvailable, p.SharedSubscriptionAvailable);
    }

    /// <summary>Only what a server hands on unchanged with a message (section 3.3.2.3): not expiry, alias or identifiers.</summary>
    public static void WriteContent(IBufferWriter<byte> output, MqttProperties p)
    {
        Byte(output, PropertyId.PayloadFormatIndicator, p.PayloadFormatIndicator);
        String(output, PropertyId.ContentType, p.ContentType);
        String(output, PropertyId.ResponseTopic, p.ResponseTopic);
        Binary(output, PropertyId.CorrelationData, p.CorrelationData);
        foreach (var property in p.UserProperties ?? [])
        {
            output.WriteByte(PropertyId.UserProperty);
            output.WriteString(property.Name);
            output.WriteBinary(property.ValueBuffer.Span);
        }
    }

    private static void Byte(IBufferWriter<byte> output, byte id, byte? value)
    {
        if (value is { } present)
        {
            output.WriteByte(id);
            output.WriteByte(present);
        }
    }

    private static void UInt16(IBufferWriter<byte> output, byte id, ushort? value)
    {
        if (value is { } present)
        {
            output.WriteByte(id);
            output.WriteUInt16(present);
        }
    }

    private static void UInt32(IBufferWriter<byte> output, byte id, uint? value)
    {
        if (value is { } present)
        {
            output.WriteByte(id);
            output.WriteUInt32(present);
        }
    }

    private static void String(IBufferWriter<byte> output, byte id, string? value)
    {
        if (value is not null)
        {
            output.WriteByte(id);
            output.WriteString(value);
        }
    }

    private static void Binary(IBufferWriter<byte> output, byte id, byte[]? value)
    {
        if (value is not null)
        {
            output.WriteByte(id);
            output.WriteBinary(value);
        }
    }
}
