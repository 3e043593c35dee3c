using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests;

/// <summary>Alerts without a Japanese level, and drills beside what is real.</summary>
public sealed class ForeignAlertTests
{
    [Theory]
    [InlineData("ja", "深刻さ： 深刻", "今すぐ行動", "気象庁の発表です。市町村の避難情報ではありません。")]
    [InlineData("en", "Severity: severe", "Act now", "Issued by 気象庁. It is not an evacuation order of the town.")]
    public async Task Show_WhenAnotherAuthorityWarns_SaysHowSevereAndWhoAndNoLevel(string language, string severity, string urgency, string origin)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Foreign("quake"));

        foreach (var path in new[] { "/162043", "/162043/alerts/quake" })
        {
            var html = await portal.GetAsync($"{path}?lang={language}");
            var words = Html.Words(html);
            words.ShouldContain(severity);
            words.ShouldContain(urgency);
            words.ShouldContain(origin);
            // Elsewhere the page tells of the levels of gauges.
            var card = Html.Words(path == "/162043" ? Html.Section(html, "alerts") : html);
            card.ShouldNotContain("警戒レベル");
            card.ShouldNotContain("Alert level");
            html.ShouldContain("level-badge level-none");
            html.ShouldContain("level-area-none");
        }
    }

    [Fact]
    public async Task Show_WhenTheTownOrdersToo_PutsTheGravestFirstAndTitlesTheTownsLevel()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.AddRange([Samples.Flood(3, "elderly"), Foreign("quake"), Samples.Flood(4, "order")]);

        var html = await portal.GetAsync("/162043?lang=ja");

        new[] { "order", "quake", "elderly" }.Select(id => html.IndexOf($"/162043/alerts/{id}", StringComparison.Ordinal)).ShouldBeInOrder();
        html.ShouldContain("<title>【警戒レベル4】魚津市の防災情報</title>");
    }

    [Theory]
    [InlineData("Exercise", "訓練")]
    [InlineData("Test", "試験")]
    public async Task Show_WhenThereIsOnlyADrill_SaysThatNothingIsRealAndShowsItApart(string status, string mark)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood(5, "drill") with { Status = status });

        var html = await portal.GetAsync("/162043?lang=ja");

        html.ShouldContain("<title>魚津市の防災情報</title>");
        html.ShouldNotContain("map-area");
        var words = Html.Words(Html.Section(html, "alerts"));
        words.ShouldContain("いま出ている避難情報はありません");
        words.IndexOf("訓練・試験の情報", StringComparison.Ordinal).ShouldBeLessThan(words.IndexOf("警戒レベル", StringComparison.Ordinal));
        words.ShouldContain(mark);
        (await portal.GetAsync("/162043/alerts/drill?lang=ja")).ShouldContain($"<title>【{mark}】");
    }

    private static AlertView Foreign(string id) => Samples.Flood(4, id) with
    {
        Level = null,
        Severity = "Severe",
        Urgency = "Immediate",
        Certainty = "Observed",
        Origin = "JMA",
        OriginIdentifier = "x",
        Hazard = "earthquake",
        Info = [new("ja", "地震", null, "緊急地震速報", "強い揺れに警戒", "身を守ってください", "富山県") { SenderName = "気象庁" }],
    };
}
