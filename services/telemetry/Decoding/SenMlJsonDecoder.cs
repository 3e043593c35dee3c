using System.Text.Json;

namespace SmartCity.Telemetry.Decoding;

/// <summary>
/// SenML JSON (RFC 8428): base fields carry over to later records, times below 2^28 are relative to now (section
/// 4.5.3), a record that must be understood and is not (<c>name_</c>, section 4.4) refuses the pack. The metric is the last
/// part of the name with its unit spelled out: <c>waterLevel</c> in <c>m</c> is <c>waterLevelMetres</c>.
/// </summary>
internal sealed class SenMlJsonDecoder : IPayloadDecoder
{
    private const double RelativeTimeLimit = 268_435_456;
    private const int SupportedVersion = 10;

    public bool Accepts(string? contentType, JsonElement root)
        => root.ValueKind == JsonValueKind.Array
            && (contentType is "application/senml+json" or "application/sensml+json"
                || (root.GetArrayLength() > 0 && root[0].ValueKind == JsonValueKind.Object
                    && (root[0].TryGetProperty("n", out _) || root[0].TryGetProperty("bn", out _))));

    public void Decode(JsonElement root, DateTimeOffset receivedAt, DecodedPayload result)
    {
        var bases = new Bases();
        foreach (var record in root.EnumerateArray())
        {
            if (record.ValueKind != JsonValueKind.Object || !bases.TryApply(record, result))
            {
                result.Refuse("payload-malformed", "A SenML pack is an array of records with known fields of the right types (RFC 8428).");
                result.Measurements.Clear();
                return;
            }

            DecodeRecord(record, bases, receivedAt, result);
        }
    }

    private static void DecodeRecord(JsonElement record, Bases bases, DateTimeOffset receivedAt, DecodedPayload result)
    {
        var hasValue = record.TryGetProperty("v", out var value) || record.TryGetProperty("vb", out value);
        if (!hasValue)
        {
            if (record.TryGetProperty("vs", out _) || record.TryGetProperty("vd", out _) || record.TryGetProperty("s", out _))
            {
                result.Refuse("value-not-a-number", "Only SenML values v and vb are stored; vs, vd and s are not.");
            }

            return;
        }

        var name = bases.Name + Text(record, "n");
        var metric = SenMlUnits.MetricName(name, Text(record, "u") is { Length: > 0 } unit ? unit : bases.Unit);
        if (!JsonValues.IsMetricName(metric))
        {
            result.Refuse("metric-name-malformed", $"The SenML name '{name}' does not end with a metric name.");
        }
        else if (!JsonValues.TryNumber(value, out var number) || !double.IsFinite(number + bases.Value))
        {
            result.Refuse("value-not-a-number", $"{metric} has no finite number.");
        }
        else if (!TryTime(record, bases, receivedAt, out var time))
        {
            result.Refuse("time-malformed", $"{metric} has a time that is no number of seconds.");
        }
        else if (result.Measurements.Count == JsonValues.MaximumMeasurements)
        {
            result.Refuse("too-many-measurements", $"A message may carry {JsonValues.MaximumMeasurements} measurements; the rest was not stored.");
        }
        else
        {
            result.Measurements.Add(new Measurement(metric, time, value.ValueKind == JsonValueKind.Number ? number + bases.Value : number));
        }
    }

    private static bool TryTime(JsonElement record, Bases bases, DateTimeOffset receivedAt, out DateTimeOffset time)
    {
        var seconds = bases.TimeSeconds;
        if (record.TryGetProperty("t", out var own))
        {
            if (own.ValueKind != JsonValueKind.Number)
            {
                time = default;
                return false;
            }

            seconds += own.GetDouble();
        }

        if (seconds < RelativeTimeLimit)
        {
            seconds += (receivedAt - DateTimeOffset.UnixEpoch).TotalSeconds;
        }

        return JsonValues.TryUnixSeconds(seconds, out time);
    }

    private static string Text(JsonElement record, string field)
        => record.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>The base fields in force, from this and earlier records.</summary>
    private sealed class Bases
    {
        public string Name { get; private set; } = "";

        public string Unit { get; private set; } = "";

        public double TimeSeconds { get; private set; }

        public double Value { get; private set; }

        public bool TryApply(JsonElement record, DecodedPayload result)
        {
            foreach (var field in record.EnumerateObject())
            {
                var isNumber = field.Value.ValueKind == JsonValueKind.Number;
                switch (field.Name)
                {
                    case "bn" when field.Value.ValueKind == JsonValueKind.String:
                        Name = field.Value.GetString()!;
                        break;
                    case "bu" when field.Value.ValueKind == JsonValueKind.String:
                        Unit = field.Value.GetString()!;
                        break;
                    case "bt" when isNumber:
                        TimeSeconds = field.Value.GetDouble();
                        break;
                    case "bv" when isNumber:
                        Value = field.Value.GetDouble();
                        break;
                    case "bver" when isNumber && field.Value.GetDouble() <= SupportedVersion:
                        break;
                    case "bn" or "bu" or "bt" or "bv" or "bver":
                        return false;
                    case { Length: > 1 } name when name[^1] == '_':
                        result.Refuse("payload-malformed", $"The SenML field {name} must be understood and is not.");
                        return false;
                }
            }

            return true;
        }
    }
}
