using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Registry.Planning;

/// <summary>Compares two states of a municipality, entry by entry.</summary>
internal static class Differ
{
    /// <summary>Longer values are shown by their beginning and length.</summary>
    private const int LongestValue = 120;

    /// <param name="before">Null for a new municipality.</param>
    /// <param name="after">Null for one that goes.</param>
    public static IReadOnlyList<PlanStep> Compare(Town? before, Town? after)
    {
        var old = FieldsOf(before);
        var now = FieldsOf(after);
        var steps = new List<PlanStep>();
        var own = Changes(Without(old), Without(now));
        if (before is null || after is null || own.Count > 0)
        {
            steps.Add(new PlanStep(Operation(before is not null, after is not null), Sections.Own, (after ?? before)!.Code, own));
        }

        foreach (var (section, key) in Sections.KeyOf)
        {
            steps.AddRange(CompareList(section, key, old[section] as JsonArray, now[section] as JsonArray));
        }

        return steps;
    }

    private static IEnumerable<PlanStep> CompareList(string section, string key, JsonArray? before, JsonArray? after)
    {
        var old = ById(before, key);
        var now = ById(after, key);
        foreach (var (id, entry) in old.Where(entry => !now.ContainsKey(entry.Key)))
        {
            yield return new PlanStep("-", section, id, Changes(entry, []));
        }

        foreach (var (id, entry) in now)
        {
            var changes = Changes(old.GetValueOrDefault(id) ?? [], entry);
            if (!old.ContainsKey(id) || changes.Count > 0)
            {
                yield return new PlanStep(Operation(old.ContainsKey(id), true), section, id, changes);
            }
        }
    }

    private static List<FieldChange> Changes(JsonObject before, JsonObject after)
    {
        var changes = new List<FieldChange>();
        foreach (var field in before.Select(field => field.Key).Union(after.Select(field => field.Key), StringComparer.Ordinal))
        {
            if (!JsonNode.DeepEquals(before[field], after[field]))
            {
                changes.Add(new FieldChange(field, Show(before[field]), Show(after[field])));
            }
        }

        return changes;
    }

    private static string Operation(bool was, bool will) => was && will ? "~" : will ? "+" : "-";

    private static JsonObject FieldsOf(Town? town) => town is null ? [] : (JsonObject)JsonSerializer.SerializeToNode(town, CityJson.Options)!;

    // Files are shown where they are named; limits and names field by field, so that a change reads as one.
    private static JsonObject Without(JsonObject town)
    {
        var own = new JsonObject();
        foreach (var (field, value) in town.Where(field => !Sections.KeyOf.ContainsKey(field.Key)))
        {
            if (field is "limits" or "name" or "files" && value is JsonObject group)
            {
                foreach (var (name, inner) in group)
                {
                    own[$"{field}.{name}"] = inner?.DeepClone();
                }
            }
            else
            {
                own[field] = value?.DeepClone();
            }
        }

        return own;
    }

    private static Dictionary<string, JsonObject> ById(JsonArray? list, string key)
    {
        var entries = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var item in list ?? [])
        {
            // A service without settings is its name alone.
            var entry = item as JsonObject ?? new JsonObject { [key] = item?.DeepClone() };
            entries[(string)entry[key]!] = entry;
        }

        return entries;
    }

    private static string? Show(JsonNode? value)
    {
        if (value is null)
        {
            return null;
        }

        var text = value is JsonValue plain && plain.TryGetValue<string>(out var word) ? word : value.ToJsonString(CityJson.Options);
        return text.Length <= LongestValue ? text : $"{text[..LongestValue]}… ({text.Length} characters)";
    }
}
