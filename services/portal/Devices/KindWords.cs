using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Devices;

/// <summary>Kinds of devices in words; a kind that only the town knows stands as the town wrote it.</summary>
internal static class KindWords
{
    public static Phrase Name(Language language, string kind)
        => language.Has("kind." + kind) ? language.Text("kind." + kind) : kind;

    /// <summary>The kinds of a town's devices, in the order of their names in the language.</summary>
    public static IReadOnlyList<string> Of(Contracts.Towns.Town town)
        => [.. town.Devices.Select(device => device.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
