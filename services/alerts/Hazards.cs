using SmartCity.Alerts.Cap;
using SmartCity.ServiceDefaults.Shelters;

namespace SmartCity.Alerts;

/// <summary>The hazards that the platform knows by key: those for which the government designates shelters.</summary>
public static class Hazards
{
    public static readonly IReadOnlyList<Hazard> All =
        [.. ShelterHazards.All.Select(hazard => new Hazard(hazard.Key, hazard.OfficialName, hazard.Key switch
        {
            "flood" or "storm-surge" or "inland-flood" => CapCategory.Met,
            "large-fire" => CapCategory.Fire,
            _ => CapCategory.Geo,
        }))];

    private static readonly Dictionary<string, Hazard> ByKey = All.ToDictionary(hazard => hazard.Key, StringComparer.Ordinal);

    public static bool IsKnown(string? key) => key is not null && ByKey.ContainsKey(key);

    /// <summary>A town may name a hazard of its own: it is then <see cref="CapCategory.Safety"/>.</summary>
    public static CapCategory CategoryOf(string key) => ByKey.TryGetValue(key, out var hazard) ? hazard.Category : CapCategory.Safety;

    /// <summary>For error messages.</summary>
    public static string Keys => string.Join(", ", All.Select(hazard => hazard.Key));
}

/// <param name="Key">As in policies, alerts and shelters.</param>
/// <param name="OfficialName">Column of the government's shelter forms.</param>
/// <param name="Category">CAP category.</param>
public sealed record Hazard(string Key, string OfficialName, CapCategory Category);
