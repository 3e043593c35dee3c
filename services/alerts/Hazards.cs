using SmartCity.Alerts.Cap;

namespace SmartCity.Alerts;

/// <summary>
/// The hazards that the platform knows by key. The first eight are those for which the government designates shelters
/// (災害対策基本法施行令 第20条の4), in the order and with the names of its open-data forms.
/// </summary>
public static class Hazards
{
    public static readonly IReadOnlyList<Hazard> All =
    [
        new("flood", "洪水", CapCategory.Met),
        new("landslide", "崖崩れ、土石流及び地滑り", CapCategory.Geo),
        new("storm-surge", "高潮", CapCategory.Met),
        new("earthquake", "地震", CapCategory.Geo),
        new("tsunami", "津波", CapCategory.Geo),
        new("large-fire", "大規模な火事", CapCategory.Fire),
        new("inland-flood", "内水氾濫", CapCategory.Met),
        new("volcano", "火山現象", CapCategory.Geo),
    ];

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
