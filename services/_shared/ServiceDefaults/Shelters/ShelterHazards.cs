namespace SmartCity.ServiceDefaults.Shelters;

/// <summary>
/// The hazards for which the government designates shelters (災害対策基本法施行令 第20条の4), in the order and with the
/// names of its open-data forms.
/// </summary>
public static class ShelterHazards
{
    /// <summary>Our key, and the column of the forms.</summary>
    public static readonly IReadOnlyList<(string Key, string OfficialName)> All =
    [
        ("flood", "洪水"),
        ("landslide", "崖崩れ、土石流及び地滑り"),
        ("storm-surge", "高潮"),
        ("earthquake", "地震"),
        ("tsunami", "津波"),
        ("large-fire", "大規模な火事"),
        ("inland-flood", "内水氾濫"),
        ("volcano", "火山現象"),
    ];
}
