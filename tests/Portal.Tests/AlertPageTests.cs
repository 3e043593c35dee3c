using System.Net;
using System.Text;
using SmartCity.Contracts;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests;

public sealed class AlertPageTests
{
    [Fact]
    public async Task Show_WhenAlertExists_ShowsItWithReasonAndCapLinkBelow20Kilobytes()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood());

        var html = await portal.GetAsync("/162043/alerts/jp.uozu.20261121-1?lang=ja");

        html.ShouldContain("<h1 class=\"alert-headline\">片貝川が氾濫するおそれがあります</h1>");
        html.ShouldContain("href=\"/api/162043/alerts/jp.uozu.20261121-1.cap.xml\"");
        Html.Words(html).ShouldContain("3.42 ≥ 3.20 for 120 s");
        var start = html.IndexOf("<figure class=\"map\">", StringComparison.Ordinal);
        var end = html.IndexOf("</figure>", StringComparison.Ordinal);
        Encoding.UTF8.GetByteCount(html.Remove(start, end - start)).ShouldBeLessThan(20_000);
    }

    [Fact]
    public async Task Show_WhenAnotherLanguageIsChosen_ShowsThatOneMarkedAsSuch()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood());

        var own = await portal.GetAsync("/162043/alerts/jp.uozu.20261121-1?lang=en");
        own.ShouldContain("<h1 class=\"alert-headline\">The Katakai river may overflow</h1>");
        own.ShouldContain("words=ja\" lang=\"ja\" hreflang=\"ja\">日本語</a>");
        own.ShouldContain("hreflang=\"en\" aria-current=\"true\">English</a>");
        own.ShouldContain("data-text=\"The Katakai river may overflow Leave the river now and go to a shelter.\" data-lang=\"en\"");

        var other = await portal.GetAsync("/162043/alerts/jp.uozu.20261121-1?lang=en&words=ja");
        other.ShouldContain("<div lang=\"ja\"><h1 class=\"alert-headline\">片貝川が氾濫するおそれがあります</h1>");
        other.ShouldContain("<html lang=\"en\">");
        other.ShouldContain("data-lang=\"ja\"");
        (await portal.GetAsync("/162043/alerts/jp.uozu.20261121-1?lang=en&words=xx")).ShouldContain("<h1 class=\"alert-headline\">The Katakai river");
    }

    [Theory]
    [InlineData("Alert", "解除前に呼びかけていたこと", "下は解除前の内容です。")]
    [InlineData("Cancel", "今すること", "自宅へ戻る前に")]
    public async Task Show_WhenAlertIsCancelled_SaysSoFirstWithTheTime(string msgType, string label, string sentence)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.PastAlerts.Add(Samples.Flood() with { MsgType = msgType, CancelledAt = FixedClock.Evening.GetUtcNow().AddMinutes(-1) });

        var html = await portal.GetAsync("/162043/alerts/jp.uozu.20261121-1?lang=ja");

        html.ShouldContain("<title>【解除】片貝川が氾濫するおそれがあります</title>");
        var words = Html.Words(html);
        words.ShouldContain("この情報は解除されました");
        words.ShouldContain("2026年11月21日 (令和8年) 23時44分 に解除されました。");
        words.ShouldNotContain("まで有効");
        words.IndexOf("この情報は解除されました", StringComparison.Ordinal).ShouldBeLessThan(words.IndexOf("警戒レベル", StringComparison.Ordinal));
        words.ShouldContain(label);
        words.ShouldContain(sentence);
        html.ShouldContain("is-cancelled");
        html.ShouldNotContain("map-area");
    }

    [Theory]
    [InlineData("Exercise", "This is a drill, not a real disaster.")]
    [InlineData("Test", "This is a test message, not a real disaster.")]
    public async Task Show_WhenAlertIsNotReal_SaysSo(string status, string words)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood() with { Status = status });

        (await portal.GetAsync("/162043/alerts/jp.uozu.20261121-1?lang=en")).ShouldContain(words);
        (await portal.GetAsync("/162043?lang=en")).ShouldContain(words);
    }

    [Fact]
    public async Task Show_WhenAlertHasExpired_SaysSo()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.PastAlerts.Add(Samples.Flood() with { Expires = FixedClock.Evening.GetUtcNow().AddHours(-1) });

        var words = Html.Words(await portal.GetAsync("/162043/alerts/jp.uozu.20261121-1?lang=en"));

        words.ShouldContain("This alert was valid until 21 November 2026, 22:45 JST, which is past.");
    }

    [Fact]
    public async Task Show_WhenAlertIsUnknown_Is404WithAWayBack()
    {
        await using var portal = await PortalApp.StartAsync();

        using var response = await portal.SendAsync("/162043/alerts/none", "en");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var html = await response.Content.ReadAsStringAsync();
        html.ShouldContain("There is no such alert");
        html.ShouldContain("href=\"/162043\">Back to Uozu");
    }

    [Fact]
    public async Task Show_WhenAlertsAreAway_Is503ThatSaysNothingIsLost()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Failing.Add(AppIds.Alerts);

        using var response = await portal.SendAsync("/162043/alerts/any", "en");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync()).ShouldContain("Nothing was lost.");
    }
}
