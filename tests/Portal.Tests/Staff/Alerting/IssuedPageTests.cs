using System.Net;
using SmartCity.Portal.Staff.Alerting;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff.Alerting;

public sealed class IssuedPageTests
{
    private const string Page = "/172022/staff/alerts/a1";

    [Fact]
    public async Task Show_WhileDeliveriesAreUnderWay_HasNumbersWhyAndWhoIsMissing()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        var delivered = Html.Words(Html.Section(html, "delivered"));
        foreach (var text in new[] { "950 / 1,000", "0.4 s", "2.1 s", "the address is gone: 30", "answer 503: 10", "Under way" })
        {
            delivered.ShouldContain(text);
        }

        var missed = Html.Words(Html.Section(html, "missed"));
        missed.ShouldContain("h***@example.jp");
        missed.ShouldContain("Tries: 3.");
        html.ShouldContain("<section id=\"delivered\" data-live data-incomplete=\"true\"");
        html.ShouldContain("http-equiv=\"refresh\"");
        html.ShouldContain($"{Page}?message=a1&amp;after=next");
        var history = Html.Words(Html.Section(html, "history"));
        history.ShouldContain("by officer-9");
        history.ShouldContain("without a second person");
        history.ShouldContain("連絡が取れない");
    }

    [Fact]
    public async Task Show_WhenAllIsDelivered_IsNotLookedAtEveryFewSeconds()
    {
        await using var app = await StartAsync();
        app.Alerts.Delivered = app.Alerts.Delivered! with { Channels = [new("email", 1000, 0, 1000, 0, 0, 0, [])] };
        (await app.OpenAsync(Page)).Html.ShouldNotContain("data-incomplete");
    }

    [Fact]
    public async Task Show_BeforeRecipientsAreWrittenDown_SaysThatItTakesAMoment()
    {
        await using var app = await StartAsync();
        app.Alerts.Delivered = null;
        app.Alerts.Missed.Clear();
        var (status, html, _) = await app.OpenAsync(Page);
        status.ShouldBe(HttpStatusCode.OK);
        Html.Words(Html.Section(html, "delivered")).ShouldContain("being written down");
        Html.Words(Html.Section(html, "missed")).ShouldNotContain("Nobody is left");
        html.ShouldContain("data-incomplete");
    }

    [Theory]
    [InlineData("river-1", "device-away", "Siren", "it is away")]
    [InlineData("siren-9", "telemetry-away", "Siren", "the device service is away")]
    public async Task Show_WhenASirenIsMissing_NamesItAndSaysWhy(string device, string why, string channel, string words)
    {
        await using var app = await StartAsync();
        app.Alerts.Missed[0] = new DeliveryAnswer("a1.d", "device:" + device, "siren", null, "queued", why, true, 1, null);
        var missed = Html.Words(Html.Section((await app.OpenAsync(Page)).Html, "missed"));
        foreach (var text in new[] { device, channel, words })
        {
            missed.ShouldContain(text);
        }

        missed.ShouldNotContain("subscription has ended");
    }

    [Fact]
    public async Task Export_OfThoseMissing_IsAFileThatIsNotKept()
    {
        await using var app = await StartAsync();
        await app.OpenAsync(Page);
        using var file = await app.GetAsync(Page + "/not-reached.csv?encoding=shift_jis");
        file.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=shift_jis");
        file.Headers.CacheControl!.NoStore.ShouldBeTrue();
        app.Alerts.Questions.ShouldContain("/api/172022/alerts/a1/deliveries/export.csv?status=not-reached&encoding=shift_jis");
    }

    [Fact]
    public async Task Update_WhenOnlyTheLevelChanges_SendsNoWords()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page + "/update")).Html;
        using var done = await app.SubmitAsync(html, Page + "/update", ("level", "5"), ("hours", ""), ("text.ja.headline", "見出し a1"), ("text.ja.instruction", "逃げてください"), ("reason", ""));
        done.Headers.Location!.OriginalString.ShouldBe(Page);
        var body = app.Alerts.Writes.ShouldHaveSingleItem().Body!;
        (body["level"]!.GetValue<int>(), body["info"]!.AsArray().Count, body["withoutSecondPerson"]!.GetValue<bool>()).ShouldBe((5, 0, false));
    }

    [Fact]
    public async Task Update_WhenTheAlertChangedMeanwhile_SendsNothing()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page + "/update")).Html;
        app.Alerts.History = app.Alerts.History! with { Newest = FakeAlerts.Alert("a2") with { AlertId = "a1" } };
        using var late = await app.SubmitAsync(html, Page + "/update", ("level", "3"));
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        Html.Words(await late.Content.ReadAsStringAsync()).ShouldContain("The alert has changed meanwhile.");
        app.Alerts.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancel_BeforeItHappens_SaysWhatItDoesAndWantsAReason()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page + "/cancel")).Html;
        var effect = Html.Words(Html.Section(html, "effect"));
        effect.ShouldContain("950");
        effect.ShouldContain("Rules of river-1 stay silent");
        app.Alerts.Refusal = (422, "reason-missing");
        using var empty = await app.SubmitAsync(html, Page + "/cancel", ("reason", ""));
        empty.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        app.Alerts.Refusal = null;
        using var done = await app.SubmitAsync(html, Page + "/cancel", ("reason", "計器の故障"));
        done.Headers.Location!.OriginalString.ShouldBe(Page);
        app.Alerts.Writes.Last().Body!["reason"]!.GetValue<string>().ShouldBe("計器の故障");
    }

    [Fact]
    public async Task Cancel_WhenTheAlertChangedMeanwhile_SendsNothingAndKeepsTheReason()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page + "/cancel")).Html;
        app.Alerts.History = app.Alerts.History! with { Newest = FakeAlerts.Alert("a2", level: 5) with { AlertId = "a1" } };
        using var late = await app.SubmitAsync(html, Page + "/cancel", ("reason", "計器の故障"));
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await late.Content.ReadAsStringAsync();
        Html.Words(page).ShouldContain("The alert has changed meanwhile.");
        page.ShouldContain("計器の故障</textarea>");
        app.Alerts.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Show_OfAnotherAuthoritysOrAnEndedAlert_OffersNoChange()
    {
        await using var app = await StartAsync();
        app.Alerts.History = app.Alerts.History! with { Newest = FakeAlerts.Alert(level: null) with { Origin = "JMA", Severity = "Severe" } };
        (await app.OpenAsync(Page)).Html.ShouldNotContain(Page + "/update");
        app.Alerts.History = app.Alerts.History with { Newest = FakeAlerts.Alert() with { CancelledAt = DateTimeOffset.UtcNow } };
        (await app.OpenAsync(Page)).Html.ShouldNotContain(Page + "/cancel");
        app.Alerts.History = null;
        (await app.OpenAsync(Page)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task SelfTests_WhenAChannelIsNotProven_SayWhichAndWhoTheRecipientsAre()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.SelfTests.Add(new SelfTestAnswer("t1", DateTimeOffset.UtcNow, null, true, false, [new("email", "failed", "no-answer", 2, 1), new("web-push", "no-recipient", null, 0, 0), new("webhook", "delivered", null, 1, 1)]));
        app.Alerts.Recipients.Add(new RecipientAnswer("sub-1", [new("email", "b***@city.example", true)]));
        const string Tests = "/172022/staff/alerts/self-tests";
        var html = (await app.OpenAsync(Tests)).Html;
        foreach (var text in new[] { "Not every channel is proven", "no answer", "No recipient: not proven", "1 of 2", "that of the month", "b***@city.example" })
        {
            Html.Words(html).ShouldContain(text);
        }

        using var begun = await app.SubmitAsync(html, Tests);
        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var set = await app.SubmitAsync(html, Tests + "/recipients", ("ids", "sub-1\r\n sub-2、sub-3 "));
        set.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        app.Alerts.Writes.Last().Body!["subscriptionIds"]!.AsArray().Select(id => id!.ToString()).ShouldBe(["sub-1", "sub-2", "sub-3"]);
        app.Alerts.Refusal = (422, "unknown-subscription");
        using var refused = await app.SubmitAsync(html, Tests + "/recipients", ("ids", "nobody"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("nobody</textarea>");
    }

    private static async Task<StaffApp> StartAsync()
    {
        var app = await StaffApp.StartAsync();
        var now = DateTimeOffset.UtcNow;
        app.Alerts.History = new HistoryAnswer(FakeAlerts.Alert(), null, [new StepAnswer("a1", "Alert", 4, now, now.AddHours(2), "officer-9", null)], [new AloneAnswer("d1", "officer-9", now, "連絡が取れない")]);
        app.Alerts.Delivered = new ReachAnswer("a1", now, now, now, 1000, 950, [new("email", 1000, 10, 940, 10, 40, 0, [new("gone", 30), new("status-503", 10)])], 12, 420, 2100);
        app.Alerts.Missed.Add(new DeliveryAnswer("a1.s", "s", "email", "h***@example.jp", "queued", "status-503", true, 3, now.AddMinutes(1)));
        return app;
    }
}
