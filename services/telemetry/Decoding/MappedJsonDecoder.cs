using System.Text;
using System.Text.Json;
using SmartCity.ServiceDefaults.Payloads;
using SmartCity.Telemetry.Decoding.Mapping;

namespace SmartCity.Telemetry.Decoding;

/// <summary>
/// The JSON of devices that a town already owns, read as the manifest says (<c>payload</c> of a device or its kind). What
/// a path does not find is a gap; what a wildcard finds and is no number is passed over.
/// </summary>
internal sealed class MappedJsonDecoder : IPayloadDecoder
{
    /// <summary>Others nest deeper than we do.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    public bool Accepts(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope) => envelope.Source is { Map: not null, Sparkplug: null };

    public void Decode(ReadOnlyMemory<byte> payload, in PayloadEnvelope envelope, DecodedPayload result)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, Options);
            Read(document.RootElement, envelope.Source.Map!, envelope.ReceivedAt, result);
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

    private static void Read(JsonElement root, PayloadMap map, DateTimeOffset receivedAt, DecodedPayload result)
    {
        var time = receivedAt;
        if (!map.TryTime(root, ref time, out var given))
        {
            result.Refuse("time-malformed", $"The time is {Shorten(given)}, which is not of the format that the device's mapping says.");
            return;
        }

        var hasFound = false;
        foreach (var metric in map.Metrics)
        {
            var steps = metric.Path.Steps;
            var wildcard = WildcardIn(steps);
            if (wildcard >= 0)
            {
                hasFound |= ReadAll(root, metric, wildcard, time, result);
            }
            else if (JsonFollower.TryFollow(root, steps, out var value))
            {
                hasFound = true;
                Add(metric.Name, metric, value, time, result);
            }
        }

        if (!hasFound)
        {
            result.Refuse("mapping-found-nothing", "The payload has nothing at any path of the device's mapping; look at the mapping in the manifest.");
        }
    }

    private static bool ReadAll(JsonElement root, MappedMetric metric, int wildcard, DateTimeOffset time, DecodedPayload result)
    {
        if (!JsonFollower.TryFollow(root, metric.Path.Steps[..wildcard], out var many))
        {
            return false;
        }

        var hasFound = false;
        foreach (var (name, inside) in JsonFollower.All(many))
        {
            if (JsonFollower.TryFollow(inside, metric.Path.Steps[(wildcard + 1)..], out var value)
                && value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            {
                hasFound = true;
                Add(metric.Name.Replace("*", MetricName.Fold(name), StringComparison.Ordinal), metric, value, time, result);
            }
        }

        return hasFound;
    }

    private static void Add(string name, MappedMetric metric, JsonElement value, DateTimeOffset time, DecodedPayload result)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        var isNumber = JsonFollower.TryNumber(value, out var number);
        number = (number * metric.Factor) + metric.Offset;
        if (!MetricName.IsValid(name))
        {
            result.Refuse("metric-name-malformed", $"The mapping makes '{name}' of a name in the payload; a metric has 1 to 64 letters, digits, '_', '.' or '-' and begins with a letter.");
        }
        else if (!isNumber || !double.IsFinite(number))
        {
            result.Refuse("value-not-a-number", $"{name} is {Shorten(value)}; only finite numbers and true/false are stored.");
        }
        else
        {
            result.Add(name, time, number);
        }
    }

    private static int WildcardIn(ReadOnlySpan<PathStep> steps)
    {
        for (var index = 0; index < steps.Length; index++)
        {
            if (steps[index].IsAll)
            {
                return index;
            }
        }

        return -1;
    }

    private static string Shorten(JsonElement value) => JsonValues.Shorten(Encoding.UTF8.GetBytes(value.GetRawText()));
}
