using System.Xml.Linq;

namespace SmartCity.Alerts.Jma.Reading;

/// <summary>Seismic intensities (震度) that were forecast or measured, by prefecture, area and city.</summary>
internal static class JmaShaking
{
    /// <summary>What is said of a place from which no intensity came in though the shaking was strong.</summary>
    public const string NotReportedWords = "震度５弱以上と考えられるが未入電";

    private const string NotReported = "震度５弱以上未入電";

    public static IEnumerable<JmaStatement> Of(XElement part)
    {
        foreach (var prefecture in part.Children("Pref"))
        {
            var code = JmaAreas.PrefecturesOf(prefecture.Text("Code"));
            foreach (var area in prefecture.Children("Area"))
            {
                yield return Statement(area, JmaAreaType.Earthquake, code);
                foreach (var city in area.Children("City"))
                {
                    yield return Statement(city, JmaAreaType.Municipality, code);
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
        NotReported => NotReportedWords,
        "" => "",
        _ => "震度不明",
    };

    // Where the shaking was strong enough to cut the lines, only the condition says so, or a lesser figure of other instruments stands beside it.
    private static string Observed(XElement area)
        => area.Text("MaxInt") is var measured && area.Text("Condition").Contains(NotReported, StringComparison.Ordinal) && measured is not ("5-" or "5+" or "6-" or "6+" or "7")
            ? NotReported
            : measured;

    private static JmaStatement Statement(XElement area, JmaAreaType type, IReadOnlyList<string> prefectures)
    {
        var kind = area.Child("Category", "Kind");
        var isForecast = area.Child("ForecastInt") is not null;
        // A forecast gives a range; its upper end is what to be ready for, unless there is none ("over").
        var intensity = isForecast
            ? area.Text("ForecastInt", "To") is { Length: > 0 } to and not "over" ? to : area.Text("ForecastInt", "From")
            : Observed(area);
        // Without a kind it is what was observed: of which nothing is known, and not nothing.
        var words = kind is null && intensity.Length == 0 ? Words("?") : Words(intensity);
        return new JmaStatement
        {
            Area = new JmaArea(area.Text("Name"), area.Text("Code"), type, prefectures),
            Name = kind is null ? words : kind.Text("Name"),
            Code = kind.Text("Code"),
            Detail = isForecast && words.Length > 0 ? $"予想{words}" : words,
        };
    }
}
