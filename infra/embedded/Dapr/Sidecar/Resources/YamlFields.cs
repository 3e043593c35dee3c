using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>A mapping of a resource file, read field by field; what is wrong is collected with its place.</summary>
internal sealed class YamlFields(YamlMappingNode node, string path, string place, ICollection<string> faults)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>All names, for mappings whose names are the user's.</summary>
    public IEnumerable<string> Names => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    public bool Has(string name) => Find(name) is not null;

    public string? Text(string name, bool isRequired = false)
    {
        var found = Find(name);
        if (found is YamlScalarNode { Value: { } value } scalar && !IsNull(scalar))
        {
            if (value.Length > 0 || !isRequired)
            {
                return value;
            }
        }
        else if (found is not null and not YamlScalarNode)
        {
            Fault(name, "is not a single value");
            return null;
        }

        if (isRequired)
        {
            Fault(name, "is missing");
        }

        return null;
    }

    public int? Integer(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Fault(name, $"'{text}' is not a whole number");
        return null;
    }

    public bool Boolean(string name)
    {
        if (Text(name) is not { } text || bool.TryParse(text, out var value))
        {
            return string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);
        }

        Fault(name, $"'{text}' is neither true nor false");
        return value;
    }

    public TimeSpan? Duration(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (GoDuration.Parse(text) is { } value)
        {
            return value;
        }

        Fault(name, $"'{text}' is not a duration such as 500ms, 15s or 1m30s");
        return null;
    }

    /// <summary>A mapping below this one, or null.</summary>
    public YamlFields? Fields(string name, bool isRequired = false)
    {
        switch (Find(name))
        {
            case YamlMappingNode mapping:
                return new YamlFields(mapping, PathOf(name), place, faults);
            case null or YamlScalarNode { Value: null or "" }:
                if (isRequired)
                {
                    Fault(name, "is missing");
                }

                return null;
            default:
                Fault(name, "is not a mapping");
                return null;
        }
    }

    /// <summary>A list of mappings.</summary>
    public IEnumerable<YamlFields> List(string name)
    {
        var index = 0;
        foreach (var item in Items(name))
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{name}[{index++}]");
            if (item is YamlMappingNode mapping)
            {
                yield return new YamlFields(mapping, PathOf(at), place, faults);
            }
            else
            {
                Fault(at, "is not a mapping");
            }
        }
    }

    /// <summary>A list of single values.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var item in Items(name))
        {
            if (item is YamlScalarNode { Value: { Length: > 0 } value })
            {
                texts.Add(value);
            }
            else
            {
                Fault(name, "holds something that is not a single value");
            }
        }

        return texts;
    }

    public void Fault(string name, string reason) => faults.Add($"{place}, {PathOf(name)}: {reason}");

    /// <summary>Names what no reader asked for: a misspelt field would otherwise be ignored in silence.</summary>
    public void RefuseOthers()
    {
        foreach (var name in Names.Where(name => !_known.Contains(name)))
        {
            Fault(name, "is not a field that is known here");
        }
    }

    private IEnumerable<YamlNode> Items(string name)
    {
        switch (Find(name))
        {
            case YamlSequenceNode sequence:
                return sequence.Children;
            case null or YamlScalarNode { Value: null or "" }:
                return [];
            default:
                Fault(name, "is not a list");
                return [];
        }
    }

    private YamlNode? Find(string name)
    {
        _known.Add(name);
        return node.Children.TryGetValue(new YamlScalarNode(name), out var found) ? found : null;
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static bool IsNull(YamlScalarNode scalar)
        => scalar.Style == YamlDotNet.Core.ScalarStyle.Plain && scalar.Value is "~" or "null" or "Null" or "NULL";
}
