using System.Runtime.InteropServices;
using Google.Protobuf;

namespace SmartCity.Telemetry.Decoding.Sparkplug;

/// <summary>One payload B of Sparkplug, read whole before anything of it counts.</summary>
internal sealed class SparkplugMessage
{
    /// <summary>The mark of a payload whose body is compressed (Sparkplug 3.0 section 6.4.30).</summary>
    private const string Compressed = "SPBV1.0_COMPRESSED";

    // What is not in our .proto is dropped: kept for a later writer, it would take many times its size.
    private static readonly MessageParser<SparkplugMetric> Parser = SparkplugMetric.Parser.WithDiscardUnknownFields(true);
    private static readonly uint TimestampTag = WireFormat.MakeTag(SparkplugPayload.TimestampFieldNumber, WireFormat.WireType.Varint);
    private static readonly uint MetricTag = WireFormat.MakeTag(SparkplugPayload.MetricsFieldNumber, WireFormat.WireType.LengthDelimited);
    private static readonly uint SequenceTag = WireFormat.MakeTag(SparkplugPayload.SeqFieldNumber, WireFormat.WireType.Varint);
    private static readonly uint UuidTag = WireFormat.MakeTag(SparkplugPayload.UuidFieldNumber, WireFormat.WireType.LengthDelimited);

    public ulong? TimestampMilliseconds { get; private set; }

    public ulong? Sequence { get; private set; }

    public List<SparkplugMetric> Metrics { get; } = [];

    /// <summary>It has more metrics than one message may have; those beyond were not read.</summary>
    public bool HasTooMany { get; private set; }

    public bool IsCompressed { get; private set; }

    /// <summary>The number that a birth and its death have in common, where the message gives one.</summary>
    public ulong? BirthDeathSequence
        => Metrics.Find(metric => metric.Name == SparkplugSession.BirthDeathMetric) switch
        {
            { ValueCase: SparkplugMetric.ValueOneofCase.LongValue } metric => metric.LongValue,
            { ValueCase: SparkplugMetric.ValueOneofCase.IntValue } metric => metric.IntValue,
            _ => null,
        };

    /// <exception cref="InvalidProtocolBufferException">It is no such payload.</exception>
    public static SparkplugMessage Parse(ReadOnlyMemory<byte> payload)
    {
        var message = new SparkplugMessage();
        using var input = MemoryMarshal.TryGetArray(payload, out var segment)
            ? new CodedInputStream(segment.Array, segment.Offset, segment.Count)
            : new CodedInputStream(payload.ToArray());
        while (input.ReadTag() is > 0 and var tag)
        {
            message.Read(input, tag);
        }

        return message;
    }

    private void Read(CodedInputStream input, uint tag)
    {
        if (tag == MetricTag)
        {
            var bytes = input.ReadBytes();
            HasTooMany |= Metrics.Count == DecodedPayload.MaximumMeasurements;
            if (!HasTooMany)
            {
                Metrics.Add(Parser.ParseFrom(bytes));
            }
        }
        else if (tag == TimestampTag)
        {
            TimestampMilliseconds = input.ReadUInt64();
        }
        else if (tag == SequenceTag)
        {
            Sequence = input.ReadUInt64();
        }
        else if (tag == UuidTag)
        {
            IsCompressed = input.ReadString() == Compressed;
        }
        else
        {
            input.SkipLastField();
        }
    }
}
