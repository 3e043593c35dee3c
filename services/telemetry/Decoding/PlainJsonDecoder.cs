using System.Text.Json;

namespace SmartCity.Telemetry.Decoding;

/// <summary>
/// <c>{"t":"2026-07-01T03:00:00+09:00","waterLevelMetres":3.42}</c> or an array of such objects. <c>t</c> may be
/// missing (the time of receipt counts) or a number of seconds or milliseconds since 1970; null values are gaps. Stands
/// last: what is of no other format is taken for this one, and told what is wrong with it.
/// </summary>
internal sealed class PlainJsonDecoder(MetricNames names) : IPayloadDecoder
{
    public bool Accepts(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope) => true;

    public void Decode(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope, DecodedPayload result)
    {
        try
        {
            Read(payload.Span, envelope.ReceivedAt, result);
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

    private void Read(ReadOnlySpan<byte> payload, DateTimeOffset receivedAt, DecodedPayload result)
    {
        var reader = new Utf8JsonReader(payload, JsonValues.Options);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader, payload, receivedAt, result);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            ReadArray(ref reader, payload, receivedAt, result);
        }
        else
        {
            result.Refuse("payload-malformed", "The payload is JSON but neither an object or array with metric names nor SenML.");
        }

        // Throws where something stands behind the end.
        reader.Read();
    }

    private void ReadArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, DateTimeOffset receivedAt, DecodedPayload result)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, payload, receivedAt, result);
            }
            else
            {
                result.Refuse("payload-malformed", $"The array holds {reader.TokenType} where an object with \"t\" and metric names belongs.");
                reader.Skip();
            }
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, DateTimeOffset receivedAt, DecodedPayload result)
    {
        var (time, first, firstFault) = (receivedAt, result.Measurements.Count, result.Faults.Count);
        string? malformedTime = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("t"u8))
            {
                reader.Read();
                malformedTime = JsonValues.TryTime(ref reader, out time) ? null : JsonValues.Shorten(ref reader, payload);
                result.Redate(first, time);
            }
            else
            {
                ReadMetric(ref reader, payload, time, result);
            }
        }

        if (malformedTime is not null)
        {
            result.TakeBack(first, firstFault);
            result.Refuse("time-malformed", $"t is {malformedTime}; write an RFC 3339 time with offset, such as 2026-07-01T03:00:00+09:00.");
        }
    }

    private void ReadMetric(ref Utf8JsonReader reader, ReadOnlySpan<byte> payload, DateTimeOffset time, DecodedPayload result)
    {
        var metric = names.Find(ref reader);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (metric is null)
        {
            result.Refuse("metric-name-malformed", "A metric name has 1 to 64 letters, digits, '_', '.' or '-' and begins with a letter.");
            reader.Skip();
        }
        else if (JsonValues.TryNumber(ref reader, out var value))
        {
            result.Add(metric, time, value);
        }
        else if (result.TakesFaults)
        {
            var given = JsonValues.Shorten(ref reader, payload);
            result.Refuse("value-not-a-number", $"{metric} is {given}; only finite numbers and true/false are stored.");
        }
        else
        {
            reader.Skip();
        }
    }
}
