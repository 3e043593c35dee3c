using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.PersonalData;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>
/// Checks a document against the published schema and lists every fault. It knows the keywords that the schema uses
/// (JSON Schema 2020-12: type, properties, required, additionalProperties, items, enum, pattern, minimum, maximum,
/// minLength, maxLength, minItems, oneOf of types or of objects told apart by the const of their kind, $ref to $defs); a test keeps the schema within them.
/// </summary>
public sealed class SchemaCheck(JsonObject schema, ManifestTree tree)
{
    /// <summary>More than this help nobody.</summary>
    public const int MaximumFaults = 200;

    private const int LongestValue = 80;
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);
    private readonly List<Notice> _faults = [];

    public IReadOnlyList<Notice> Run()
    {
        if (tree.Refused.Count > 0)
        {
            return tree.Refused;
        }

        Check(schema, tree.Root, "");
        return _faults;
    }

    private void Check(JsonObject rule, JsonNode? value, string path)
    {
        if (_faults.Count >= MaximumFaults)
        {
            return;
        }

        if ((string?)rule["$ref"] is { } reference)
        {
            Check((JsonObject)schema["$defs"]![reference["#/$defs/".Length..]]!, value, path);
            return;
        }

        if (rule["oneOf"] is JsonArray choices)
        {
            CheckOneOf(choices, value, path);
            return;
        }

        if (rule["type"] is { } type && !IsType(value, type))
        {
            Fault("wrong-type", path, value, $"is {Describe(value)}; {Expected(type)} belongs here" + Hint(value, type));
            return;
        }

        switch (value)
        {
            case JsonObject fields:
                CheckFields(rule, fields, path);
                break;
            case JsonArray items:
                CheckItems(rule, items, path);
                break;
            case JsonValue plain:
                CheckValue(rule, plain, path);
                break;
        }
    }

    // The choice whose type fits is the one that was meant; its faults are the ones to mend.
    private void CheckOneOf(JsonArray choices, JsonNode? value, string path)
    {
        if (value is JsonObject fields && choices.OfType<JsonObject>().Select(Resolve).Where(choice => KindOf(choice) is not null).ToList() is { Count: > 0 } kinds)
        {
            CheckKinds(kinds, fields, path);
        }
        else if (choices.OfType<JsonObject>().FirstOrDefault(choice => IsType(value, Resolve(choice)["type"]!)) is { } meant)
        {
            Check(meant, value, path);
        }
        else
        {
            Fault("wrong-type", path, value, $"is {Describe(value)}; {string.Join(" or ", choices.OfType<JsonObject>().Select(choice => Expected(Resolve(choice)["type"]!)))} belongs here");
        }
    }

    // Without a kind it is the one that does not ask for it.
    private void CheckKinds(List<JsonObject> kinds, JsonObject fields, string path)
    {
        if (kinds.Find(choice => fields["kind"] is { } kind ? kind.ToString() == KindOf(choice) : !IsRequired(choice, "kind")) is { } meant)
        {
            Check(meant, fields, path);
        }
        else if (fields["kind"] is { } unknown)
        {
            Fault("value-unknown", Join(path, "kind"), unknown, $"is none of {string.Join(", ", kinds.Select(KindOf))}");
        }
        else
        {
            Fault("field-missing", Join(path, "kind"), null, "is missing");
        }
    }

    private static string? KindOf(JsonObject choice) => (string?)choice["properties"]?["kind"]?["const"];

    private static bool IsRequired(JsonObject choice, string name) => choice["required"] is JsonArray names && names.Any(one => (string?)one == name);

    private void CheckFields(JsonObject rule, JsonObject fields, string path)
    {
        var known = rule["properties"] as JsonObject;
        foreach (var name in (rule["required"] as JsonArray ?? []).Select(name => (string)name!).Where(name => fields[name] is null))
        {
            Fault("field-missing", Join(path, name), null, "is missing");
        }

        foreach (var (name, value) in fields)
        {
            if (known?[name] is JsonObject child)
            {
                // An empty field says nothing, as if it were not there; that it must be there was said above.
                if (value is not null)
                {
                    Check(child, value, Join(path, name));
                }
            }
            else if (rule["additionalProperties"] is JsonObject any)
            {
                Check(any, value, Join(path, name));
            }
            else if (rule["additionalProperties"]?.GetValue<bool>() == false)
            {
                var near = known?.Select(field => field.Key).MinBy(candidate => Distance(candidate, name));
                Fault("field-unknown", Join(path, name), null,
                    "is no field" + (near is not null && Distance(near, name) <= 3 ? $"; did you mean '{near}'? Known" : "; known") + $" are {string.Join(", ", known!.Select(field => field.Key))}");
            }
        }
    }

    private void CheckItems(JsonObject rule, JsonArray items, string path)
    {
        if (rule["minItems"] is { } least && items.Count < least.GetValue<int>())
        {
            Fault("too-few", path, null, $"has {items.Count} entries; at least {least} belong here");
        }

        for (var index = 0; index < items.Count && rule["items"] is JsonObject item; index++)
        {
            Check(item, items[index], string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"));
        }
    }

    private void CheckValue(JsonObject rule, JsonValue value, string path)
    {
        if (rule["enum"] is JsonArray options && !options.Any(option => JsonNode.DeepEquals(option, value)))
        {
            Fault("value-unknown", path, value, $"is none of {string.Join(", ", options.Select(option => option!.ToString()))}");
        }
        else if (value.TryGetValue<string>(out var text))
        {
            CheckText(rule, text, value, path);
        }
        else if (NumberOf(value) is { } number)
        {
            if (rule["minimum"] is { } least && number < NumberOf(least))
            {
                Fault("value-out-of-range", path, value, $"is below {least}");
            }

            if (rule["maximum"] is { } most && number > NumberOf(most))
            {
                Fault("value-out-of-range", path, value, $"is above {most}");
            }
        }
    }

    private void CheckText(JsonObject rule, string text, JsonValue value, string path)
    {
        if (rule["minLength"] is { } least && text.Length < least.GetValue<int>())
        {
            Fault("text-too-short", path, value, "is empty");
        }
        else if (rule["maxLength"] is { } most && text.Length > most.GetValue<int>())
        {
            Fault("text-too-long", path, value, $"has {text.Length} characters; {most} are allowed");
        }
        else if ((string?)rule["pattern"] is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant | RegexOptions.ECMAScript, PatternTimeout))
        {
            Fault("value-malformed", path, value, $"is not of the form {(string?)rule["x-form"] ?? pattern}");
        }
    }

    private void Fault(string code, string path, JsonNode? value, string what)
    {
        var (line, column) = tree.PlaceOf(path);
        // A number may be right where numbers belong, and somebody's own where a text does: then it is not repeated.
        var shown = value is JsonValue && !MyNumber.IsIn(value.ToString()) ? value.ToString() : null;
        _faults.Add(new Notice(code, NoticeSeverity.Error, $"{(path.Length == 0 ? "the document" : path)} {what}.")
        {
            Line = line,
            Column = column,
            Field = path,
            Value = shown?.Length > LongestValue ? shown[..LongestValue] + "…" : shown,
        });
    }

    private JsonObject Resolve(JsonObject rule)
        => (string?)rule["$ref"] is { } reference ? (JsonObject)schema["$defs"]![reference["#/$defs/".Length..]]! : rule;

    private static bool IsType(JsonNode? value, JsonNode type) => type is JsonArray several
        ? several.Any(one => IsType(value, one!))
        : (string?)type switch
        {
            "null" => value is null,
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "string" => value is JsonValue text && text.TryGetValue<string>(out _),
            "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
            "integer" => value is JsonValue && NumberOf(value) is { } number && number == Math.Floor(number),
            "number" => value is JsonValue && NumberOf(value) is not null,
            _ => throw new InvalidOperationException($"The schema has a type that is not known: {type}."),
        };

    private static double? NumberOf(JsonNode value)
        => value is not JsonValue plain ? null
            : plain.TryGetValue<double>(out var number) ? number
            : plain.TryGetValue<long>(out var whole) ? whole
            : plain.TryGetValue<int>(out var small) ? small : null;

    private static string Describe(JsonNode? value) => value switch
    {
        null => "empty",
        JsonObject => "a group of fields",
        JsonArray => "a list",
        _ when IsType(value, "string") => $"the text '{(value.ToString() is { Length: > LongestValue } text ? text[..LongestValue] + "…" : value)}'",
        _ when IsType(value, "boolean") => value.ToString(),
        _ => MyNumber.IsIn(value.ToString()) ? "a number" : $"the number {value}",
    };

    private static string Expected(JsonNode type) => type is JsonArray several
        ? string.Join(" or ", several.Select(one => Expected(one!)))
        : (string?)type switch
        {
            "object" => "a group of fields",
            "array" => "a list",
            "string" => "a text",
            "boolean" => "true or false",
            "integer" => "a whole number",
            "number" => "a number",
            _ => "nothing",
        };

    private static string Hint(JsonNode? value, JsonNode type)
        => (string?)(type as JsonValue) == "string" && value is JsonValue && NumberOf(value) is not null ? " (put it in quotes)" : "";

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

    /// <summary>How many letters must be changed, added or taken away to make one word of the other (Levenshtein).</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
