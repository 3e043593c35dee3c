using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SmartCity.Telemetry.NgsiLd.Answers;
using SmartCity.Telemetry.NgsiLd.Entities;

namespace SmartCity.Telemetry.NgsiLd.Queries;

/// <summary>A condition of the query language (clause 4.9).</summary>
internal abstract record QExpression
{
    public abstract bool Holds(Entity entity);
}

internal sealed record AllOf(IReadOnlyList<QExpression> Parts) : QExpression
{
    public override bool Holds(Entity entity) => Parts.All(part => part.Holds(entity));
}

internal sealed record AnyOf(IReadOnlyList<QExpression> Parts) : QExpression
{
    public override bool Holds(Entity entity) => Parts.Any(part => part.Holds(entity));
}

/// <summary>An attribute, a sub-attribute of it (<c>a.b</c>), or a member of its value (<c>a[b]</c>).</summary>
internal sealed record QPath(string Attribute, string? Sub, IReadOnlyList<string> Members)
{
    public JsonNode? ValueIn(Entity entity)
    {
        if (!entity.Attributes.TryGetValue(Attribute, out var attribute))
        {
            return null;
        }

        var value = Sub switch
        {
            null => attribute.Value,
            "observedAt" => attribute.ObservedAt is { } at ? JsonValue.Create(NgsiTime.Text(at)) : null,
            "unitCode" => attribute.UnitCode is { } unit ? JsonValue.Create(unit) : null,
            _ => null,
        };
        return Members.Aggregate(value, static (node, member) => node is JsonObject inner ? inner[member] : null);
    }
}

internal sealed record Exists(QPath Path) : QExpression
{
    public override bool Holds(Entity entity) => Path.ValueIn(entity) is not null;
}

/// <summary>A comparison; an attribute that is not there fulfils none.</summary>
/// <param name="Values">Of a list, any one; of a range, its two ends.</param>
internal sealed record Compare(QPath Path, string Operator, IReadOnlyList<QValue> Values, bool IsRange) : QExpression
{
    public override bool Holds(Entity entity)
    {
        if (Path.ValueIn(entity) is not { } found)
        {
            return false;
        }

        // Of several values, such as a list, one is enough.
        var values = found is JsonArray array ? array.OfType<JsonNode>() : [found];
        return Operator switch
        {
            "==" => values.Any(IsAmong),
            "!=" => !values.Any(IsAmong),
            _ => values.Any(value => Values[0].OrderOf(value) is { } order && Operator switch
            {
                ">" => order > 0,
                ">=" => order >= 0,
                "<" => order < 0,
                _ => order <= 0,
            }),
        };
    }

    private bool IsAmong(JsonNode value) => IsRange
        ? Values[0].OrderOf(value) >= 0 && Values[1].OrderOf(value) <= 0
        : Values.Any(one => one.OrderOf(value) == 0);
}

internal sealed record Matches(QPath Path, Regex Pattern, bool IsNegated) : QExpression
{
    public override bool Holds(Entity entity)
        => Path.ValueIn(entity) is JsonValue value && value.GetValueKind() == JsonValueKind.String && Pattern.IsMatch(value.GetValue<string>()) != IsNegated;
}

/// <summary>A value that something is compared with.</summary>
internal sealed record QValue(string Text, double? Number, DateTimeOffset? Time, bool? Truth)
{
    /// <summary>Whether a value is less (negative), equal (0) or greater; null when the two cannot be compared.</summary>
    public int? OrderOf(JsonNode value)
    {
        // A time is {"@type":"DateTime","@value":…}.
        var plain = value is JsonObject typed ? typed["@value"] : value;
        if (plain is not JsonValue)
        {
            return null;
        }

        switch (plain.GetValueKind())
        {
            case JsonValueKind.Number:
                return Number is { } number ? Convert.ToDouble(plain.ToString(), CultureInfo.InvariantCulture).CompareTo(number) : null;
            case JsonValueKind.True or JsonValueKind.False:
                return Truth is { } truth ? (plain.GetValueKind() == JsonValueKind.True).CompareTo(truth) : null;
            default:
                var text = plain.ToString();
                return Time is { } time && NgsiTime.TryParse(text, out var at) ? at.CompareTo(time) : string.CompareOrdinal(text, Text);
        }
    }
}
