namespace SmartCity.Alerts.Jma.Kinds;

/// <summary>
/// The kinds by the titles that JMA gives them (一覧表 表1.1 of its technical material). The data type (VXSE43 …) stands only in
/// file names and is not needed.
/// </summary>
public static class JmaKinds
{
    public static readonly JmaKind Unknown = new("unknown", "", "", TimeSpan.Zero);

    private static readonly TimeSpan Minutes5 = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hours3 = TimeSpan.FromHours(3);
    private static readonly TimeSpan Hours6 = TimeSpan.FromHours(6);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static readonly string[] NewWeather =
        ["weather-rain", "weather-landslide", "weather-surge", "weather-wind", "weather-waves", "weather-snow", "weather-others"];

    private static readonly JmaKind OldWeather = new("weather", "weather", "weather", Day) { SaidBetterBy = NewWeather };

    /// <summary>Known, and kept on record; residents are told by other means or need not be.</summary>
    private static readonly JmaKind Information = new("information", "", "", TimeSpan.Zero);

    private static readonly Dictionary<string, JmaKind> ByTitle = new(StringComparer.Ordinal)
    {
        // VXSE43 (40), VXSE44 (41) and VXSE45, which takes the place of VXSE44.
        ["緊急地震速報（警報）"] = new("eew-warning", "earthquake-warning", "earthquake", Minutes5) { EventsAreUnique = true, SharedLine = "eew" },
        ["緊急地震速報（予報）"] = new("eew-forecast", "earthquake-forecast", "earthquake", Minutes5)
        {
            EventsAreUnique = true,
            SharedLine = "eew",
            SaidBetterBy = ["eew-warning", "eew-motion"],
        },
        ["緊急地震速報（地震動予報）"] = new("eew-motion", "earthquake-forecast", "earthquake", Minutes5)
        {
            EventsAreUnique = true,
            SharedLine = "eew",
            SaidBetterBy = ["eew-warning"],
        },

        // VXSE51, 52, 53, 61, 62.
        ["震度速報"] = new("intensity", "earthquake", "earthquake", Hours3) { EventsAreUnique = true, SharedLine = "shaking", SaidBetterBy = ["earthquake"] },
        ["震源に関する情報"] = new("hypocentre", "earthquake", "earthquake", Hours3) { EventsAreUnique = true },
        ["震源・震度に関する情報"] = new("earthquake", "earthquake", "earthquake", Hours3) { EventsAreUnique = true, SharedLine = "shaking" },
        ["顕著な地震の震源要素更新のお知らせ"] = new("hypocentre-update", "earthquake", "earthquake", Hours3) { EventsAreUnique = true },
        ["長周期地震動に関する観測情報"] = new("long-period", "earthquake", "earthquake", Hours3) { EventsAreUnique = true },

        // VTSE41, 51, 52.
        ["津波警報・注意報・予報a"] = new("tsunami", "tsunami", "tsunami", Day) { EventsAreUnique = true },
        ["津波警報・注意報・予報"] = new("tsunami", "tsunami", "tsunami", Day) { EventsAreUnique = true },
        ["津波情報a"] = new("tsunami-information", "tsunami", "tsunami", Day) { EventsAreUnique = true, SaidBetterBy = ["tsunami"] },
        ["津波情報"] = new("tsunami-information", "tsunami", "tsunami", Day) { EventsAreUnique = true, SaidBetterBy = ["tsunami"] },
        ["沖合の津波観測に関する情報"] = new("tsunami-offshore", "tsunami", "tsunami", Hours6) { EventsAreUnique = true, SaidBetterBy = ["tsunami"] },

        // VPWW50, 53, 54 and VPNO50; VXWW50; VXKO50 to 89 and VXSU50 to 59.
        ["気象警報・注意報"] = OldWeather,
        ["気象特別警報・警報・注意報"] = OldWeather,
        ["気象警報・注意報（Ｈ２７）"] = OldWeather with { Key = "weather-2015", SaidBetterBy = [.. NewWeather, "weather"] },
        ["気象特別警報報知"] = new("weather-emergency", "weather", "weather", Day) { SaidBetterBy = [.. NewWeather, "weather"] },
        ["土砂災害警戒情報"] = new("landslide", "landslide", "landslide", Day) { SaidBetterBy = ["weather-landslide"] },
        ["指定河川洪水予報"] = new("flood", "flood", "flood", Day),
        ["水位周知河川に関する情報"] = new("flood-level", "flood", "flood", Day),
        ["記録的短時間大雨情報"] = new("record-rain", "weather-information", "inland-flood", Hours3),
        // VPBS50, from 2026: heavy rain bands, record rain, heavy snow, tornadoes, by its tag.
        ["府県気象防災速報"] = new("weather-flash", "weather-information", "inland-flood", Hours3),
        ["竜巻注意情報"] = new("tornado", "weather-information", "tornado", TimeSpan.FromMinutes(70)),
        ["竜巻注意情報（目撃情報付き）"] = new("tornado-seen", "weather-information", "tornado", TimeSpan.FromMinutes(70)),

        // VFVO50 to 56 and 60, VZVO40.
        ["噴火警報・予報"] = new("volcano-warning", "volcano", "volcano", Week),
        ["火山の状況に関する解説情報"] = new("volcano-commentary", "volcano", "volcano", Week) { SaidBetterBy = ["volcano-warning"] },
        ["噴火に関する火山観測報"] = new("eruption-observation", "volcano", "volcano", Hours6) { EventsAreUnique = true },
        ["降灰予報（定時）"] = new("ash-regular", "volcano", "volcano", Hours6),
        ["降灰予報（速報）"] = new("ash-quick", "volcano", "volcano", Hours3),
        ["降灰予報（詳細）"] = new("ash-detailed", "volcano", "volcano", Hours6),
        ["噴火速報"] = new("eruption", "volcano", "volcano", Hours6) { EventsAreUnique = true },
        ["推定噴煙流向報"] = Information,
        ["火山に関するお知らせ"] = Information,
        ["火山現象に関する海上警報・海上予報"] = Information,

        ["緊急地震速報配信テスト"] = Information,
        ["地震の活動状況等に関する情報"] = Information,
        ["地震回数に関する情報"] = Information,
        ["地震・津波に関するお知らせ"] = Information,
        ["南海トラフ地震臨時情報"] = Information,
        ["南海トラフ地震関連解説情報"] = Information,
        ["北海道・三陸沖後発地震注意情報"] = Information,
    };

    // VPWW55 to 61, from 2026: one bulletin for each phenomenon, named in brackets.
    private static readonly (string Phenomenon, JmaKind Kind)[] From2026 =
    [
        ("大雨", new("weather-rain", "weather", "inland-flood", Day)),
        ("土砂", new("weather-landslide", "landslide", "landslide", Day)),
        ("高潮", new("weather-surge", "weather", "storm-surge", Day)),
        ("暴風", new("weather-wind", "weather", "storm", Day)),
        ("波浪", new("weather-waves", "weather", "high-waves", Day)),
        ("大雪", new("weather-snow", "weather", "heavy-snow", Day)),
        ("その他", new("weather-others", "weather", "weather", Day)),
    ];

    /// <param name="title"><c>Control/Title</c>.</param>
    /// <param name="bodyNamespace">Says which department of the agency speaks.</param>
    public static JmaKind Of(string title, string bodyNamespace)
    {
        if (ByTitle.TryGetValue(title, out var kind))
        {
            return kind;
        }

        if (title.StartsWith("気象警報・注意報（Ｒ０６）（", StringComparison.Ordinal))
        {
            var phenomenon = title["気象警報・注意報（Ｒ０６）（".Length..];
            return Array.Find(From2026, entry => phenomenon.StartsWith(entry.Phenomenon, StringComparison.Ordinal)).Kind ?? Unknown;
        }

        // Forecasts, observations and summaries of the weather: many kinds, and more every year.
        return bodyNamespace.EndsWith("/body/meteorology1/", StringComparison.Ordinal) ? Information : Unknown;
    }

    /// <summary>Whether bulletins of one kind say the same as those of another, and more; both by their keys.</summary>
    public static bool SaysBetter(string kind, string other)
        => ByTitle.Values.Any(entry => entry.Key == other && entry.SaidBetterBy.Contains(kind, StringComparer.Ordinal));

    /// <summary>Whether an entry of a feed, by its title, is worth fetching.</summary>
    public static bool IsWorthFetching(string title) => Of(title, "").MakesAlerts;
}
