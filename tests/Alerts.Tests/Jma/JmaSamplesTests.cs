using SmartCity.Alerts.Cap.Rules;
using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Alerts.Jma.Wording;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.TestKit;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>The agency's own samples: every one is read, and makes a CAP message to which the rules have nothing to say.</summary>
public sealed class JmaSamplesTests
{
    private static readonly JmaCapMapper Mapper = new(JmaWordings.Load(), WordingCatalog.Load());

    private static readonly Town Anywhere = new()
    {
        Code = TestTown.Uozu,
        Name = new LocalizedText("魚津市", "Uozu City"),
        LatitudeDegrees = 36.83,
        LongitudeDegrees = 137.41,
        Services = [new TownService("alerts")],
    };

    [TheoryIfSharedData]
    [MemberData(nameof(JmaReaderTests.Files), MemberType = typeof(JmaReaderTests))]
    public void Map_WhenAFileOfTheAgency_ItsCapHasNoFaults(string file)
    {
        var report = JmaReader.Read(File.ReadAllBytes(SharedData.PathOf("jma", file))).Report!;
        var cap = Mapper.Map(TownBulletin.Everywhere(Anywhere, report), []);
        CapRules.Check(cap, report.SentAt).Where(notice => notice.Severity == NoticeSeverity.Error && notice.Code != "references-missing").ShouldBeEmpty();
        cap.Info.Select(info => info.Language).ShouldBe(["ja-JP", "en-US"]);
        cap.Info.ShouldAllBe(info => !string.IsNullOrWhiteSpace(info.Headline) && !string.IsNullOrWhiteSpace(info.Description) && info.Headline.Length <= 160);
    }

    [TheoryIfSharedData]
    [InlineData("15_16_01_241031_VPWW56.xml", "012149", "landslide", 4, "レベル４土砂災害危険警報")]
    [InlineData("15_16_03_241226_VPWW55.xml", "015113", "inland-flood", 3, "レベル３大雨警報")]
    [InlineData("15_16_04_250630_VPWW58.xml", "012149", "storm", null, "暴風警報")]
    [InlineData("15_08_03_160628_VPWW53.xml", "292010", "inland-flood", null, "大雨特別警報、雷注意報、強風注意報、洪水注意報")]
    [InlineData("37_01_02_240613_VXSE43.xml", "382027", "earthquake", null, "緊急地震速報（警報）")]
    [InlineData("36_01_32_240613_VXSE44.xml", "382027", "earthquake", null, "緊急地震速報（警報）")]
    [InlineData("32-35_01_01_100806_VXSE51.xml", "221007", "earthquake", null, "地震（震度６弱）、地震（震度５強）")]
    [InlineData("38-39_02_01_250206_VTSE41.xml", "462012", "tsunami", null, "津波注意報、津波予報（若干の海面変動）")]
    public void Of_WhenAFileOfTheAgency_ATownReadsItsOwn(string file, string town, string hazard, int? level, string expected)
    {
        var bulletin = TownBulletin.Of(Anywhere with { Code = town }, JmaReader.Read(File.ReadAllBytes(SharedData.PathOf("jma", file))).Report!);
        bulletin.Concerns.ShouldBeTrue();
        (bulletin.Hazard, bulletin.Level, Mapper.View(bulletin)[0].Event).ShouldBe((hazard, level, expected));
    }

    [TheoryIfSharedData]
    [InlineData("16_05_01_210630_VXKOii.xml", 3)]
    [InlineData("16_02_01_220728_VXKOii.xml", 3)]
    public void Of_WhenATownNamesItsRiver_TheForecastConcernsIt(string file, int level)
    {
        var report = JmaReader.Read(File.ReadAllBytes(SharedData.PathOf("jma", file))).Report!;
        var bulletin = TownBulletin.Of(Anywhere with { Bulletins = new BulletinSettings { Rivers = ["1234567890"] } }, report);
        (bulletin.Concerns, bulletin.Level, bulletin.Hazard).ShouldBe((true, level, "flood"));
        TownBulletin.Of(Anywhere with { Bulletins = new BulletinSettings { Rivers = ["8888888888"] } }, report).Concerns.ShouldBeFalse();
    }
}
