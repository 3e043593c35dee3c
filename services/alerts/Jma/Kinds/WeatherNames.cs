namespace SmartCity.Alerts.Jma.Kinds;

/// <summary>The names of weather warnings: [レベルＮ] phenomenon [特別|危険]警報 or 注意報.</summary>
internal static class WeatherNames
{
    private static readonly (string Ending, JmaRank Rank)[] Ranks =
        [("特別警報", JmaRank.Emergency), ("危険警報", JmaRank.Danger), ("警報", JmaRank.Warning), ("注意報", JmaRank.Advisory)];

    private static readonly Dictionary<string, (string Phenomenon, string? Hazard)> Phenomena = new(StringComparer.Ordinal)
    {
        ["大雨"] = ("heavy-rain", "inland-flood"),
        ["土砂災害"] = ("landslide", "landslide"),
        ["洪水"] = ("flood", "flood"),
        ["氾濫"] = ("flood", "flood"),
        ["高潮"] = ("storm-surge", "storm-surge"),
        ["暴風"] = ("storm", "storm"),
        ["暴風雪"] = ("snowstorm", "storm"),
        ["風雪"] = ("snowstorm", "storm"),
        ["強風"] = ("strong-wind", "storm"),
        ["波浪"] = ("high-waves", "high-waves"),
        ["大雪"] = ("heavy-snow", "heavy-snow"),
        ["雷"] = ("thunder", null),
        ["濃霧"] = ("fog", null),
        ["乾燥"] = ("dry-air", null),
        ["なだれ"] = ("avalanche", null),
        ["低温"] = ("low-temperature", null),
        ["霜"] = ("frost", null),
        ["着氷"] = ("icing", null),
        ["着雪"] = ("snow-accretion", null),
        ["融雪"] = ("snowmelt", null),
    };

    public static JmaSense Of(string name)
    {
        int? level = null;
        if (name.StartsWith("レベル", StringComparison.Ordinal) && name.Length > 3 && Digit(name[3]) is >= 1 and <= 5 and var number)
        {
            level = number;
            name = name[4..];
        }

        foreach (var (ending, rank) in Ranks)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                var (phenomenon, hazard) = Phenomena.GetValueOrDefault(name[..^ending.Length], ("other", null));
                return new JmaSense(phenomenon, rank, level, hazard);
            }
        }

        return new JmaSense("other", JmaRank.Information, level);
    }

    private static int Digit(char character) => character switch
    {
        >= '１' and <= '９' => character - '０',
        >= '1' and <= '9' => character - '0',
        _ => 0,
    };
}
