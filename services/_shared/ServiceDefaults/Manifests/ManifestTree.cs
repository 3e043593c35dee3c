using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.PersonalData;
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

    private const string WithheldName = "(a field's name)";

    private readonly List<Notice> _refused = [];
    private readonly Dictionary<string, (int Line, int Column)> _places = new(StringComparer.Ordinal);
    private int _nodes;

    private ManifestTree()
    {
    }

    public JsonNode? Root { get; private set; }

    /// <summary>
    /// Every text or name that holds an Individual Number, as it was parsed: escapes are decoded and folded lines joined,
    /// which a search through the lines cannot see. Where there is one, the document is not to be read any further, since
    /// other notices would repeat it.
    /// </summary>
    public IReadOnlyList<Notice> Refused => _refused;

    /// <summary>JSON is YAML too, so one reader serves both.</summary>
    /// <exception cref="YamlException">The text does not parse; the message says where.</exception>
    public static ManifestTree Parse(string text)
    {
        try
        {
            return Read(text);
        }
        catch (YamlException exception) when (MyNumber.IsIn(exception.Message))
        {
            throw new YamlException(exception.Start, exception.End, "the text here holds an Individual Number (マイナンバー) and is not repeated; take it out", exception);
        }
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

    private static ManifestTree Read(string text)
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

                    var shown = name;
                    if (MyNumber.IsIn(name))
                    {
                        shown = WithheldName;
                        Refuse(key, Below(path, shown));
                    }

                    result[name] = Convert(value, Below(path, shown), depth + 1);
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
                var plain = ValueOf(scalar);
                // A number is a measurement, here as in JSON.
                if (plain?.GetValueKind() == JsonValueKind.String && MyNumber.IsIn(scalar.Value))
                {
                    Refuse(scalar, path);
                }

                return plain;
            default:
                throw new YamlException(node.Start, node.End, "this is no mapping, list or value");
        }
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : path + "." + name;

    // An alias brings the same text again; one place is to be mended.
    private void Refuse(YamlNode node, string path)
    {
        var (line, column) = ((int)node.Start.Line, (int)node.Start.Column);
        if (!_refused.Exists(notice => notice.Line == line && notice.Column == column))
        {
            _refused.Add(new Notice(MyNumberRefusal.Code, NoticeSeverity.Error,
                $"{path} holds a 12-digit number that passes the check of an Individual Number (マイナンバー), which is never stored here. Take it out.")
            {
                Line = line,
                Column = column,
                Field = path,
            });
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
