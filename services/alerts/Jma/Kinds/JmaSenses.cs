using SmartCity.Alerts.Jma.Reading;

namespace SmartCity.Alerts.Jma.Kinds;

/// <summary>Understands what is said about one area.</summary>
public static class JmaSenses
{
    private static readonly string[] Ended = ["解除", "なし", "津波なし", "警報解除", "津波注意報解除"];

    public static JmaSense Of(JmaKind kind, JmaStatement statement)
    {
        // An intensity is measured and never lifted: one that is not there says nothing about an end.
        if (kind.Group == "earthquake")
        {
            return new JmaSense("shaking", Shaking(statement.Detail.Length > 0 ? statement.Detail : statement.Name));
        }

        if (statement.Name.Length == 0 || Ended.Contains(statement.Name, StringComparer.Ordinal) || statement.State is "解除" or "なし" or "発表警報・注意報はなし")
        {
            return JmaSense.Nothing;
        }

        return kind.Group switch
        {
            "earthquake-warning" or "earthquake-forecast" => EarlyWarning(statement),
            "tsunami" => Tsunami(statement),
            "volcano" => Volcano(statement),
            "flood" => Flood(statement),
            "landslide" when kind.Is("landslide") => Landslide(statement),
            "weather-information" when kind.Is("weather-flash") => Flash(statement.Name),
            "weather-information" => new JmaSense(kind.Key, kind.Is("record-rain") ? JmaRank.Warning : JmaRank.Advisory),
            _ => WeatherNames.Of(statement.Name),
        };
    }

    private static JmaSense Flash(string tag)
        => tag.Contains("竜巻", StringComparison.Ordinal) ? new JmaSense("tornado", JmaRank.Advisory, Hazard: "tornado")
            : tag.Contains("大雪", StringComparison.Ordinal) ? new JmaSense("heavy-snow-now", JmaRank.Warning, Hazard: "heavy-snow")
            : tag.Contains("線状降水帯", StringComparison.Ordinal) ? new JmaSense("rain-band", JmaRank.Warning)
            : tag.Contains("記録", StringComparison.Ordinal) ? new JmaSense("record-rain", JmaRank.Warning)
            : new JmaSense("other", JmaRank.Information);

    // 00, 01: forecast; 10, 11, 19 (and 31 in headlines): warning.
    private static JmaSense EarlyWarning(JmaStatement statement)
        => statement.Name.Contains("警報", StringComparison.Ordinal)
            ? new JmaSense("eew-warning", Shaking(statement.Detail) == JmaRank.Emergency ? JmaRank.Emergency : JmaRank.Warning)
            : new JmaSense("eew-forecast", JmaRank.Advisory);

    /// <summary>From 震度５弱 on people are hurt (気象庁震度階級関連解説表); 6弱 and more is an emergency as for early warnings (震度６弱以上 is 特別警報).</summary>
    private static JmaRank Shaking(string words)
        => words.Contains('７', StringComparison.Ordinal) || words.Contains('６', StringComparison.Ordinal) ? JmaRank.Emergency
            : words.Contains('５', StringComparison.Ordinal) ? JmaRank.Warning
            : words.Contains('４', StringComparison.Ordinal) ? JmaRank.Advisory
            : JmaRank.Information;

    private static JmaSense Tsunami(JmaStatement statement) => statement.Code switch
    {
        "00" or "50" or "60" => JmaSense.Nothing,
        "52" or "53" => new JmaSense("tsunami", JmaRank.Emergency),
        "51" => new JmaSense("tsunami", JmaRank.Warning),
        "62" => new JmaSense("tsunami", JmaRank.Advisory),
        _ => new JmaSense("tsunami", JmaRank.Information),
    };

    // 別表 of 噴火警報・予報: 01 warning, 02 and 03 around the crater or at sea, 04 lifted, 05 forecast; 11 to 15 the volcano's own level.
    private static JmaSense Volcano(JmaStatement statement) => statement.Code switch
    {
        "04" or "05" or "11" or "21" or "35" or "45" => JmaSense.Nothing,
        "01" or "14" or "15" or "41" or "42" => new JmaSense("volcano-warning", JmaRank.Emergency),
        "02" or "03" or "12" or "13" or "22" or "23" or "36" or "43" or "44" or "46" => new JmaSense("volcano-crater", JmaRank.Warning),
        "51" or "52" or "53" or "54" or "55" or "56" or "61" or "62" => new JmaSense("eruption", JmaRank.Warning),
        "70" or "71" or "72" or "73" or "75" => new JmaSense("ash", JmaRank.Information),
        _ => new JmaSense("volcano", JmaRank.Information),
    };

    // 指定河川洪水予報 表2: the first digit is the level, before 2026 by the guideline (氾濫注意 2, 氾濫警戒 3, 氾濫危険 4, 氾濫発生 5), since then by its name.
    private static JmaSense Flood(JmaStatement statement) => statement.Code.Length > 0 ? statement.Code[0] switch
    {
        '2' => new JmaSense("flood", JmaRank.Advisory, 2),
        '3' => new JmaSense("flood", JmaRank.Warning, 3),
        '4' => new JmaSense("flood", JmaRank.Danger, 4),
        '5' => new JmaSense("flood", JmaRank.Emergency, 5),
        _ => JmaSense.Nothing,
    }
    : WeatherNames.Of(statement.Name);

    // 土砂災害警戒情報 is 警戒レベル４相当情報 in the guideline; in its own text the bulletin says so too.
    private static JmaSense Landslide(JmaStatement statement)
        => statement.Name.StartsWith("警戒", StringComparison.Ordinal) || statement.Code == "3" ? new JmaSense("landslide", JmaRank.Danger, 4) : JmaSense.Nothing;
}
