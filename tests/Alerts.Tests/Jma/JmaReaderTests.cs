using System.Text;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Contracts;
using SmartCity.TestKit;

namespace SmartCity.Alerts.Tests.Jma;

public sealed class JmaReaderTests
{
    [TheoryIfSharedData]
    [MemberData(nameof(Files))]
    public void Read_WhenAFileOfTheAgency_HasNoFaults(string file)
    {
        var reading = JmaReader.Read(File.ReadAllBytes(SharedData.PathOf("jma", file)));
        reading.Notices.ShouldBeEmpty();
        reading.Report!.Kind.MakesAlerts.ShouldBeTrue();
        // Only what takes something back, and the first seconds of an early warning, name no area.
        (reading.Report.Statements.Count > 0 || reading.Report.InfoType == JmaInfoType.Cancelled || file.Contains("36_01_0", StringComparison.Ordinal)).ShouldBeTrue();
    }

    public static TheoryData<string> Files => [.. SharedData.Exists
        ? Directory.EnumerateFiles(SharedData.PathOf("jma"), "*.xml").Select(file => Path.GetFileName(file)!)
        : [""]];

    [Fact]
    public void Read_WhenItIsAnEarlyWarning_KnowsAreaKindIntensityAndHypocentre()
    {
        var report = Report(BulletinXml.EarlyWarning());
        var statement = report.Statements.ShouldHaveSingleItem();
        (statement.Area.Name, statement.Area.Code, statement.Area.Type).ShouldBe(("富山県東部", "380", JmaAreaType.Earthquake));
        statement.Area.Prefectures.ShouldBe(["16"]);
        (statement.Name, statement.Code, statement.Detail).ShouldBe(("緊急地震速報（警報）", "10", "予想震度５強"));
        var earthquake = report.Earthquake!;
        (earthquake.Place, earthquake.LatitudeDegrees, earthquake.LongitudeDegrees, earthquake.DepthKilometres, earthquake.Magnitude)
            .ShouldBe(("富山湾", 37.0, 137.3, 10, "Ｍ６．２"));
    }

    [Fact]
    public void Read_WhenElementsAreUnknown_PassesThemOver()
    {
        var report = Report(BulletinXml.EarlyWarning() with { Information = "<Novelty><Item><What/></Item></Novelty>" });
        report.Statements.ShouldHaveSingleItem();
    }

    [Fact]
    public void Read_WhenTheKindIsUnknown_SaysSoAndMakesNothingOfIt()
    {
        var reading = JmaReader.Read((BulletinXml.EarlyWarning() with { Title = "月面地震情報" }).ToBytes());
        reading.Report!.Kind.MakesAlerts.ShouldBeFalse();
        var notice = reading.Notices.ShouldHaveSingleItem();
        (notice.Code, notice.Severity).ShouldBe(("kind-unknown", NoticeSeverity.Warning));
    }

    [Theory]
    [InlineData("<InfoType>発表</InfoType>", "<InfoType>予告</InfoType>", "info-type-unknown", "Head/InfoType")]
    [InlineData("<Status>通常</Status>", "<Status>本番</Status>", "status-unknown", "Control/Status")]
    [InlineData("2026-07-01T03:00:00+09:00</ReportDateTime>", "2026-07-01T03:00:00</ReportDateTime>", "time-without-offset", "Head/ReportDateTime")]
    [InlineData("2026-07-01T03:00:00+09:00</ReportDateTime>", "7月1日</ReportDateTime>", "time-malformed", "Head/ReportDateTime")]
    [InlineData("<Title>緊急地震速報（予報）</Title><DateTime>", "<Title></Title><DateTime>", "field-missing", "Control/Title")]
    public void Read_WhenAFieldIsWrong_NamesIt(string right, string wrong, string code, string field)
    {
        var text = BulletinXml.EarlyWarning().ToString();
        text.ShouldContain(right);
        var reading = JmaReader.Read(Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal)));
        reading.Report.ShouldBeNull();
        var notice = reading.Notices.ShouldHaveSingleItem();
        (notice.Code, notice.Field, notice.Severity).ShouldBe((code, field, NoticeSeverity.Error));
    }

    [Theory]
    [InlineData("<!DOCTYPE Report [<!ENTITY secret SYSTEM \"file:///etc/hostname\">]><Report>&secret;</Report>")]
    [InlineData("<!DOCTYPE Report [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><Report>&c;</Report>")]
    [InlineData("<Report><Control></Report>")]
    [InlineData("")]
    public void Read_WhenTheXmlIsDangerousOrBroken_RefusesIt(string text)
        => JmaReader.Read(Encoding.UTF8.GetBytes(text)).Notices.ShouldHaveSingleItem().Code.ShouldBe("xml-malformed");

    [Fact]
    public void Read_WhenTheEncodingIsNotWhatItSays_RefusesIt()
    {
        var text = BulletinXml.EarlyWarning().ToString();
        JmaReader.Read(CodePagesEncodingProvider.Instance.GetEncoding("shift_jis")!.GetBytes(text)).Notices.ShouldHaveSingleItem().Code.ShouldBe("xml-malformed");
    }

    [Fact]
    public void Read_WhenNestedWithoutEnd_RefusesIt()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        JmaReader.Read(Encoding.UTF8.GetBytes(deep)).Notices.ShouldHaveSingleItem().Code.ShouldBe("xml-malformed");
    }

    [Theory]
    [InlineData("<Area><Name>魚津市</Name><Code>1620400</Code></Area>")]
    [InlineData("<Area><Name>富山県東部</Name><City>魚津市</City><CityCode>1620400</CityCode></Area>")]
    public void Read_WhenKindsTimesAreasAreWithoutBound_RefusesIt(string area)
    {
        var kinds = string.Concat(Enumerable.Range(0, 4000).Select(number => $"<Kind><Name>{number}</Name></Kind>"));
        var body = $"<Warning><Item>{kinds}{string.Concat(Enumerable.Repeat(area, 4000))}</Item></Warning>";
        var reading = JmaReader.Read((BulletinXml.Landslide("", "") with { Body = body }).ToBytes());
        reading.Report.ShouldBeNull();
        reading.Notices.ShouldHaveSingleItem().Code.ShouldBe("too-many-statements");
    }

    [Fact]
    public void Read_WhenKindsHaveAreasWithoutNames_ReadsNothingOfThem()
    {
        var many = string.Concat(Enumerable.Repeat("<Kind/>", 100_000)) + string.Concat(Enumerable.Repeat("<Area/>", 100_000));
        Report(BulletinXml.Landslide("", "") with { Body = $"<Warning><Item>{many}</Item></Warning>" }).Statements.ShouldBeEmpty();
    }

    [Fact]
    public void Read_WhenItIsAnotherDocument_SaysWhatBelongsHere()
        => JmaReader.Read("<feed xmlns=\"http://www.w3.org/2005/Atom\"/>"u8.ToArray()).Notices.ShouldHaveSingleItem().Code.ShouldBe("not-a-bulletin");

    private static JmaReport Report(BulletinXml bulletin)
    {
        var reading = JmaReader.Read(bulletin.ToBytes());
        reading.Notices.ShouldBeEmpty();
        return reading.Report!;
    }
}
