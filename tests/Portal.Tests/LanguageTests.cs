using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("?lang=en", "lang=ja", "ja", "en", "Alerts now")]
    [InlineData("", "lang=en", "ja", "en", "Alerts now")]
    [InlineData("", null, "fr, en-GB;q=0.8, ja;q=0.5", "en", "Alerts now")]
    [InlineData("", null, "fr", "ja", "いま出ている避難情報")]
    [InlineData("?lang=xx", null, "en", "en", "Alerts now")]
    [InlineData("", "lang=%3Cscript%3E", null, "ja", "いま出ている避難情報")]
    public async Task Show_WhenLanguageIsAsked_FollowsUrlThenCookieThenBrowser(
        string query, string? cookie, string? acceptLanguage, string expected, string words)
    {
        await using var portal = await PortalApp.StartAsync();

        using var response = await portal.SendAsync("/162043" + query, acceptLanguage, cookie);

        var html = await response.Content.ReadAsStringAsync();
        html.ShouldContain($"<html lang=\"{expected}\">");
        html.ShouldContain(words);
        response.Content.Headers.ContentLanguage.ShouldBe([expected]);
        response.Headers.Vary.ShouldBe(["Accept-Language", "Cookie"]);
    }

    [Fact]
    public async Task Show_WhenLanguageIsInTheUrl_RemembersIt()
    {
        await using var portal = await PortalApp.StartAsync();

        using var response = await portal.SendAsync("/162043?lang=ja-easy");

        var cookie = response.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("lang=ja-easy;");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
    }

    [Fact]
    public async Task Show_WhenEasyJapanese_GivesReadings()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood());

        var html = await portal.GetAsync("/162043?lang=ja-easy");

        html.ShouldContain("<ruby>避難指示<rp>(</rp><rt>ひなんしじ</rt><rp>)</rp></ruby>");
        html.ShouldContain("<ruby>魚津市<rp>(</rp><rt>うおづし</rt><rp>)</rp></ruby>");
        html.ShouldContain("<title>【警戒レベル4】魚津市の 安全の お知らせ</title>");
        Html.Spoken(Html.Section(html, "alerts")).ShouldContain("2026年11月21日23時40分に出ました");
    }

    [Theory]
    [InlineData("ja-easy")]
    [InlineData("ja-Hira")]
    public async Task Show_WhenAlertHasABlockForTheLanguage_PrefersIt(string block)
    {
        await using var portal = await PortalApp.StartAsync();
        var flood = Samples.Flood();
        portal.City.Alerts.Add(flood with { Info = [.. flood.Info, flood.Info[0] with { Language = block, Headline = "かわの みずが あふれます" }] });

        (await portal.GetAsync("/162043?lang=ja-easy")).ShouldContain("かわの みずが あふれます");
        (await portal.GetAsync("/162043?lang=ja")).ShouldNotContain("かわの みずが あふれます");
    }

    [Theory]
    [InlineData("ja-JP", "ja", false)]
    [InlineData("ja-JP", "en", true)]
    public async Task Show_WhenAlertHasOnlyOtherLanguages_MarksTheForeignText(string block, string page, bool isForeign)
    {
        await using var portal = await PortalApp.StartAsync();
        var flood = Samples.Flood();
        AlertInfoView[] only = [flood.Info[0] with { Language = block }];
        portal.City.Alerts.Add(flood with { Info = only });

        var alerts = Html.Section(await portal.GetAsync("/162043?lang=" + page), "alerts");

        alerts.ShouldContain("片貝川が氾濫するおそれがあります");
        alerts.Contains($"<p class=\"instruction-text\" lang=\"{block}\">", StringComparison.Ordinal).ShouldBe(isForeign);
        Html.Words(alerts).ShouldContain(isForeign ? "Evacuation order" : "避難指示");
    }

    [Fact]
    public async Task Show_Always_OffersEveryLanguageAndMarksTheCurrentOne()
    {
        await using var portal = await PortalApp.StartAsync();

        var html = await portal.GetAsync("/162043?lang=en");

        html.ShouldContain("href=\"/162043?lang=ja\" lang=\"ja\" hreflang=\"ja\"");
        html.ShouldContain("href=\"/162043?lang=ja-easy\"");
        html.ShouldContain("aria-current=\"true\">English");
    }
}
