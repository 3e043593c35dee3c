using System.Text.Json;

namespace SmartCity.Telemetry.Decoding;

/// <summary>
/// <c>{"t":"2026-07-01T03:00:00+09:00","waterLevelMetres":3.42}</c> or an array of such objects. <c>t</c> may be
/// missing (the time of receipt counts) or a number of seconds or milliseconds since 1970; null values are gaps.
/// </summary>
internal sealed class PlainJsonDecoder : IPayloadDecoder
{
    public bool Accepts(string? contentType, JsonElement root)
        => root.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    public void Decode(JsonElement root, DateTimeOffset receivedAt, DecodedPayload result)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            DecodeObject(root, receivedAt, result);
            return;
        }

        foreach (var element in root.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Object)
            {
                DecodeObject(element, receivedAt, result);
            }
            else
            {
                result.Refuse("payload-malformed", $"The array holds {element.ValueKind} where an object with \"t\" and metric names belongs.");
            }
        }
    }

    private static void DecodeObject(JsonElement item, DateTimeOffset receivedAt, DecodedPayload result)
    {
        var time = receivedAt;
        if (item.TryGetProperty("t", out var given) && !JsonValues.TryTime(given, out time))
        {
            result.Refuse("time-malformed", $"t is {Shorten(given)}; write an RFC 3339 time with offset, such as 2026-07-01T03:00:00+09:00.");
            return;
        }

        foreach (var property in item.EnumerateObject())
        {
            if (property.NameEquals("t") || property.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (!JsonValues.IsMetricName(property.Name))
            {
                result.Refuse("metric-name-malformed", "A metric name has 1 to 64 letters, digits, '_', '.' or '-' and begins with a letter.");
            }
            else if (!JsonValues.TryNumber(property.Value, out var value))
            {
                result.Refuse("value-not-a-number", $"{property.Name} is {Shorten(property.Value)}; only finite numbers and true/false are stored.");
            }
            else if (result.Measurements.Count == JsonValues.MaximumMeasurements)
            {
                result.Refuse("too-many-measurements", $"A message may carry {JsonValues.MaximumMeasurements} measurements; the rest was not stored.");
                return;
            }
            else
            {
                result.Measurements.Add(new Measurement(property.Name, time, value));
            }
        }
    }

    private static string Shorten(JsonElement element)
    {
        var text = element.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "…";
    }
}
