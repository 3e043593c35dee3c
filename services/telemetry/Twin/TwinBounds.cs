using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.PersonalData;
using SmartCity.Telemetry.Decoding;

namespace SmartCity.Telemetry.Twin;

/// <summary>How large a state may be: a device keeps it in little memory, and a broker for every device.</summary>
internal static class TwinBounds
{
    public const int MostLevels = 6;
    public const int MostBytes = 8 * 1024;
    private const int LongestName = 128;

    /// <summary>What is wrong with a state, or null.</summary>
    public static Fault? FaultOf(JsonObject state)
    {
        if (TextFault(state) is { } fault)
        {
            return fault;
        }

        if (LevelsOf(state) > MostLevels)
        {
            return new Fault("twin-too-deep", string.Create(CultureInfo.InvariantCulture, $"The state has more than {MostLevels} levels of objects and lists."));
        }

        var bytes = Encoding.UTF8.GetByteCount(state.ToJsonString(CityJson.Options));
        return bytes > MostBytes
            ? new Fault("twin-too-large", string.Create(CultureInfo.InvariantCulture, $"The state would have {bytes} bytes as JSON; {MostBytes} are allowed."))
            : null;
    }

    /// <summary>Every name in a state, at any depth.</summary>
    public static IEnumerable<string> NamesIn(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => NamesIn(field.Value).Prepend(field.Key)),
        JsonArray items => items.SelectMany(NamesIn),
        _ => [],
    };

    private static int LevelsOf(JsonNode? node) => node switch
    {
        JsonObject fields => 1 + fields.Select(field => LevelsOf(field.Value)).DefaultIfEmpty().Max(),
        JsonArray items => 1 + items.Select(LevelsOf).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private static Fault? TextFault(JsonNode? node)
    {
        foreach (var text in NamesIn(node).Concat(TextsIn(node)))
        {
            if (MyNumber.IsIn(text))
            {
                return MyNumberFault.Refused;
            }

            if (text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
            {
                return new Fault("text-not-readable", "A text of the state has control characters.");
            }
        }

        return NamesIn(node).Any(name => name.Length is 0 or > LongestName)
            ? new Fault("twin-name-malformed", string.Create(CultureInfo.InvariantCulture, $"A name in the state is empty or longer than {LongestName} characters."))
            : null;
    }

    private static IEnumerable<string> TextsIn(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => TextsIn(field.Value)),
        JsonArray items => items.SelectMany(TextsIn),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
