using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests;

public sealed class ResidentPageTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Show_WhenAlertIsActive_GivesLevelAsNumberWordsAndColour(int level)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood(level));

        var alerts = Html.Section(await portal.GetAsync("/162043?lang=ja"), "alerts");

        alerts.ShouldContain($"class=\"level-badge level-{level}\"");
        Html.Words(alerts).ShouldContain($"警戒レベル {level}");
        Html.Words(alerts).ShouldContain("避難指示");
    }

    [Fact]
    public async Task Show_WhenAlertIsActive_SaysWhatHappenedWhereUntilWhenAndWhatToDo()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood());

        var alerts = Html.Words(Html.Section(await portal.GetAsync("/162043?lang=en"), "alerts"));

        alerts.ShouldContain("The Katakai river may overflow");
        alerts.ShouldContain("The Katakai river stood at 3.42 m at 23:40.");
        alerts.ShouldContain("Leave the river now and go to a shelter.");
        alerts.ShouldContain("Lower Katakai river");
        alerts.ShouldContain("Issued 21 November 2026, 23:40 JST");
        alerts.ShouldContain("Valid until 22 November 2026, 05:45 JST");
    }

    [Fact]
    public async Task Show_WhenSeveralAlertsAreActive_PutsTheMostSevereFirst()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood(2, "mild"));
        portal.City.Alerts.Add(Samples.Flood(5, "severe"));

        var html = await portal.GetAsync("/162043?lang=ja");

        html.IndexOf("/162043/alerts/severe", StringComparison.Ordinal).ShouldBeLessThan(html.IndexOf("/162043/alerts/mild", StringComparison.Ordinal));
        html.ShouldContain("<title>【警戒レベル5】魚津市の防災情報</title>");
    }

    [Fact]
    public async Task Show_WhenAlertIsActive_ListsSheltersForItsHazardNearItsAreaOpenFirst()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood());
        portal.City.Shelters.Add(Samples.Shelter("閉じた体育館", "closed", 100));
        portal.City.Shelters.Add(Samples.Shelter("満員の学校", "full", 200));
        portal.City.Shelters.Add(Samples.Shelter("不明な公民館", "unknown", 300));
        portal.City.Shelters.Add(Samples.Shelter("開いた市民会館", "open", 1840));

        var shelters = Html.Words(Html.Section(await portal.GetAsync("/162043?lang=ja"), "shelters"));

        string[] order = ["開いた市民会館", "開設中", "23時33分 現在", "約1.8 km", "不明な公民館", "開設状況は不明", "まだ報告がありません", "満員の学校", "満員", "閉じた体育館", "閉鎖中", "約100 m"];
        order.Select(text => shelters.IndexOf(text, StringComparison.Ordinal)).ShouldBe(order.Select(text => shelters.IndexOf(text, StringComparison.Ordinal)).Order());
        order.ShouldAllBe(text => shelters.Contains(text, StringComparison.Ordinal));
        portal.City.Questions.ShouldContain(question => question.StartsWith("/api/162043/alerts/shelters?near=36.82,137.42&hazard=flood&", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_WhenGaugeIsAboveTheBound_GivesValueUnitTimeAndSaysSo()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Devices.Add(Samples.Gauge(3.42));

        var gauges = Html.Words(Html.Section(await portal.GetAsync("/162043?lang=en"), "gauges"));

        gauges.ShouldContain("Water level 3.42 m At or above the alert value");
        gauges.ShouldContain("3.20 m or more");
        gauges.ShouldContain("23:40");
        gauges.ShouldNotContain("Battery");
    }

    [Fact]
    public async Task Show_WhenGaugeIsSilent_SaysThatTheValueIsOld()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Devices.Add(Samples.Gauge(1.10, minutesAgo: 90));

        var gauges = Html.Words(Html.Section(await portal.GetAsync("/162043?lang=en"), "gauges"));

        gauges.ShouldContain("No new values are arriving");
        gauges.ShouldNotContain("At or above");
    }

    [Fact]
    public async Task Show_WhenASirenMeasuresNothing_MissesNoValueOfIt()
    {
        await using var portal = await PortalApp.StartAsync(Samples.Region.Replace(
            "    boundary:", "    deviceKinds: [{ kind: siren, commands: [{ name: sound }] }]\n    boundary:", StringComparison.Ordinal));
        portal.City.Devices.Add(Samples.Gauge(3.42));
        portal.City.Devices.Add(Samples.Gauge() with { Id = "siren-1", Kind = "siren", Name = new LocalizedText("サイレン", "Siren of the town"), Latest = new Dictionary<string, ReadingView>(StringComparer.Ordinal) });

        var gauges = Html.Words(Html.Section(await portal.GetAsync("/162043?lang=en"), "gauges"));

        gauges.ShouldContain("3.42 m");
        gauges.ShouldNotContain("Siren");
    }

    [Fact]
    public async Task ShowLive_WhenAlertIsActive_GivesTheSamePartsAsThePage()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood());
        portal.City.Shelters.Add(Samples.Shelter("市民会館", "open", 500));

        var page = await portal.GetAsync("/162043?lang=en");
        var fragment = await portal.GetAsync("/162043/live?lang=en");

        fragment.ShouldStartWith("<p id=\"live-headline\"");
        page.ShouldContain(fragment.Trim());
        fragment.ShouldContain("Alert level 4, Evacuation order. The Katakai river may overflow Leave the river now");
        // Open pages take cards away by themselves when they are over.
        fragment.ShouldContain("data-expires=\"");
        page.ShouldContain("data-slot=\"area\"");
    }

    [Fact]
    public async Task ShowLive_WhenHeadlineNamesTheLevel_DoesNotSayItTwice()
    {
        await using var portal = await PortalApp.StartAsync();
        var flood = Samples.Flood();
        portal.City.Alerts.Add(flood with { Info = [flood.Info[0] with { Headline = "【警戒レベル4 避難指示】魚津市：河川増水" }] });

        var fragment = await portal.GetAsync("/162043/live?lang=ja");

        fragment.ShouldContain("data-live>【警戒レベル4 避難指示】魚津市：河川増水 川の近くから今すぐ離れ");
    }

    [Fact]
    public async Task Show_Always_IsLiveWithScriptsAndReloadsWithout()
    {
        await using var portal = await PortalApp.StartAsync();

        var html = await portal.GetAsync("/162043?lang=en");

        html.ShouldContain("data-stream=\"/api/162043/alerts/stream?languages=en,ja&amp;\"");
        html.ShouldContain("data-fragment=\"/162043/live?lang=en\"");
        html.ShouldContain("<noscript><meta http-equiv=\"refresh\" content=\"60\"></noscript>");
        html.ShouldContain("Reload for the latest");
        html.ShouldContain("aria-live=\"assertive\"");
    }
}
