using System.Xml.Linq;
using SmartCity.Alerts.Jma.Places;

namespace SmartCity.Alerts.Jma.Reading;

/// <summary>Areas with the list that their code is from.</summary>
internal static class JmaAreas
{
    /// <param name="codeType">As the element around it says; may be empty (weather bodies leave it out).</param>
    public static IEnumerable<JmaArea> Of(XElement area, string codeType)
    {
        var (name, code) = (area.Text("Name"), area.Text("Code"));
        if (name.Length + code.Length > 0)
        {
            yield return Of(name, code, TypeOf(codeType, code));
        }

        // Floods from 2026 on name the cities behind each gauge.
        if (area.Text("CityCode") is { Length: > 0 } city)
        {
            yield return Of(area.Text("City"), city, JmaAreaType.Municipality);
        }
    }

    /// <summary>The prefecture of 地震情報／都道府県等 (<c>16</c>) and 緊急地震速報／府県予報区 (<c>9160</c>).</summary>
    public static IReadOnlyList<string> PrefecturesOf(string code) => code switch
    {
        { Length: 2 } => [code],
        { Length: 4 } when code[0] == '9' && string.CompareOrdinal(code[1..3], "01") >= 0 && string.CompareOrdinal(code[1..3], "47") <= 0 => [code[1..3]],
        _ => [],
    };

    private static JmaArea Of(string name, string code, JmaAreaType type) => new(name, code, type, type switch
    {
        JmaAreaType.Municipality when code.Length == 7 => [code[..2]],
        JmaAreaType.Weather when code.Length == 6 => [code[..2]],
        JmaAreaType.Prefecture => PrefecturesOf(code),
        JmaAreaType.Earthquake or JmaAreaType.Tsunami => PrefectureNames.OfArea(name),
        _ => [],
    });

    private static JmaAreaType TypeOf(string codeType, string code) => codeType switch
    {
        "気象・地震・火山情報／市町村等" => JmaAreaType.Municipality,
        "気象情報／府県予報区・細分区域等" => JmaAreaType.Weather,
        "地震情報／細分区域" => JmaAreaType.Earthquake,
        "緊急地震速報／府県予報区" or "地震情報／都道府県等" => JmaAreaType.Prefecture,
        "津波予報区" => JmaAreaType.Tsunami,
        "河川" or "指定河川洪水予報（予報区域）" => JmaAreaType.River,
        "火山名" => JmaAreaType.Volcano,
        "" => ByLength(code),
        _ when codeType.StartsWith("水位周知河川", StringComparison.Ordinal) => JmaAreaType.River,
        _ => JmaAreaType.Other,
    };

    // Without a list named: the bodies of weather warnings (seven and six digits) and of tsunami (three).
    private static JmaAreaType ByLength(string code) => !code.All(char.IsAsciiDigit) ? JmaAreaType.Other : code.Length switch
    {
        7 => JmaAreaType.Municipality,
        6 => JmaAreaType.Weather,
        3 => JmaAreaType.Tsunami,
        _ => JmaAreaType.Other,
    };
}
