using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Comparisons and functions of CEL values.</summary>
internal static class CelValues
{
    public static object Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => CelNode.Null,
        JsonValueKind.Array => value.EnumerateArray().Select(Of).ToArray(),
        _ => value,
    };

    public static object Compare(string @operator, object left, object right)
    {
        if (left == CelNode.Missing || right == CelNode.Missing)
        {
            return CelNode.Missing;
        }

        return @operator switch
        {
            "==" => AreEqual(left, right),
            "!=" => !AreEqual(left, right),
            "in" => right switch
            {
                object[] items => items.Any(item => AreEqual(left, item)),
                JsonElement { ValueKind: JsonValueKind.Object } map when left is string name => map.TryGetProperty(name, out _),
                _ => CelNode.Missing,
            },
            _ => Order(left, right) is not { } order ? CelNode.Missing : @operator switch
            {
                "<" => order < 0,
                "<=" => order <= 0,
                ">" => order > 0,
                _ => order >= 0,
            },
        };
    }

    public static object Call(string function, object target, object argument) => (function, target, argument) switch
    {
        ("has", _, _) => target != CelNode.Missing,
        ("size", string text, _) => (double)text.Length,
        ("size", object[] items, _) => (double)items.Length,
        ("startsWith", string text, string part) => text.StartsWith(part, StringComparison.Ordinal),
        ("endsWith", string text, string part) => text.EndsWith(part, StringComparison.Ordinal),
        ("contains", string text, string part) => text.Contains(part, StringComparison.Ordinal),
        _ => CelNode.Missing,
    };

    private static bool AreEqual(object left, object right) => (left, right) switch
    {
        (object[] a, object[] b) => a.Length == b.Length && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        (JsonElement a, JsonElement b) => JsonElement.DeepEquals(a, b),
        _ => left.Equals(right),
    };

    private static int? Order(object left, object right) => (left, right) switch
    {
        (double a, double b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        _ => null,
    };
}
