using System.Globalization;
using System.Text.Json;
using SmartCity.ServiceDefaults.Payloads;

namespace SmartCity.Telemetry.Decoding.Mapping;

/// <summary>Follows a path into a JSON document.</summary>
internal static class JsonFollower
{
    /// <summary>To the one value of a path without wildcard.</summary>
    public static bool TryFollow(JsonElement element, ReadOnlySpan<PathStep> steps, out JsonElement found)
    {
        found = element;
        foreach (var step in steps)
        {
            if (!TryStep(found, step, out found))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What a wildcard finds, each with the name of the member or the index of the element.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> All(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                yield return (member.Name, member.Value);
            }
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                yield return ((index++).ToString(CultureInfo.InvariantCulture), item);
            }
        }
    }

    /// <summary>A finite number, true or false (1 and 0), or a text that is a number: many devices write them so.</summary>
    public static bool TryNumber(JsonElement element, out double value)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Number:
                return element.TryGetDouble(out value) && double.IsFinite(value);
            case JsonValueKind.True or JsonValueKind.False:
                value = element.ValueKind == JsonValueKind.True ? 1 : 0;
                return true;
            case JsonValueKind.String:
                const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
                return double.TryParse(element.GetString(), Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
            default:
                value = 0;
                return false;
        }
    }

    private static bool TryStep(JsonElement element, PathStep step, out JsonElement found)
    {
        found = default;
        if (step.Name is { } name)
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out found);
        }

        if (step.Index is not { } index || element.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        var length = element.GetArrayLength();
        var place = index < 0 ? length + index : index;
        if (place < 0 || place >= length)
        {
            return false;
        }

        found = element[place];
        return true;
    }
}
