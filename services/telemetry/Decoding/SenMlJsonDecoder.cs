using System.Text;
using System.Text.Json;
using SmartCity.Telemetry.Decoding.SenMl;

namespace SmartCity.Telemetry.Decoding;

/// <summary>SenML as JSON (RFC 8428 section 5); its rules are in <see cref="SenMlPack"/>.</summary>
internal sealed class SenMlJsonDecoder(MetricNames names) : IPayloadDecoder
{
    public bool Accepts(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope)
    {
        var isPack = payload.Span.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];
        return isPack && (envelope.HasContentType("application/senml+json") || envelope.HasContentType("application/sensml+json") || HasNames(payload.Span));
    }

    public void Decode(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope, DecodedPayload result)
    {
        try
        {
            var reader = new Utf8JsonReader(payload.Span, JsonValues.Options);
            Read(ref reader, payload, new SenMlPack(names, envelope.ReceivedAt, result));
        }
        catch (JsonException exception)
        {
            result.RefuseWhole("payload-malformed", $"The payload is not JSON: {exception.Message}");
        }
        catch (InvalidOperationException exception)
        {
            // System.Text.Json's answer to strings that are not valid UTF-8 or UTF-16.
            result.RefuseWhole("payload-malformed", $"The payload has text that is not valid UTF-8: {exception.Message}");
        }
    }

    /// <summary>Whether the first record has a name or base name: a plain array of objects does not.</summary>
    private static bool HasNames(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload, JsonValues.Options);
        try
        {
            reader.Read();
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("n"u8) || reader.ValueTextEquals("bn"u8))
                {
                    return true;
                }

                reader.Read();
                reader.Skip();
            }

            return false;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What is wrong is for the decoder to say that takes everything.
            return false;
        }
    }

    private static void Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> payload, SenMlPack pack)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var record = ReadRecord(ref reader, payload);
            if (!pack.TryAdd(record))
            {
                return;
            }
        }

        // Throws where something stands behind the end.
        reader.Read();
    }

    private static SenMlRecord ReadRecord(ref Utf8JsonReader reader, ReadOnlyMemory<byte> payload)
    {
        var record = default(SenMlRecord);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            record.IsMalformed = true;
            return record;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadField(ref reader, payload, ref record);
        }

        return record;
    }

    // Labels of RFC 8428 section 4, in the order of how often they come.
    private static void ReadField(ref Utf8JsonReader reader, ReadOnlyMemory<byte> payload, ref SenMlRecord record)
    {
        if (reader.ValueTextEquals("n"u8))
        {
            record.Name = Text(ref reader, payload, ref record);
        }
        else if (reader.ValueTextEquals("v"u8) || reader.ValueTextEquals("vb"u8))
        {
            ReadValue(ref reader, ref record);
        }
        else if (reader.ValueTextEquals("t"u8))
        {
            record.TimeSeconds = Number(ref reader);
        }
        else if (reader.ValueTextEquals("u"u8))
        {
            record.Unit = Text(ref reader, payload, ref record);
        }
        else if (reader.ValueTextEquals("bn"u8))
        {
            record.BaseName = Text(ref reader, payload, ref record);
        }
        else if (reader.ValueTextEquals("bt"u8))
        {
            record.BaseTimeSeconds = Number(ref reader);
        }
        else if (reader.ValueTextEquals("bu"u8))
        {
            record.BaseUnit = Text(ref reader, payload, ref record);
        }
        else if (reader.ValueTextEquals("bv"u8))
        {
            record.BaseValue = Number(ref reader);
        }
        else if (reader.ValueTextEquals("bver"u8))
        {
            record.BaseVersion = Number(ref reader);
        }
        else
        {
            ReadOther(ref reader, ref record);
        }
    }

    private static void ReadOther(ref Utf8JsonReader reader, ref SenMlRecord record)
    {
        record.HasOtherValue |= reader.ValueTextEquals("vs"u8) || reader.ValueTextEquals("vd"u8) || reader.ValueTextEquals("s"u8);
        if (reader.ValueSpan is [_, .., (byte)'_'])
        {
            record.NotUnderstood = Encoding.UTF8.GetString(reader.ValueSpan);
        }

        reader.Read();
        reader.Skip();
    }

    private static void ReadValue(ref Utf8JsonReader reader, ref SenMlRecord record)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            record.BooleanValue = reader.TokenType == JsonTokenType.True;
        }
        else
        {
            record.Value = NumberHere(ref reader);
        }
    }

    private static double Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return NumberHere(ref reader);
    }

    private static double NumberHere(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number))
        {
            return number;
        }

        reader.Skip();
        return double.NaN;
    }

    private static ReadOnlyMemory<byte> Text(ref Utf8JsonReader reader, ReadOnlyMemory<byte> payload, ref SenMlRecord record)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            record.IsMalformed = true;
            return default;
        }

        // Without escapes the text is the payload's own bytes, between its quotes.
        return reader.ValueIsEscaped
            ? Encoding.UTF8.GetBytes(reader.GetString()!)
            : payload.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
    }
}
