using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SmartCity.Registry.Manifests;

/// <summary>Writes a municipality as <c>municipality.yaml</c>: the same municipality always gives the same bytes.</summary>
public static partial class ManifestWriter
{
    private const string Header = "# yaml-language-server: $schema=municipality.schema.json\n";

    public static string Write(Town town)
    {
        var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, new EmitterSettings().WithBestWidth(int.MaxValue).WithIndentedSequences().WithNewLine("\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(version: null, tags: null, isImplicit: true));
        Emit(emitter, JsonSerializer.SerializeToNode(town, CityJson.Options));
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return Header + Escape().Replace(text.ToString(), Readable);
    }

    /// <summary>
    /// YamlDotNet escapes every character beyond the basic plane, also the kanji of names (𠮷 as <c>\U00020BB7</c>), which
    /// nobody can review. Backslashes stand in double-quoted texts alone, each before what it escapes. Letters, symbols and
    /// the variation selectors of kanji (葛 of 葛城市) may stand there as they are (YAML 1.2.2, section 5.1).
    /// </summary>
    private static string Readable(Match escape)
        => escape.Length == "\\U00020BB7".Length && Rune.TryCreate(int.Parse(escape.ValueSpan[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), out var rune)
            && (Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune) || rune.Value is >= 0xe0100 and <= 0xe01ef) ? rune.ToString() : escape.Value;

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, IsShort(fields) ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (name, value) in fields)
                {
                    EmitText(emitter, name);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, IsShort(items) ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.TryGetValue<string>(out var text):
                EmitText(emitter, text);
                break;
            default:
                emitter.Emit(new Scalar(node?.ToJsonString() ?? "null"));
                break;
        }
    }

    // What could be read as a number, a truth value or a mark of YAML stands in quotes.
    private static void EmitText(Emitter emitter, string text)
        => emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, Plain().IsMatch(text) && !Reserved().IsMatch(text) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, true, true));

    /// <summary>Groups of plain values, and positions, read better in one line.</summary>
    private static bool IsShort(JsonNode node) => node switch
    {
        JsonObject { Count: 0 } or JsonArray { Count: 0 } => true,
        JsonObject { Count: <= 6 } fields => fields.All(field => field.Value is JsonValue),
        JsonArray items => items.All(item => item is JsonValue) || items.All(item => item is JsonArray position && position.All(number => number is JsonValue)),
        _ => false,
    };

    [GeneratedRegex(@"^[\p{L}_][\p{L}\p{M}\p{N}_./@-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\\(U[0-9A-F]{8}|.)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Escape();

    [GeneratedRegex("^(true|false|null|yes|no|on|off|y|n|nan|inf)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reserved();
}
