using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Alerts.Jma.Wording;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Alerts.Wording;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>What a bulletin means for one town, and the CAP message that it becomes.</summary>
public sealed class TownBulletinTests
{
    private static readonly JmaCapMapper Mapper = new(JmaWordings.Load(), WordingCatalog.Load());

    [Fact]
    public void Of_WhenTheTownNamesItsArea_OnlyThatOneConcernsIt()
    {
        var town = Uozu(new BulletinSettings { EarthquakeAreas = ["380"] });
        For(town, BulletinXml.EarlyWarning()).Concerns.ShouldBeTrue();
        For(town, BulletinXml.EarlyWarning(code: "381", name: "富山県西部")).Concerns.ShouldBeFalse();
    }

    [Fact]
    public void Of_WhenTheTownNamesNoAreas_ItsPrefectureConcernsIt()
    {
        For(Uozu(), BulletinXml.EarlyWarning(code: "381", name: "富山県西部")).Concerns.ShouldBeTrue();
        For(Uozu() with { Code = "172022" }, BulletinXml.EarlyWarning()).Concerns.ShouldBeFalse();
    }

    /// <summary>Every coast (津波予報区) whose name does not begin with its prefecture, and the prefectures that it touches.</summary>
    [Theory]
    [InlineData("オホーツク海沿岸", "01")]
    [InlineData("陸奥湾", "02")]
    [InlineData("東京湾内湾", "12", "13", "14")]
    [InlineData("伊豆諸島", "13")]
    [InlineData("小笠原諸島", "13")]
    [InlineData("相模湾・三浦半島", "14")]
    [InlineData("佐渡", "15")]
    [InlineData("伊勢・三河湾", "23", "24")]
    [InlineData("淡路島南部", "28")]
    [InlineData("隠岐", "32")]
    [InlineData("壱岐・対馬", "42")]
    [InlineData("有明・八代海", "40", "41", "42", "43", "46")]
    [InlineData("種子島・屋久島地方", "46")]
    [InlineData("奄美群島・トカラ列島", "46")]
    [InlineData("沖縄本島地方", "47")]
    [InlineData("大東島地方", "47")]
    [InlineData("宮古島・八重山地方", "47")]
    public void Of_WhenACoastIsNamed_ItConcernsTheTownsOfEveryPrefectureThere(string coast, params string[] prefectures)
    {
        var all = Enumerable.Range(1, 47).Select(number => $"{number:00}").ToList();
        all.Where(prefecture => For(Uozu() with { Code = prefecture + "2015" }, BulletinXml.Tsunami(coast)).Concerns).ShouldBe(prefectures);
    }

    [Fact]
    public void Of_WhenTheTownSaysThatNoAreaIsItsOwn_NoneConcernsIt()
        => For(Uozu(new BulletinSettings { EarthquakeAreas = [] }), BulletinXml.EarlyWarning()).Concerns.ShouldBeFalse();

    [Fact]
    public void Of_WhenMunicipalitiesAreNamed_TheTownMustBeAmongThem()
    {
        For(Uozu(), BulletinXml.Landslide("レベル４土砂災害危険警報", "49")).Level.ShouldBe(4);
        For(Uozu(), BulletinXml.Landslide("レベル４土砂災害危険警報", "49", "1634200", "入善町")).Concerns.ShouldBeFalse();
    }

    [Theory]
    [InlineData("221007", "2210300", true)]
    [InlineData("221309", "2210300", false)]
    [InlineData("141003", "1410011", true)]
    [InlineData("131016", "1310200", false)]
    public void Of_WhenADesignatedCityIsNamedByItsWards_ItConcernsTheCity(string town, string ward, bool concerns)
        => For(Uozu() with { Code = town }, BulletinXml.Landslide("レベル３土砂災害警報", "09", ward, "区")).Concerns.ShouldBe(concerns);

    [Theory]
    [InlineData("レベル５土砂災害特別警報", "39", 5, CapSeverity.Extreme, CapUrgency.Immediate)]
    [InlineData("レベル４土砂災害危険警報", "49", 4, CapSeverity.Severe, CapUrgency.Immediate)]
    [InlineData("レベル３土砂災害警報", "09", 3, CapSeverity.Moderate, CapUrgency.Expected)]
    [InlineData("レベル２土砂災害注意報", "29", 2, CapSeverity.Minor, CapUrgency.Expected)]
    [InlineData("大雨特別警報", "33", null, CapSeverity.Extreme, CapUrgency.Immediate)]
    [InlineData("洪水警報", "04", null, CapSeverity.Severe, CapUrgency.Expected)]
    [InlineData("雷注意報", "14", null, CapSeverity.Moderate, CapUrgency.Expected)]
    public void Map_WhenANameStatesALevel_ThatLevelIsTaken(string name, string code, int? level, CapSeverity severity, CapUrgency urgency)
    {
        var bulletin = For(Uozu(), BulletinXml.Landslide(name, code));
        bulletin.Level.ShouldBe(level);
        var info = Mapper.Map(bulletin, []).Info[0];
        (info.Severity, info.Urgency).ShouldBe((severity, urgency));
        info.Event.ShouldBe(name);
    }

    [Theory]
    [InlineData("通常", CapStatus.Actual)]
    [InlineData("訓練", CapStatus.Exercise)]
    [InlineData("試験", CapStatus.Test)]
    public void Map_WhenItIsADrillOrATest_ItIsNeverActual(string status, CapStatus expected)
    {
        var cap = Mapper.Map(For(Uozu(), BulletinXml.EarlyWarning() with { Status = status }), []);
        cap.Status.ShouldBe(expected);
        cap.Info[1].Headline!.StartsWith('[').ShouldBe(expected != CapStatus.Actual);
        // What shows the event alone, as many receivers do, says so too.
        cap.Info.ShouldAllBe(info => Marked(info.Event) == (expected != CapStatus.Actual));
        var view = Mapper.View(For(Uozu(), BulletinXml.Landslide("レベル３土砂災害警報", "09") with { Status = status }));
        view.ShouldAllBe(words => Marked(words.Event) == (expected != CapStatus.Actual) && Marked(words.LevelName!) == (expected != CapStatus.Actual));
    }

    private static bool Marked(string text) => text[0] is '[' or '【';

    [Fact]
    public void Map_WhenSomethingIsInForceAlready_UpdatesIt()
    {
        var earlier = new CapReference(JmaIdentity.Sender, "jma-1", new DateTimeOffset(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9)));
        var bulletin = For(Uozu(), BulletinXml.EarlyWarning("2"));
        Mapper.Map(bulletin, []).MsgType.ShouldBe(CapMsgType.Alert);
        var update = Mapper.Map(bulletin, [earlier]);
        update.MsgType.ShouldBe(CapMsgType.Update);
        update.References.ShouldBe([earlier]);
    }

    [Fact]
    public void Map_WhenACancellationRepeatsTheLastSerial_ItIsAnotherMessage()
    {
        var last = For(Uozu(), BulletinXml.EarlyWarning("32"));
        var cancelled = For(Uozu(), new BulletinXml { Serial = "32", InfoType = "取消", Body = "<Text>先ほどの、緊急地震速報（予報）を取り消します。</Text>" });
        JmaIdentity.IdentifierOf(cancelled.Report).ShouldNotBe(JmaIdentity.IdentifierOf(last.Report));
        JmaIdentity.ChainOf(cancelled.Report).ShouldBe(JmaIdentity.ChainOf(last.Report));
        Mapper.Map(cancelled, []).MsgType.ShouldBe(CapMsgType.Cancel);
    }

    [Fact]
    public void Map_WhenTheTownsWarningIsLifted_Cancels()
    {
        var bulletin = For(Uozu(), BulletinXml.Landslide("レベル２土砂災害注意報", "29", status: "解除"));
        (bulletin.Concerns, bulletin.Ends).ShouldBe((true, true));
        Mapper.Map(bulletin, []).Info[0].ResponseTypes.ShouldBe([CapResponseType.AllClear]);
    }

    [Fact]
    public void View_WhenAnEarlyWarningComes_SaysItInThreeLanguages()
    {
        var views = Mapper.View(For(Uozu(), BulletinXml.EarlyWarning()));
        views.Select(view => view.Language).ShouldBe(["ja", "en", "ja-Hira"]);
        views[0].Headline.ShouldBe("魚津市：緊急地震速報（警報）");
        views[0].Description.ShouldContain("震源：富山湾 Ｍ６．２");
        views[0].Description.ShouldContain("予想震度５強");
        views[1].Headline.ShouldBe("Uozu City: Earthquake Early Warning");
        views[1].Description.ShouldContain("Seismic intensity 5 upper is expected.");
        views[2].Description.ShouldContain("しんど 5きょう");
        views.ShouldAllBe(view => !view.Headline.Contains('{') && !view.Description.Contains('{') && !view.Instruction.Contains('{'));
    }

    private static TownBulletin For(Town town, BulletinXml bulletin) => TownBulletin.Of(town, JmaReader.Read(bulletin.ToBytes()).Report!);

    private static Town Uozu(BulletinSettings? bulletins = null) => new()
    {
        Code = TestTown.Uozu,
        Name = new LocalizedText("魚津市", "Uozu City") { ["ja-Hira"] = "うおづし" },
        LatitudeDegrees = 36.83,
        LongitudeDegrees = 137.41,
        Services = [new TownService("alerts")],
        Bulletins = bulletins,
    };
}
