using System.Xml.Linq;

namespace SmartCity.Alerts.Jma.Reading;

/// <summary>Seismic intensities (震度) that were forecast or measured, by prefecture, area and city.</summary>
internal static class JmaShaking
{
    public static void Collect(XElement part, Action<JmaStatement> add)
    {
        foreach (var prefecture in part.Children("Pref"))
        {
            var code = JmaAreas.PrefectureOf(prefecture.Text("Code"));
            foreach (var area in prefecture.Children("Area"))
            {
                add(Statement(area, JmaAreaType.Earthquake, code));
                foreach (var city in area.Children("City"))
                {
                    add(Statement(city, JmaAreaType.Municipality, code));
                }
            }
        }
    }

    /// <summary>震度５弱 of <c>5-</c>.</summary>
    public static string Words(string intensity) => intensity switch
    {
        "5-" => "震度５弱",
        "5+" => "震度５強",
        "6-" => "震度６弱",
        "6+" => "震度６強",
        "0" or "1" or "2" or "3" or "4" or "7" => "震度" + (char)('０' + (intensity[0] - '0')),
        "震度５弱以上未入電" => "震度５弱以上（未入電）",
        "" => "",
        _ => "震度不明",
    };

    private static JmaStatement Statement(XElement area, JmaAreaType type, string? prefecture)
    {
        var kind = area.Child("Category", "Kind");
        var isForecast = area.Child("ForecastInt") is not null;
        // A forecast gives a range; its upper end is what to be ready for, unless there is none ("over").
        var intensity = isForecast
            ? area.Text("ForecastInt", "To") is { Length: > 0 } to and not "over" ? to : area.Text("ForecastInt", "From")
            : area.Text("MaxInt");
        var words = Words(intensity);
        return new JmaStatement
        {
            Area = new JmaArea(area.Text("Name"), area.Text("Code"), type, prefecture),
            Name = kind is null ? words : kind.Text("Name"),
            Code = kind.Text("Code"),
            Detail = isForecast && words.Length > 0 ? $"予想{words}" : words,
        };
    }
}
