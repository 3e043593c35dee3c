using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Actuators;

/// <summary>What devices of a kind do of themselves when an alert is issued: one entry of the setting <c>actuators</c> of the town's service <c>alerts</c>.</summary>
public sealed record ActuatorPolicy
{
    public const string Siren = "siren";
    public const string Sign = "sign";

    /// <summary>Devices it applies to.</summary>
    public required string Kind { get; init; }

    /// <summary>Japanese alert level from which on, 1 to 5.</summary>
    public required int MinimumLevel { get; init; }

    /// <summary>Hazard keys; null for all.</summary>
    public IReadOnlyList<string>? Hazards { get; init; }

    /// <summary>The command of the kind that begins it.</summary>
    public required string Command { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>In a drill instead of <see cref="Arguments"/> of the same name.</summary>
    public IReadOnlyDictionary<string, JsonElement>? DrillArguments { get; init; }

    /// <summary>The argument that takes the alert's words; null: it takes none, and an update of the same level repeats nothing.</summary>
    public string? TextArgument { get; init; }

    /// <summary>In less no drill says that it is one, and no alert what it is about.</summary>
    public const int ShortestText = 20;

    /// <summary>Characters that fit, from <see cref="ShortestText"/> on.</summary>
    public int TextLength { get; init; } = 60;

    /// <summary>Whether the words are those to be said aloud rather than the headline.</summary>
    public bool SaysAloud { get; init; }

    /// <summary>Language of the words; null for the town's first one.</summary>
    public string? Language { get; init; }

    /// <summary>The command that ends it; null: it ends by itself.</summary>
    public string? End { get; init; }

    /// <summary>As the ledger names it: a sign shows words, a siren sounds.</summary>
    public string Channel => TextArgument is not null && !SaysAloud ? Sign : Siren;

    public bool Covers(string hazard) => Hazards is null || Hazards.Contains(hazard, StringComparer.Ordinal);

    /// <summary>
    /// The entry that says what a device does: of those of its kind that the alert's level reaches, the one with the highest; where it
    /// reaches none, the lowest, which is the one to end.
    /// </summary>
    public static ActuatorPolicy? For(IReadOnlyList<ActuatorPolicy> policies, Device device, AlertView view)
    {
        var ofKind = policies.Where(policy => policy.Kind == device.Kind && policy.Covers(view.Hazard)).OrderByDescending(policy => policy.MinimumLevel).ToList();
        return ofKind.Find(policy => view.Level >= policy.MinimumLevel) ?? ofKind.LastOrDefault();
    }

    /// <summary>None where the manifest has none: nothing is automatic unless two people of the town said so.</summary>
    /// <param name="faults">Entries that cannot be used, by their place in the list.</param>
    public static IReadOnlyList<ActuatorPolicy> Of(Town town, out IReadOnlyList<int> faults)
    {
        faults = [];
        var settings = town.Services.FirstOrDefault(service => service.Name == AppIds.Alerts)?.Settings;
        if (settings is not { ValueKind: JsonValueKind.Object } given || !given.TryGetProperty("actuators", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var read = list.EnumerateArray().Select(Read).ToList();
        faults = [.. read.Index().Where(entry => entry.Item is null).Select(entry => entry.Index)];
        return [.. read.OfType<ActuatorPolicy>()];
    }

    private static ActuatorPolicy? Read(JsonElement item)
    {
        try
        {
            return item.Deserialize<ActuatorPolicy>(CityJson.Options) is { MinimumLevel: >= 1 and <= 5, TextLength: >= ShortestText, Kind.Length: > 0, Command.Length: > 0 } policy ? policy : null;
        }
        catch (JsonException)
        {
            // Named in the log with its place; the others stay.
            return null;
        }
    }
}
