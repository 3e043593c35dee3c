using System.Globalization;

namespace SmartCity.Alerts.Jma.Places;

/// <summary>Prefectures in the names of areas whose codes do not tell them.</summary>
internal static class PrefectureNames
{
    /// <summary>In the order of their codes, 01 to 47 (JIS X 0401).</summary>
    private static readonly string[] All =
    [
        "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県",
        "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県",
        "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
        "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
    ];

    /// <summary>Areas (細分区域, 津波予報区) whose names begin with no prefecture, and lie in one.</summary>
    private static readonly (string Beginning, string Code)[] Others =
    [
        ("石狩", "01"), ("渡島", "01"), ("檜山", "01"), ("後志", "01"), ("空知", "01"), ("上川", "01"), ("留萌", "01"), ("宗谷", "01"),
        ("網走", "01"), ("北見", "01"), ("紋別", "01"), ("胆振", "01"), ("日高", "01"), ("十勝", "01"), ("釧路", "01"), ("根室", "01"), ("オホーツク海", "01"),
        ("陸奥湾", "02"), ("新島", "13"), ("神津島", "13"), ("伊豆大島", "13"), ("三宅島", "13"), ("八丈島", "13"), ("小笠原", "13"), ("伊豆諸島", "13"),
        ("相模湾", "14"), ("佐渡", "15"), ("淡路島", "28"), ("隠岐", "32"), ("壱岐", "42"),
        ("種子島", "46"), ("奄美", "46"), ("薩南", "46"), ("沖縄", "47"), ("大東島", "47"), ("宮古島", "47"), ("石垣島", "47"), ("与那国島", "47"), ("西表島", "47"),
    ];

    /// <summary>津波予報区 along the coast of several: the warning is for all of them, unless the town names its own coast.</summary>
    private static readonly (string Beginning, IReadOnlyList<string> Codes)[] Shared =
    [
        ("東京湾内湾", ["12", "13", "14"]), ("伊勢・三河湾", ["23", "24"]), ("有明・八代海", ["40", "41", "42", "43", "46"]),
    ];

    /// <summary>The codes of the prefectures; empty where the name tells none.</summary>
    public static IReadOnlyList<string> OfArea(string name)
    {
        var index = Array.FindIndex(All, prefecture => name.StartsWith(prefecture, StringComparison.Ordinal));
        if (index >= 0)
        {
            return [(index + 1).ToString("00", CultureInfo.InvariantCulture)];
        }

        return Array.Find(Others, other => name.StartsWith(other.Beginning, StringComparison.Ordinal)).Code is { } one
            ? [one]
            : Array.Find(Shared, other => name.StartsWith(other.Beginning, StringComparison.Ordinal)).Codes ?? [];
    }
}
