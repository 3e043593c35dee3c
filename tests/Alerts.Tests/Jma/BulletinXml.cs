using System.Text;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>Bulletins as the agency writes them, made for the tests.</summary>
internal sealed record BulletinXml
{
    public string Title { get; init; } = "緊急地震速報（予報）";

    public string Status { get; init; } = "通常";

    public string Office { get; init; } = "気象庁本庁";

    public string HeadTitle { get; init; } = "緊急地震速報（予報）";

    public DateTimeOffset At { get; init; } = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));

    public string EventId { get; init; } = "20260701025951";

    public string InfoType { get; init; } = "発表";

    public string Serial { get; init; } = "1";

    public string Headline { get; init; } = "";

    public string Information { get; init; } = "";

    public string Body { get; init; } = "";

    public string BodyNamespace { get; init; } = "seismology1";

    /// <summary>An early warning for areas of quakes, by code and name: the first of those in Toyama is eastern Toyama.</summary>
    public static BulletinXml EarlyWarning(string serial = "1", string code = "380", string name = "富山県東部", string intensity = "5+") => new()
    {
        Serial = serial,
        Body = $"""
            <Earthquake><OriginTime>2026-07-01T02:59:40+09:00</OriginTime><Hypocenter><Area><Name>富山湾</Name><Code type="震央地名">500</Code>
            <jmx_eb:Coordinate>+37.0+137.3-10000/</jmx_eb:Coordinate></Area></Hypocenter><jmx_eb:Magnitude type="Mj" description="Ｍ６．２">6.2</jmx_eb:Magnitude></Earthquake>
            <Intensity><Forecast><ForecastInt><From>{intensity}</From><To>{intensity}</To></ForecastInt><Pref><Name>富山</Name><Code>9160</Code><Area><Name>{name}</Name><Code>{code}</Code>
            <Category><Kind><Name>緊急地震速報（警報）</Name><Code>10</Code></Kind></Category><ForecastInt><From>4</From><To>{intensity}</To></ForecastInt></Area></Pref></Forecast></Intensity>
            """,
    };

    /// <summary>A weather warning in the form of 2026: no EventID, no serial, its office's newest counts.</summary>
    public static BulletinXml Landslide(string kind, string code, string municipality = "1620400", string name = "魚津市", string status = "発表") => new()
    {
        Title = "気象警報・注意報（Ｒ０６）（土砂）",
        Office = "富山地方気象台",
        HeadTitle = "富山県土砂災害警報・注意報",
        EventId = "",
        Serial = "",
        Headline = "富山県では、土砂災害に警戒してください。",
        BodyNamespace = "meteorology1",
        Body = $"""
            <Warning type="気象警報・注意報（市町村等）"><Item><Kind><Name>{kind}</Name><Code>{code}</Code><Status>{status}</Status></Kind>
            <Area><Name>{name}</Name><Code>{municipality}</Code></Area></Item></Warning>
            """,
    };

    /// <summary>A tsunami warning for one coast.</summary>
    public static BulletinXml Tsunami(string coast, string code = "999") => new()
    {
        Title = "津波警報・注意報・予報a",
        HeadTitle = "津波警報",
        Body = $"""
            <Tsunami><Forecast><CodeDefine/><Item><Area><Name>{coast}</Name><Code>{code}</Code></Area><Category><Kind><Name>津波警報</Name><Code>51</Code></Kind></Category></Item></Forecast></Tsunami>
            """,
    };

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <Report xmlns="http://xml.kishou.go.jp/jmaxml1/">
        <Control><Title>{Title}</Title><DateTime>{At.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}</DateTime><Status>{Status}</Status><EditorialOffice>{Office}</EditorialOffice><PublishingOffice>{Office}</PublishingOffice></Control>
        <Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/"><Title>{HeadTitle}</Title><ReportDateTime>{At:yyyy-MM-ddTHH:mm:sszzz}</ReportDateTime><TargetDateTime>{At:yyyy-MM-ddTHH:mm:sszzz}</TargetDateTime>
        <EventID>{EventId}</EventID><InfoType>{InfoType}</InfoType><Serial>{Serial}</Serial><InfoKind>試験用</InfoKind><InfoKindVersion>1.0_0</InfoKindVersion>
        <Headline><Text>{Headline}</Text>{Information}</Headline></Head>
        <Body xmlns="http://xml.kishou.go.jp/jmaxml1/body/{BodyNamespace}/" xmlns:jmx_eb="http://xml.kishou.go.jp/jmaxml1/elementBasis1/">{Body}</Body>
        </Report>
        """;
}
