using System.Buffers;
using System.Buffers.Binary;

namespace SmartCity.Embedded.Mqtt.Codec;

/// <summary>
/// Everything that makes a PUBLISH, by reference, so that a message is written to many connections without an object
/// for each. Properties that do not change on the way are kept in their wire form.
/// </summary>
internal readonly ref struct PublishFrame
{
    public ProtocolVersion Version { get; init; }

    public bool Duplicate { get; init; }

    public byte QualityOfService { get; init; }

    public bool Retain { get; init; }

    public ushort PacketIdentifier { get; init; }

    public ReadOnlySpan<byte> Topic { get; init; }

    public ReadOnlySequence<byte> Payload { get; init; }

    public ReadOnlySpan<byte> Content { get; init; }

    /// <summary>Seconds, or null when the message does not expire.</summary>
    public uint? MessageExpiryInterval { get; init; }

    public ushort? TopicAlias { get; init; }

    public List<uint>? SubscriptionIdentifiers { get; init; }

    /// <summary>Bytes of the whole packet.</summary>
    public int Size
    {
        get
        {
            var body = BodySize(PropertiesSize());
            return 1 + BodyWriter.SizeOfVariableInteger((uint)body) + body;
        }
    }

    public void Write(IBufferWriter<byte> output)
    {
        var propertiesSize = PropertiesSize();
        var body = BodySize(propertiesSize);
        var head = body - (int)Payload.Length;
        var span = output.GetSpan(5 + head);
        span[0] = (byte)(0x30 | (Duplicate ? 8 : 0) | (QualityOfService << 1) | (Retain ? 1 : 0));
        var at = 1 + BodyWriter.WriteVariableInteger(span[1..], (uint)body);
        BinaryPrimitives.WriteUInt16BigEndian(span[at..], (ushort)Topic.Length);
        Topic.CopyTo(span[(at + 2)..]);
        at += 2 + Topic.Length;
        if (QualityOfService > 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(span[at..], PacketIdentifier);
            at += 2;
        }

        if (Version == ProtocolVersion.Version500)
        {
            at += WriteProperties(span[at..], propertiesSize);
        }

        output.Advance(at);
        foreach (var segment in Payload)
        {
            output.Write(segment.Span);
        }
    }

    private int WriteProperties(Span<byte> span, int size)
    {
        var at = BodyWriter.WriteVariableInteger(span, (uint)size);
        Content.CopyTo(span[at..]);
        at += Content.Length;
        if (MessageExpiryInterval is { } expiry)
        {
            span[at] = PropertyId.MessageExpiryInterval;
            BinaryPrimitives.WriteUInt32BigEndian(span[(at + 1)..], expiry);
            at += 5;
        }

        if (TopicAlias is { } alias)
        {
            span[at] = PropertyId.TopicAlias;
            BinaryPrimitives.WriteUInt16BigEndian(span[(at + 1)..], alias);
            at += 3;
        }

        if (SubscriptionIdentifiers is not null)
        {
            foreach (var id in SubscriptionIdentifiers)
            {
                span[at] = PropertyId.SubscriptionIdentifier;
                at += 1 + BodyWriter.WriteVariableInteger(span[(at + 1)..], id);
            }
        }

        return at;
    }

    private int PropertiesSize()
    {
        if (Version != ProtocolVersion.Version500)
        {
            return 0;
        }

        var size = Content.Length + (MessageExpiryInterval is null ? 0 : 5) + (TopicAlias is null ? 0 : 3);
        if (SubscriptionIdentifiers is not null)
        {
            foreach (var id in SubscriptionIdentifiers)
            {
                size += 1 + BodyWriter.SizeOfVariableInteger(id);
            }
        }

        return size;
    }

    private int BodySize(int propertiesSize)
        => 2 + Topic.Length + (QualityOfService > 0 ? 2 : 0) + (int)Payload.Length
            + (Version == ProtocolVersion.Version500 ? BodyWriter.SizeOfVariableInteger((uint)propertiesSize) + propertiesSize : 0);
}
