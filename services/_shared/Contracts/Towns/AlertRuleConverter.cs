using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace SmartCity.Contracts.Towns;

/// <summary>Reads and writes a rule with its <c>kind</c>, first of its fields; thresholds are written without, as they always were.</summary>
internal sealed class AlertRuleConverter : JsonConverter<AlertRule>
{
    private const string Discriminator = "kind";

    // As they stood before there were kinds, so that an export keeps its bytes.
    private static readonly string[] First = ["id", "deviceKind"];

    // A kind of rule is one record and one line here, beside its definition in the JSON Schema.
    private static readonly Dictionary<string, Type> Kinds = new(StringComparer.Ordinal)
    {
        ["threshold"] = typeof(ThresholdRule),
        ["rate"] = typeof(RateRule),
        ["silence"] = typeof(SilenceRule),
        ["deviation"] = typeof(DeviationRule),
        ["composite"] = typeof(CompositeRule),
        ["zone"] = typeof(ZoneRule),
    };

    public override AlertRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var fields = JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("A rule is an object.");
        var kind = fields[Discriminator] is null ? "threshold" : fields[Discriminator]!.ToString();
        return Kinds.TryGetValue(kind, out var type)
            ? (AlertRule)fields.Deserialize(type, options)!
            : throw new JsonException($"'{kind}' is no kind of rule: use {string.Join(", ", Kinds.Keys)}.");
    }

    public override void Write(Utf8JsonWriter writer, AlertRule value, JsonSerializerOptions options)
    {
        var fields = (JsonObject)JsonSerializer.SerializeToNode(value, value.GetType(), options)!;
        writer.WriteStartObject();
        if (value is not ThresholdRule)
        {
            writer.WriteString(Discriminator, Kinds.First(kind => kind.Value == value.GetType()).Key);
        }

        foreach (var (name, field) in fields.OrderBy(field => Array.IndexOf(First, field.Key) is var place && place < 0 ? First.Length : place))
        {
            writer.WritePropertyName(name);
            if (field is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                field.WriteTo(writer, options);
            }
        }

        writer.WriteEndObject();
    }
}
