using SmartCity.Contracts;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Resident;

public sealed class LiveFragmentTests
{
    [Fact]
    public async Task ShowLive_WhenManyAskAtOnce_SharesTheAnswerByTownAndLanguageAlone()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood());
        portal.City.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] paths = ["/162043/live?lang=ja", "/162043/live?lang=en", "/172022/live?lang=en"];
        var first = paths.Select(path => portal.GetAsync(path)).ToList();
        while (portal.City.Questions.Count(IsOfAlerts) < paths.Length)
        {
            await Task.Yield();
        }

        var others = Enumerable.Range(0, 60).Select(number => portal.GetAsync(paths[number % 3])).ToList();
        portal.City.Hold.SetResult();
        var all = await Task.WhenAll(first.Concat(others));

        for (var index = 0; index < all.Length; index++)
        {
            all[index].ShouldContain(index % 3 == 0 ? "片貝川が氾濫" : "The Katakai river may overflow");
            all[index].ShouldContain(index % 3 == 2 ? "/172022/alerts/" : "/162043/alerts/");
        }

        // The second of each for all the others, and one more for who came only after it began.
        portal.City.Questions.Count(IsOfAlerts).ShouldBeLessThanOrEqualTo(9);
    }

    [Fact]
    public async Task ShowLive_AfterAnAnswer_AsksAnew()
    {
        await using var portal = await PortalApp.StartAsync();
        (await portal.GetAsync("/162043/live?lang=en")).ShouldContain("No alerts now");
        portal.City.Alerts.Add(Samples.Flood());
        (await portal.GetAsync("/162043/live?lang=en")).ShouldContain("The Katakai river may overflow");
        portal.City.Failing.Add(AppIds.Alerts);
        (await portal.GetAsync("/162043/live?lang=en")).ShouldContain("Alerts cannot be checked");
    }

    [Fact]
    public async Task Show_Always_SaysWhereTheStreamGoesOnAndHowToSpread()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.LastEventId = "41";
        (await portal.GetAsync("/162043?lang=en")).ShouldContain("<div id=\"live-window\" hidden data-live data-spread=\"1500\" data-seen=\"41\">");
        portal.City.Failing.Add(AppIds.Alerts);
        (await portal.GetAsync("/162043?lang=en")).ShouldContain("data-spread=\"1500\"></div>");
    }

    [Theory]
    [InlineData("ja", "ja", false, "警戒レベル3、{name}。{headline} {instruction}")]
    [InlineData("en", "en ja", false, "Alert level 3, {name}. {headline} {instruction}")]
    [InlineData("ja-easy", "ja-easy ja-Hira ja", true, "警戒レベル3、{name}。{headline} {instruction}")]
    public async Task Show_Always_CarriesThePatternOfAnAlertInItsLanguage(string language, string languages, bool isEasy, string spoken)
    {
        await using var portal = await PortalApp.StartAsync();
        var html = await portal.GetAsync("/162043?lang=" + language);
        html.ShouldContain($"data-languages=\"{languages}\"");
        html.Contains("data-easy", StringComparison.Ordinal).ShouldBe(isEasy);
        html.ShouldContain($"data-spoken=\"{spoken}\"");
        foreach (var level in Enumerable.Range(1, 5))
        {
            html.ShouldContain($"class=\"level-badge level-{level}\" data-if=\"kind=Alert|Update level={level}\"");
        }
    }

    private static bool IsOfAlerts(string question) => question.EndsWith("/alerts/active", StringComparison.Ordinal);
}
