using System.Text.Json.Nodes;
using SmartCity.Telemetry.NgsiLd.Answers;

namespace SmartCity.Telemetry.NgsiLd.Entities;

/// <summary>How an entity is written.</summary>
/// <param name="Simplified"><c>keyValues</c> (clause 4.5.4): values alone.</param>
/// <param name="Concise">Clause 4.5.4.3: as little as tells it apart.</param>
/// <param name="SysAttrs">With what the system says of it.</param>
/// <param name="Attributes">Those that are wanted; all when empty.</param>
internal sealed record Representation(bool Simplified, bool Concise, bool SysAttrs, IReadOnlyCollection<string> Attributes);

/// <summary>Entities as JSON (clause 4.5).</summary>
internal static class EntityRenderer
{
    public static JsonObject Render(Entity entity, Representation form)
    {
        var json = new JsonObject { ["id"] = entity.Id, ["type"] = entity.Type };
        foreach (var (name, attribute) in entity.Attributes)
        {
            if (form.Attributes.Count == 0 || form.Attributes.Contains(name, StringComparer.Ordinal))
            {
                json[name] = form.Simplified ? attribute.Value.DeepClone() : Render(attribute, form, entity.ModifiedAt);
            }
        }

        if (form.SysAttrs && entity.ModifiedAt is { } modified)
        {
            json["modifiedAt"] = NgsiTime.Text(modified);
        }

        return json;
    }

    private static JsonNode Render(EntityAttribute attribute, Representation form, DateTimeOffset? modifiedAt)
    {
        var json = new JsonObject();
        if (!form.Concise)
        {
            json["type"] = attribute.Kind;
        }

        json[attribute.Kind == EntityAttribute.Relationship ? "object" : "value"] = attribute.Value.DeepClone();
        if (attribute.UnitCode is { } unit)
        {
            json["unitCode"] = unit;
        }

        if (attribute.ObservedAt is { } observed)
        {
            json["observedAt"] = NgsiTime.Text(observed);
            if (form.SysAttrs && modifiedAt is { } modified)
            {
                json["modifiedAt"] = NgsiTime.Text(modified);
            }
        }

        // A value that stands alone needs no object around it; a relationship would be taken for a text.
        return form.Concise && json.Count == 1 && attribute.Kind != EntityAttribute.Relationship ? attribute.Value.DeepClone() : json;
    }
}
