using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SmartCity.ServiceDefaults.Manifests;

/// <summary>A YAML or JSON document as JSON nodes, with the line and column where each field stands.</summary>
public sealed class ManifestTree
{
    /// <summary>Deeper is no manifest; recursion over it is bounded.</summary>
    private const int MaximumDepth = 24;

    /// <summary>More nodes than this are refused: an alias that names aliases grows without end.</summary>
    private const int MaximumNodes = 2_000_000;

    private readonly Dictionary<string, (int Line, int Column)> _places = new(StringComparer.Ordinal);
    private int _nodes;

    private ManifestTree()
    {
    }

    public JsonNode? Root { get; private set; }

    /// <summary>JSON is YAML too, so one reader serves both.</summary>
    /// <exception cref="YamlException">The text does not parse; the message says where.</exception>
    public static ManifestTree Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var tree = new ManifestTree();
        if (stream.Documents.Count > 1)
        {
            throw new YamlException(stream.Documents[1].RootNode.Start, stream.Documents[1].RootNode.End, "a second document begins here; give one document");
        }

        tree.Root = stream.Documents.Count == 0 ? null : tree.Convert(stream.Documents[0].RootNode, "", 0);
        return tree;
    }

    /// <summary>Where a path stands, or where the nearest field above it does.</summary>
    public (int Line, int Column) PlaceOf(string path)
    {
        while (true)
        {
            if (_places.TryGetValue(path, out var place))
            {
                return place;
            }

            var cut = Math.Max(path.LastIndexOf('.'), path.LastIndexOf('['));
            if (cut < 0)
            {
                return (1, 1);
            }

            path = path[..cut];
        }
    }

    private JsonNode? Convert(YamlNode node, string path, int depth)
    {
        if (depth > MaximumDepth || ++_nodes > MaximumNodes)
        {
            throw new YamlException(node.Start, node.End, "this goes too deep, or an alias repeats too much");
        }

        _places[path] = ((int)node.Start.Line, (int)node.Start.Column);
        switch (node)
        {
            case YamlMappingNode mapping:
                var result = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    var name = (key as YamlScalarNode)?.Value ?? throw new YamlException(key.Start, key.End, "a field's name must be a plain word");
                    if (result.ContainsKey(name))
                    {
                        throw new YamlException(key.Start, key.End, $"the field '{name}' is there twice");
                    }

                    result[name] = Convert(value, path.Length == 0 ? name : path + "." + name, depth + 1);
                }

                return result;
            case YamlSequenceNode sequence:
                var index = 0;
                var list = new JsonArray();
                foreach (var child in sequence.Children)
                {
                    list.Add(Convert(child, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), depth + 1));
                }

                return list;
            case YamlScalarNode scalar:
                return ValueOf(scalar);
            default:
                throw new YamlException(node.Start, node.End, "this is no mapping, list or value");
        }
    }

    /// <summary>YAML 1.2's core schema; quoted scalars stay text ("162043" is a code, not a number).</summary>
    private static JsonNode? ValueOf(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when IsNumber(text, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }

    private static bool IsNumber(string text, out double number)
        => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number) && text.Any(char.IsAsciiDigit);
}
