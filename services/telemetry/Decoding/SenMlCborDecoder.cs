using System.Formats.Cbor;
using System.Globalization;
using System.Text;
using SmartCity.Telemetry.Decoding.SenMl;

namespace SmartCity.Telemetry.Decoding;

/// <summary>
/// SenML as CBOR (RFC 8428 section 6): the same records with integers for labels; its rules are in <see cref="SenMlPack"/>.
/// Texts and containers may have an indefinite length, numbers may be decimal fractions (tag 4); other tags say nothing here.
/// </summary>
internal sealed class SenMlCborDecoder(MetricNames names) : IPayloadDecoder
{
    /// <summary>Deeper is no telemetry; fields that nobody knows are skipped down to it.</summary>
    private const int MaximumDepth = 8;

    /// <summary>10^±400 is beyond every double, whatever digits stand before it.</summary>
    private const int LargestExponent = 400;

    private const CborTag DecimalFraction = (CborTag)4;

    public bool Accepts(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope)
        => envelope.HasContentType("application/senml+cbor") || envelope.HasContentType("application/sensml+cbor") || IsArray(payload.Span);

    public void Decode(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope, DecodedPayload result)
    {
        try
        {
            Read(new CborReader(payload, CborConformanceMode.Strict), new SenMlPack(names, envelope.ReceivedAt, result));
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException or OverflowException)
        {
            // The reader's answers to bytes that are not CBOR, to a type that does not belong here, and to a label beyond all labels.
            result.RefuseWhole("payload-malformed", $"The payload is no SenML in CBOR, an array of maps with integer labels: {exception.Message}");
        }
    }

    // Major type 4, by itself or behind the tag that says "this is CBOR" (RFC 8949 section 3.4.6); no JSON begins so.
    private static bool IsArray(ReadOnlySpan<byte> payload) => payload is [>= 0x80 and <= 0x9f, ..] or [0xd9, 0xd9, 0xf7, >= 0x80 and <= 0x9f, ..];

    private static void Read(CborReader reader, SenMlPack pack)
    {
        SkipTags(reader);
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            SkipTags(reader);
            var record = ReadRecord(reader);
            if (!pack.TryAdd(record))
            {
                return;
            }
        }

        reader.ReadEndArray();
        if (reader.BytesRemaining > 0)
        {
            throw new CborContentException("Something stands behind the end of the array.");
        }
    }

    private static SenMlRecord ReadRecord(CborReader reader)
    {
        var record = default(SenMlRecord);
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            SkipTags(reader);
            if (reader.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger)
            {
                ReadField(reader, reader.ReadInt64(), ref record);
            }
            else
            {
                ReadNamedField(reader, ref record);
            }
        }

        reader.ReadEndMap();
        return record;
    }

    // Integer labels of RFC 8428 section 6, table 4.
    private static void ReadField(CborReader reader, long label, ref SenMlRecord record)
    {
        switch (label)
        {
            case -1:
                record.BaseVersion = ReadNumber(reader);
                break;
            case -2:
                record.BaseName = ReadText(reader, ref record);
                break;
            case -3:
                record.BaseTimeSeconds = ReadNumber(reader);
                break;
            case -4:
                record.BaseUnit = ReadText(reader, ref record);
                break;
            case -5:
                record.BaseValue = ReadNumber(reader);
                break;
            case 0:
                record.Name = ReadText(reader, ref record);
                break;
            case 1:
                record.Unit = ReadText(reader, ref record);
                break;
            case 2 or 4:
                ReadValue(reader, ref record);
                break;
            case 6:
                record.TimeSeconds = ReadNumber(reader);
                break;
            default:
                // vs (3), s (5) and vd (8) are values of other kinds; bs (-6) and ut (7) add nothing to a reading.
                record.HasOtherValue |= label is 3 or 5 or 8;
                Skip(reader);
                break;
        }
    }

    private static void ReadNamedField(CborReader reader, ref SenMlRecord record)
    {
        var name = reader.ReadTextString();
        if (name.Length > 1 && name[^1] == '_')
        {
            record.NotUnderstood = name;
        }

        Skip(reader);
    }

    private static void ReadValue(CborReader reader, ref SenMlRecord record)
    {
        SkipTagsOfNoNumber(reader);
        if (reader.PeekState() == CborReaderState.Boolean)
        {
            record.BooleanValue = reader.ReadBoolean();
        }
        else
        {
            record.Value = ReadNumber(reader);
        }
    }

    private static ReadOnlyMemory<byte> ReadText(CborReader reader, ref SenMlRecord record)
    {
        SkipTags(reader);
        switch (reader.PeekState())
        {
            case CborReaderState.TextString:
                return reader.ReadDefiniteLengthTextStringBytes();
            case CborReaderState.StartIndefiniteLengthTextString:
                return Encoding.UTF8.GetBytes(reader.ReadTextString());
            default:
                record.IsMalformed = true;
                Skip(reader);
                return default;
        }
    }

    /// <summary>NaN for what is no number.</summary>
    private static double ReadNumber(CborReader reader)
    {
        while (reader.PeekState() == CborReaderState.Tag)
        {
            if (reader.ReadTag() == DecimalFraction)
            {
                return ReadDecimalFraction(reader);
            }
        }

        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger:
                return reader.ReadUInt64();
            case CborReaderState.NegativeInteger:
                return -1.0 - reader.ReadCborNegativeIntegerRepresentation();
            case CborReaderState.HalfPrecisionFloat:
                return (double)reader.ReadHalf();
            case CborReaderState.SinglePrecisionFloat:
                return reader.ReadSingle();
            case CborReaderState.DoublePrecisionFloat:
                return reader.ReadDouble();
            default:
                Skip(reader);
                return double.NaN;
        }
    }

    // [exponent, mantissa] (RFC 8949 section 3.4.4). By way of its decimal writing it is the nearest double, which a power of ten times the mantissa is not.
    private static double ReadDecimalFraction(CborReader reader)
    {
        reader.ReadStartArray();
        var exponent = Math.Clamp(reader.ReadInt64(), -LargestExponent, LargestExponent);
        var mantissa = reader.ReadInt64();
        reader.ReadEndArray();
        return double.Parse(string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{exponent}"), CultureInfo.InvariantCulture);
    }

    private static void SkipTags(CborReader reader)
    {
        while (reader.PeekState() == CborReaderState.Tag)
        {
            reader.ReadTag();
        }
    }

    private static void SkipTagsOfNoNumber(CborReader reader)
    {
        while (reader.PeekState() == CborReaderState.Tag && reader.PeekTag() != DecimalFraction)
        {
            reader.ReadTag();
        }
    }

    /// <summary>Passes over one value, however it is nested, without going deeper than is sane.</summary>
    private static void Skip(CborReader reader)
    {
        var depth = reader.CurrentDepth;
        bool isTag;
        do
        {
            var state = reader.PeekState();
            isTag = state == CborReaderState.Tag;
            switch (state)
            {
                case CborReaderState.StartArray or CborReaderState.StartMap when reader.CurrentDepth >= MaximumDepth:
                    throw new CborContentException($"It goes deeper than {MaximumDepth} levels.");
                case CborReaderState.StartArray:
                    reader.ReadStartArray();
                    break;
                case CborReaderState.StartMap:
                    reader.ReadStartMap();
                    break;
                case CborReaderState.EndArray:
                    reader.ReadEndArray();
                    break;
                case CborReaderState.EndMap:
                    reader.ReadEndMap();
                    break;
                case CborReaderState.Tag:
                    reader.ReadTag();
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }
        while (isTag || reader.CurrentDepth > depth);
    }
}
