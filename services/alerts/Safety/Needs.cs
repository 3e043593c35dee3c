namespace SmartCity.Alerts.Safety;

/// <summary>What somebody needs, the most urgent first. Another need is one more line here and its words in the pages.</summary>
public static class Needs
{
    /// <summary>Our key, and the word on paper lists.</summary>
    public static readonly IReadOnlyList<(string Key, string JapaneseName)> All =
    [
        ("medical", "けが・急病"),
        ("cannot-move", "動けない"),
        ("trapped", "閉じこめられている"),
        ("power-device", "医療機器の電源"),
        ("small-children", "乳幼児"),
        ("elderly", "高齢"),
        ("pregnant", "妊娠中"),
        ("disability", "障害"),
        ("medicine", "薬"),
        ("food-water", "水・食料"),
        ("other", "その他"),
    ];

    private static readonly Dictionary<string, int> Ranks = All.Select((need, rank) => (need.Key, rank)).ToDictionary(need => need.Key, need => need.rank, StringComparer.Ordinal);

    /// <summary>For error messages.</summary>
    public static string Keys => string.Join(", ", All.Select(need => need.Key));

    public static bool IsKnown(string key) => Ranks.ContainsKey(key);

    /// <summary>Place of the most urgent need: 0 comes first. Who says none comes last: somebody must ask.</summary>
    public static int UrgencyOf(IEnumerable<string> needs) => needs.Select(need => Ranks[need]).DefaultIfEmpty(All.Count).Min();

    public static string JapaneseName(string key) => All[Ranks[key]].JapaneseName;
}
