using System.Globalization;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Cap.Rules;
using SmartCity.Alerts.Cap.Xml;
using SmartCity.Alerts.Tests.Import;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Tests.Cap;

public sealed class CapRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));

    private static readonly CapAlert Sound = CapSample.Alert("storm-1", Now);

    /// <summary>What stands in the sound message, what a mistake makes of it, and which notice names it where.</summary>
    public static TheoryData<string, string, string, NoticeSeverity, string> Mistakes => new()
    {
        { "<identifier>storm-1</identifier>", "", "element-missing", NoticeSeverity.Error, "identifier" },
        { "<identifier>storm-1</identifier>", "<identifier>storm 1</identifier>", "identifier-form", NoticeSeverity.Error, "identifier" },
        { "<identifier>storm-1</identifier>", "<identifier>a&amp;b</identifier>", "identifier-form", NoticeSeverity.Error, "identifier" },
        { "<sender>warn@weather.example</sender>", "<sender>a,b</sender>", "sender-form", NoticeSeverity.Error, "sender" },
        { "<sent>2026-07-01T03:00:00+09:00</sent>", "<sent>2026-06-30T18:00:00Z</sent>", "time-form", NoticeSeverity.Error, "sent" },
        { "<sent>2026-07-01T03:00:00+09:00</sent>", "<sent>2026-07-01T03:00:00.5+09:00</sent>", "time-form", NoticeSeverity.Error, "sent" },
        { "<sent>2026-07-01T03:00:00+09:00</sent>", "<sent>2026-07-01T03:00:00</sent>", "time-without-offset", NoticeSeverity.Error, "sent" },
        { "<sent>2026-07-01T03:00:00+09:00</sent>", "<sent>now</sent>", "time-unreadable", NoticeSeverity.Error, "sent" },
        { "<sent>2026-07-01T03:00:00+09:00</sent>", "<sent>2026-07-01T04:00:00+09:00</sent>", "sent-in-future", NoticeSeverity.Warning, "sent" },
        { "<status>Actual</status>", "<status>actual</status>", "code-unknown", NoticeSeverity.Error, "status" },
        { "<status>Actual</status>", "<status>Exercise</status>", "note-missing", NoticeSeverity.Warning, "note" },
        { "<msgType>Alert</msgType>", "<msgType>Update</msgType>", "references-missing", NoticeSeverity.Error, "references" },
        { "<msgType>Alert</msgType>", "<msgType>Ack</msgType>", "references-missing", NoticeSeverity.Error, "references" },
        { "<scope>Public</scope>", "<scope>Restricted</scope>", "restriction-missing", NoticeSeverity.Error, "restriction" },
        { "<scope>Public</scope>", "<scope>Private</scope>", "addresses-missing", NoticeSeverity.Error, "addresses" },
        { "<scope>Public</scope>", "<scope>Public</scope><restriction>x</restriction>", "restriction-without-scope", NoticeSeverity.Warning, "restriction" },
        { "<scope>Public</scope>", "<scope>Public</scope><references>one</references>", "reference-form", NoticeSeverity.Error, "references" },
        { "<scope>Public</scope>", "<scope>Public</scope><references>a,b,2026-06-30T18:00:00Z</references>", "reference-form", NoticeSeverity.Error, "references" },
        { "<scope>Public</scope>", "<scope>Public</scope><references>warn@weather.example,storm-1,2026-07-01T03:00:00+09:00</references>", "reference-circular", NoticeSeverity.Error, "references" },
        { "<scope>Public</scope>", "<scope>Public</scope><references>a,b,2026-07-01T03:00:01+09:00</references>", "reference-postdated", NoticeSeverity.Error, "references" },
        { "<scope>Public</scope>", "<scope>Public</scope><colour>red</colour>", "element-unknown", NoticeSeverity.Error, "colour" },
        { "<scope>Public</scope>", "<scope>Public</scope><source>x</source>", "element-order", NoticeSeverity.Warning, "source" },
        { "<scope>Public</scope>", "<scope>Public</scope><scope>Public</scope>", "element-repeated", NoticeSeverity.Error, "scope" },
        { "<scope>Public</scope>", "<scope>Public</scope><note></note>", "empty-text", NoticeSeverity.Warning, "note" },
        { "<language>en-US</language>", "<language>ja-JP</language>", "language-repeated", NoticeSeverity.Warning, "info[1].language" },
        { "<language>en-US</language>", "<language>en_US</language>", "language-form", NoticeSeverity.Error, "info[1].language" },
        { "<event>Storm warning</event>", "", "element-missing", NoticeSeverity.Error, "info[1].event" },
        { "<event>Storm warning</event>", "<event>&lt;b&gt;Storm&lt;/b&gt;</event>", "html-in-text", NoticeSeverity.Warning, "info[1].event" },
        { "<event>Storm warning</event>", "<event>Call 1234-5678-9018</event>", "my-number-refused", NoticeSeverity.Error, "info[1].event" },
        { "<headline>Beware of the storm</headline>", "<headline>" + LongHeadline + "</headline>", "headline-long", NoticeSeverity.Warning, "info[1].headline" },
        { "<senderName>Weather office</senderName>", "<expires>2026-07-01T02:00:00+09:00</expires><senderName>Weather office</senderName>", "element-repeated", NoticeSeverity.Error, "info[1].expires" },
        { "<description>Beware of the storm.</description>", "<description>x</description><web>www.example</web>", "uri-form", NoticeSeverity.Error, "info[1].web" },
        { "<description>Beware of the storm.</description>", "<description>x</description><web>javascript:alert(1)</web>", "uri-scheme", NoticeSeverity.Warning, "info[1].web" },
        { "<description>Beware of the storm.</description>", "<description>x</description><resource><resourceDesc>m</resourceDesc><mimeType>png</mimeType><uri>https://x.example/</uri></resource>", "mime-type-form", NoticeSeverity.Error, "info[1].resource[0].mimeType" },
        { "<description>Beware of the storm.</description>", "<description>x</description><resource><resourceDesc>m</resourceDesc><mimeType>text/plain</mimeType><derefUri>!</derefUri></resource>", "base64-unreadable", NoticeSeverity.Error, "info[1].resource[0].derefUri" },
        { "<description>Beware of the storm.</description>", "<description>x</description><resource><resourceDesc>m</resourceDesc><mimeType>text/plain</mimeType><size>big</size><uri>https://x.example/</uri></resource>", "number-unreadable", NoticeSeverity.Error, "info[1].resource[0].size" },
    };

    public static TheoryData<string, string, NoticeSeverity> Areas => new()
    {
        { "<polygon>36,137 37,137 36,137</polygon>", "polygon-too-few-points", NoticeSeverity.Error },
        { "<polygon>36,137 37,137 37,138 36,138</polygon>", "polygon-not-closed", NoticeSeverity.Error },
        { "<polygon>36,137 37,138 37,137 36,138 36,137</polygon>", "polygon-not-simple", NoticeSeverity.Error },
        { "<polygon>36,137 36,138 36,139 36,137</polygon>", "polygon-not-simple", NoticeSeverity.Error },
        { "<polygon>36,137 37,x 37,138 36,137</polygon>", "polygon-form", NoticeSeverity.Error },
        { "<polygon>137,36 138,36 138,37 137,36</polygon>", "coordinate-out-of-range", NoticeSeverity.Error },
        { "<polygon>-17,179 -18,-179 -19,179 -17,179</polygon>", "polygon-crosses-date-line", NoticeSeverity.Warning },
        { "<circle>36,137</circle>", "circle-form", NoticeSeverity.Error },
        { "<circle>36,137 -1</circle>", "radius-out-of-range", NoticeSeverity.Error },
        { "<circle>36,181 1</circle>", "coordinate-out-of-range", NoticeSeverity.Error },
        { "<ceiling>100</ceiling>", "ceiling-without-altitude", NoticeSeverity.Error },
        { "<altitude>200</altitude><ceiling>100</ceiling>", "ceiling-below-altitude", NoticeSeverity.Error },
        { "<geocode><valueName>x</valueName></geocode>", "element-missing", NoticeSeverity.Error },
    };

    private static string LongHeadline => new('x', 161);

    [Fact]
    public void Check_WhenTheMessageIsSound_FindsNothing()
    {
        CapReader.Read(CapWriter.Write(Sound), Now).Notices.ShouldBeEmpty();
        CapRules.Check(Sound, Now).ShouldBeEmpty();
    }

    [Fact]
    public void Read_WhenTheNameOfAMessagePassesTheCheckOfAnIndividualNumber_LosesNoWarning()
        => CapReader.Read(CapWriter.Write(Sound with { Identifier = "1234-5678-9018" }), Now).Notices.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Read_WhenThereIsAMistake_NamesItWithItsLine(string sound, string mistake, string code, NoticeSeverity severity, string field)
    {
        var notice = OneNotice(CapWriter.Write(Sound), sound, mistake, code);
        (notice.Severity, notice.Field).ShouldBe((severity, field));
        notice.Line.ShouldNotBeNull();
        (notice.Message + notice.Value).ShouldNotContain("5678");
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void Read_WhenAnAreaIsWrong_SaysWhichAndWhy(string inside, string code, NoticeSeverity severity)
    {
        var area = "<areaDesc>Coast</areaDesc>" + inside;
        var notice = OneNotice(CapWriter.Write(Sound.With(info => info with { Areas = [] })), "</info>", $"<area>{area}</area></info>", code);
        notice.Severity.ShouldBe(severity);
        notice.Field!.ShouldStartWith("info[0].area[0]");
    }

    [Fact]
    public void Read_WhenManyThingsAreWrong_NamesThemAllAtOnce()
    {
        var xml = CapWriter.Write(Sound).Replace("<status>Actual</status>", "", StringComparison.Ordinal)
            .Replace("<urgency>Expected</urgency>", "<urgency>soon</urgency>", StringComparison.Ordinal)
            .Replace("<areaDesc>Coast</areaDesc>", "", StringComparison.Ordinal);
        var reading = CapReader.Read(xml, Now);
        reading.IsUsable.ShouldBeFalse();
        reading.Notices.Select(notice => notice.Field).ShouldBe(
            ["status", "info[0].urgency", "info[0].area[0].areaDesc", "info[1].urgency", "info[1].area[0].areaDesc"], ignoreOrder: true);
        reading.Notices.Select(notice => notice.Line).ShouldAllBe(line => line > 1);
    }

    [Fact]
    public void Check_WhenTheLanguagesDisagree_NamesEachFact()
    {
        var english = Sound.Info[1] with { Severity = CapSeverity.Minor, Expires = Now.AddHours(1), Categories = [CapCategory.Geo], Areas = [] };
        CapRules.Check(Sound with { Info = [Sound.Info[0], english] }, Now).Select(notice => (notice.Code, notice.Field)).ShouldBe(
            [("languages-differ", "info[1].severity"), ("languages-differ", "info[1].expires"), ("languages-differ", "info[1].category"), ("languages-differ", "info[1].area")], ignoreOrder: true);
    }

    [Fact]
    public void Check_WhenItIsOverBeforeItBegins_RefusesAlertsAndToleratesEndings()
    {
        var over = Sound.With(info => info with { Expires = Now.AddHours(-1) });
        CapRules.Check(over, Now).ShouldAllBe(notice => notice.Code == "expires-before-begin" && notice.Severity == NoticeSeverity.Error);
        CapRules.Check(over with { MsgType = CapMsgType.Cancel, References = [new("a", "b", Now)] }, Now)
            .ShouldAllBe(notice => notice.Code == "expires-before-begin" && notice.Severity == NoticeSeverity.Warning);
    }

    [Fact]
    public void Cut_WhenThePolygonCrossesTheDateLine_MakesTwoThatDoNot()
    {
        CapPoint[] fiji = [new(-17, 179), new(-17, -179), new(-19, -179), new(-19, 179), new(-17, 179)];
        var parts = PolygonShape.Cut(fiji);
        parts.Count.ShouldBe(2);
        parts.ShouldAllBe(part => !PolygonShape.CrossesDateLine(part));
        string.Join(' ', parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Min(point => point.LongitudeDegrees)}..{part.Max(point => point.LongitudeDegrees)}")).Order(StringComparer.Ordinal))
            .ShouldBe("-180..-179 179..180");
    }

    private static Notice OneNotice(string xml, string sound, string mistake, string code)
    {
        xml.ShouldContain(sound);
        var at = xml.IndexOf(sound, StringComparison.Ordinal);
        var reading = CapReader.Read(string.Concat(xml.AsSpan(0, at), mistake, xml.AsSpan(at + sound.Length)), Now);
        return reading.Notices.FirstOrDefault(notice => notice.Code == code) ?? throw new Xunit.Sdk.XunitException($"No {code}, but: {string.Join('\n', reading.Notices)}");
    }
}
