using System.Net;
using SmartCity.Portal.Staff.Alerting;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff.Alerting;

public sealed class BoardPageTests
{
    private const string Page = "/172022/staff/alerts";

    [Fact]
    public async Task Show_WhenDraftsWait_HasTheGravestRealOneFirst()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.AddRange([
            FakeAlerts.Draft("low", level: 3, minutesAgo: 50), FakeAlerts.Draft("drill", level: 5, status: "Exercise"), FakeAlerts.Draft("later", level: 5, minutesAgo: 1),
            FakeAlerts.Draft("longer", level: 5, minutesAgo: 9), FakeAlerts.Draft("done") with { Status = "Rejected", DecidedBy = "officer-9", DecidedAt = DateTimeOffset.UtcNow, Reason = "誤報" }]);
        var html = (await app.OpenAsync(Page)).Html;
        var waiting = Html.Section(html, "waiting");
        string[] order = ["longer", "later", "low", "drill"];
        order.Select(id => waiting.IndexOf($"drafts/{id}\"", StringComparison.Ordinal)).ShouldBeInOrder();
        waiting.IndexOf("drafts/longer\"", StringComparison.Ordinal).ShouldBeGreaterThan(0);
        Html.Words(waiting).ShouldContain("Waiting for 9 min");
        Html.Words(waiting).ShouldContain("This is a drill, not a real disaster.");
        Html.Words(Html.Section(html, "decided")).ShouldContain("誤報");
        // live.js looks every few seconds where this stands.
        html.ShouldContain("<section id=\"waiting\" data-live data-incomplete=\"true\"");
    }

    [Fact]
    public async Task Show_WhenADraftIsOld_SaysThatNothingHappensByItself()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft(minutesAgo: 500));
        Html.Words((await app.OpenAsync(Page)).Html).ShouldContain("Look at the situation first.");
    }

    [Fact]
    public async Task Home_ForAnOfficer_SaysHowManyWait()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft());
        app.Alerts.Bulletins.Add(Bulletin());
        var html = (await app.OpenAsync("/172022/staff")).Html;
        Html.Words(html).ShouldContain("Disaster alerts: 2 wait for you");
        html.ShouldContain($"class=\"button\" href=\"{Page}\"");
    }

    [Fact]
    public async Task Home_ForAClerkAndWhenAlertsAreAway_StillOpens()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Away = 503;
        (await app.OpenAsync("/172022/staff")).Status.ShouldBe(HttpStatusCode.OK);
        (await app.OpenAsync(Page)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await using var other = await StaffApp.StartAsync();
        other.Issuer.Role = "clerk";
        (await other.OpenAsync("/172022/staff")).Html.ShouldNotContain(Page);
        other.Alerts.Questions.ShouldBeEmpty();
        // The alerts service refuses clerks.
        other.Alerts.Away = 403;
        (await other.OpenAsync(Page)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("ignore")]
    public async Task Bulletin_WhenDecided_IsDoneOnceOnAPageOfItsOwn(string act)
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Bulletins.Add(Bulletin());
        // The list redraws itself: nothing is decided in it.
        var list = Html.Section((await app.OpenAsync(Page)).Html, "bulletins");
        list.ShouldContain($"href=\"{Page}/bulletins/b1/publish\"");
        list.ShouldNotContain("<button");
        var html = (await app.OpenAsync($"{Page}/bulletins/b1/publish")).Html;
        foreach (var text in new[] { "石川県土砂災害警戒情報", "金沢地方気象台", "It waits.", "its level and its area are in the bulletin itself" })
        {
            Html.Words(html).ShouldContain(text);
        }

        using var done = await app.SubmitAsync(html, $"{Page}/bulletins/b1/{act}");
        done.Headers.Location!.OriginalString.ShouldBe(Page);
        app.Alerts.Writes.ShouldHaveSingleItem().Call.ShouldBe($"POST /api/172022/alerts/jma/b1/{act}");

        app.Alerts.Refusal = (409, "bulletin-not-waiting");
        using var late = await app.PostAsync($"{Page}/bulletins/b1/{act}", StaffApp.FormTokenOf(html));
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Html.Words(await late.Content.ReadAsStringAsync()).ShouldContain("This bulletin is decided already");
        using var foreign = await app.PostAsync($"{Page}/bulletins/b1/{act}");
        foreign.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        app.Alerts.Writes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Bulletin_WhenItWaitsNoMore_SaysSo()
    {
        await using var app = await StaffApp.StartAsync();
        var (status, html, _) = await app.OpenAsync($"{Page}/bulletins/b1/publish");
        status.ShouldBe(HttpStatusCode.NotFound);
        Html.Words(html).ShouldContain("This bulletin does not wait any more");
    }

    [Fact]
    public async Task Show_WhenNothingWaits_DoesNotLookEveryFewSeconds()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Active.Add(FakeAlerts.Alert());
        (await app.OpenAsync(Page)).Html.ShouldNotContain("data-incomplete");
        app.Alerts.Bulletins.Add(Bulletin());
        (await app.OpenAsync(Page + "/live")).Html.ShouldContain("<section id=\"waiting\" data-live data-incomplete=\"true\"");
    }

    [Fact]
    public async Task Live_OfTheSameBoard_HasTheSamePartsAndNoForm()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft());
        app.Alerts.Active.AddRange([FakeAlerts.Alert("real"), FakeAlerts.Alert("drill", "Exercise")]);
        var page = (await app.OpenAsync(Page)).Html;
        var live = (await app.OpenAsync(Page + "/live?lang=en")).Html;
        foreach (var part in new[] { "waiting", "bulletins", "in-force", "decided" })
        {
            Html.Words(Html.Section(live, part)).ShouldBe(Html.Words(Html.Section(page, part)));
        }

        live.ShouldNotContain("type=\"hidden\"");
        live.ShouldNotContain("<html");
        Html.Section(live, "in-force").ShouldContain("desk-card is-drill");
    }

    [Theory]
    [InlineData("ja")]
    [InlineData("ja-easy")]
    [InlineData("en")]
    public async Task Pages_WhenFull_StayBelow150Kilobytes(string language)
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.AddRange(Enumerable.Range(0, 30).Select(number => FakeAlerts.Draft("d" + number)));
        app.Alerts.Bulletins.AddRange(Enumerable.Range(0, 20).Select(_ => Bulletin()));
        app.Alerts.Active.AddRange(Enumerable.Range(0, 20).Select(number => FakeAlerts.Alert("a" + number)));
        (await app.OpenAsync($"{Page}?lang={language}")).Html.Length.ShouldBeInRange(20_000, 100_000);
    }

    private static BulletinAnswer Bulletin() => new("b1", "landslide", "土砂災害警戒情報", "石川県土砂災害警戒情報", "Actual", "金沢地方気象台", DateTimeOffset.UtcNow, "It waits.");
}
