using System.Globalization;
using System.Xml.Linq;

namespace SmartCity.Cli.Replay.Earthquake;

/// <summary>Writes a step of the sequence as a bulletin (気象庁防災情報XML, https://xml.kishou.go.jp/), as far as receivers need it.</summary>
/// <param name="isActual">Real status; false: a drill (訓練), which receivers must treat as such.</param>
/// <param name="here">The prefecture of a town elsewhere that is to have shaken too, or null.</param>
internal sealed class EarthquakeXml(DateTimeOffset begin, bool isActual, Shaking? here)
{
    private const string Agency = "気象庁本庁";

    private static readonly XNamespace Root = "http://xml.kishou.go.jp/jmaxml1/";
    private static readonly XNamespace Head = "http://xml.kishou.go.jp/jmaxml1/informationBasis1/";
    private static readonly XNamespace Body = "http://xml.kishou.go.jp/jmaxml1/body/seismology1/";
    private static readonly XNamespace Basis = "http://xml.kishou.go.jp/jmaxml1/elementBasis1/";

    /// <summary>The event's name: the same for the whole sequence, and for a second run from the same begin.</summary>
    public string EventId => begin.ToOffset(BungoChannel.DetectedAt.Offset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <param name="at">What the bulletin is dated.</param>
    public string Write(SequenceStep step, DateTimeOffset at)
    {
        var title = TitleOf(step.Kind);
        var local = at.ToOffset(BungoChannel.DetectedAt.Offset);
        return new XDocument(new XElement(Root + "Report",
            new XElement(Root + "Control",
                new XElement(Root + "Title", title), new XElement(Root + "DateTime", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                new XElement(Root + "Status", isActual ? "通常" : "訓練"), new XElement(Root + "EditorialOffice", Agency), new XElement(Root + "PublishingOffice", Agency)),
            new XElement(Head + "Head",
                new XElement(Head + "Title", title), new XElement(Head + "ReportDateTime", Time(local)), new XElement(Head + "TargetDateTime", Time(local)),
                new XElement(Head + "EventID", EventId), new XElement(Head + "InfoType", "発表"), new XElement(Head + "Serial", step.Serial),
                new XElement(Head + "InfoKind", title), new XElement(Head + "InfoKindVersion", "1.0_0"),
                new XElement(Head + "Headline", new XElement(Head + "Text", HeadlineOf(step.Kind)))),
            new XElement(Body + "Body", new XAttribute(XNamespace.Xmlns + "jmx_eb", Basis), BodyOf(step, local)))).ToString(SaveOptions.DisableFormatting);
    }

    private IEnumerable<XElement> BodyOf(SequenceStep step, DateTimeOffset at)
    {
        if (step.Kind != BulletinKind.Intensity)
        {
            var depth = step.DepthKilometres * -1000;
            yield return new XElement(Body + "Earthquake",
                new XElement(Body + "OriginTime", Time(begin.ToOffset(at.Offset))),
                new XElement(Body + "Hypocenter", new XElement(Body + "Area",
                    new XElement(Body + "Name", BungoChannel.Name), new XElement(Body + "Code", new XAttribute("type", "震央地名"), BungoChannel.AreaCode),
                    new XElement(Basis + "Coordinate", string.Create(CultureInfo.InvariantCulture, $"+{BungoChannel.LatitudeDegrees:0.0}+{BungoChannel.LongitudeDegrees:0.0}{depth}/")))),
                new XElement(Basis + "Magnitude", new XAttribute("type", "Mj"), new XAttribute("description", $"Ｍ{Wide(step.Magnitude)}"), step.Magnitude.ToString("0.0", CultureInfo.InvariantCulture)));
        }

        var areas = here is null ? step.Areas : [.. step.Areas, here with { Intensity = step.Areas[0].Intensity }];
        var isForecast = step.Kind is BulletinKind.Forecast or BulletinKind.Warning;
        yield return new XElement(Body + "Intensity", new XElement(Body + (isForecast ? "Forecast" : "Observation"),
            isForecast ? new XElement(Body + "ForecastInt", From(areas[0].Intensity)) : new XElement(Body + "MaxInt", areas[0].Intensity),
            areas.GroupBy(area => area.PrefectureCode, StringComparer.Ordinal).Select(prefecture => new XElement(Body + "Pref",
                new XElement(Body + "Name", prefecture.First().Prefecture), new XElement(Body + "Code", isForecast ? $"9{prefecture.Key}0" : prefecture.Key),
                isForecast ? null : new XElement(Body + "MaxInt", prefecture.First().Intensity),
                prefecture.Select(area => AreaOf(area, step.Kind, isForecast))))));
    }

    private static XElement AreaOf(Shaking area, BulletinKind kind, bool isForecast) => new(Body + "Area",
        new XElement(Body + "Name", area.Area), new XElement(Body + "Code", area.AreaCode),
        isForecast
            ? [new XElement(Body + "Category", new XElement(Body + "Kind",
                new XElement(Body + "Name", kind == BulletinKind.Warning ? "緊急地震速報（警報）" : "緊急地震速報（予報）"), new XElement(Body + "Code", kind == BulletinKind.Warning ? "10" : "00"))),
               new XElement(Body + "ForecastInt", From(area.Intensity))]
            : (object[])[new XElement(Body + "MaxInt", area.Intensity),
               .. kind == BulletinKind.Earthquake ? area.Cities.Select(city => new XElement(Body + "City",
                new XElement(Body + "Name", city.Name), new XElement(Body + "Code", city.Code), new XElement(Body + "MaxInt", area.Intensity))) : []]);

    private static object[] From(string intensity) => [new XElement(Body + "From", intensity), new XElement(Body + "To", intensity)];

    private static string TitleOf(BulletinKind kind) => kind switch
    {
        BulletinKind.Forecast => "緊急地震速報（予報）",
        BulletinKind.Warning => "緊急地震速報（警報）",
        BulletinKind.Intensity => "震度速報",
        _ => "震源・震度に関する情報",
    };

    private static string HeadlineOf(BulletinKind kind) => kind switch
    {
        BulletinKind.Warning => "豊後水道で地震　強い揺れに備えてください",
        BulletinKind.Intensity => "豊後水道の地震による強い揺れを感じました。",
        BulletinKind.Earthquake => "この地震による津波の心配はありません。",
        _ => "",
    };

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Wide(double number)
        => string.Concat(number.ToString("0.0", CultureInfo.InvariantCulture).Select(character => character == '.' ? '．' : (char)(character - '0' + '０')));
}
