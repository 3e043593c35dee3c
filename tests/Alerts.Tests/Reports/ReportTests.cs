using System.Net;
using System.Text;
using SmartCity.Alerts.Reports;
using SmartCity.Alerts.Tests.Delivery;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Alerts.Tests.Streaming;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Reports;

public sealed class ReportTests
{
    private static readonly string Officer = DeliveryApp.Officer();

    [Fact]
    public async Task Report_WhenAnAlertReachedSome_HasItsTimesAndWhoWasMissed()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(received => received.Path == "/refuses" ? 403 : 200);
        await using var app = await DeliveryApp.StartAsync();
        foreach (var path in (string[])["/a", "/b", "/refuses"])
        {
            await app.SubscribeWebhookAsync(receiver, path);
        }

        await using var page = await StreamClient.OpenAsync(app);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var id = (await app.OneActiveAsync()).Id;
        await app.DeliveriesWhenAsync(id, rows => rows.Count == 3 && rows.All(row => row.Status is "confirmed" or "failed"));
        var report = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/{id}"), Officer);

        (report.Kind, report.IsExercise, report.To).ShouldBe(("alert", false, null));
        var message = report.Messages.ShouldHaveSingleItem();
        (message.Source, message.Level, message.OpenPages).ShouldBe(("reading", 3, 1));
        message.DetectedAt.ShouldBe(AlertsApp.Threshold(TestTown.Level3, SmartCity.Contracts.Events.ThresholdTransition.Raised, 0).At);
        message.ReachedAt!.Value.ShouldBeLessThanOrEqualTo(message.IssuedAt);
        var webhooks = report.Channels.ShouldHaveSingleItem();
        (webhooks.Channel, webhooks.Planned, webhooks.Confirmed, webhooks.Failed).ShouldBe(("webhook", 3, 2, 1));
        webhooks.FailedWhy.ShouldBe([new ReasonCount("status-403", 1)]);
        webhooks.Times!.FirstMilliseconds.ShouldBeLessThanOrEqualTo(webhooks.Times.LastMilliseconds);
        (report.People.Recipients, report.People.Reached, report.People.Missed).ShouldBe((3, 2, 1));
        var missed = report.People.NotReached.ShouldHaveSingleItem();
        (missed.Why, missed.GotAnother).ShouldBe(("status-403", false));
        missed.Address!.ShouldNotContain("refuses");
        report.Improvements.Single(finding => finding.Code == "channel-failed").Text.In("en").ShouldBe("Webhook: 1 of 3 were not reached (refused by the receiver with code 403).");
        report.Improvements.ShouldContain(finding => finding.Code == "no-test-recipient" && finding.Values["channel"] == "webhook");
        report.Summary.Single(finding => finding.Code == "reached").Text.In("ja").ShouldBe("受け取るはずの登録3件のうち、2件(66%)に届きました。");
    }

    [Fact]
    public async Task Report_WhenEveryMessageWasReplacedBeforeItArrived_CountsThePersonAsMissed()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(503);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = (await app.OneActiveAsync()).Id;
        await app.DeliveriesWhenAsync(first, rows => rows.Any(row => row.Why == "status-503"));
        var during = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/{first}"), Officer);
        (during.People.Reached, during.People.Missed, during.People.UnderWay).ShouldBe((0, 0, 1));
        await app.ClearAsync(TestTown.Level3, minute: 1);
        await app.DeliveriesWhenAsync(first, rows => rows.All(row => row.Status == "superseded"));

        var report = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/{first}"), Officer);
        (report.People.Recipients, report.People.Reached, report.People.Missed, report.People.UnderWay).ShouldBe((1, 0, 1, 0));
        report.People.NotReached.ShouldHaveSingleItem().Why.ShouldBe("status-503");
        report.Improvements.ShouldContain(finding => finding.Code == "channel-superseded");
    }

    [Fact]
    public async Task Report_WhenAnOfficerApprovedLate_SaysWhoAndHowLongItWaited()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level5Draft, minute: 0);
        var draft = (await app.GetAsync<SmartCity.Contracts.Page<SmartCity.Alerts.Drafts.DraftView>>(AlertsApp.Town("drafts"), Officer)).Items.ShouldHaveSingleItem();
        app.Clock.Advance(TimeSpan.FromMinutes(7));
        using var approved = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), Officer);
        approved.StatusCode.ShouldBe(HttpStatusCode.OK);
        // The same officer does more within the same second.
        using var words = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{(await app.OneActiveAsync()).Id}/update"), Officer, new { expiresAfterSeconds = 100_000 });
        words.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var cancelled = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{(await app.OneActiveAsync()).Id}/cancel"), Officer, new { reason = "over" });
        var report = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/{(await AlertsApp.ReadAsync<SmartCity.Contracts.Views.AlertView>(cancelled)).Id}"), Officer);

        var message = report.Messages[0];
        (message.Source, message.ApprovedBy, message.DraftedBy).ShouldBe(("reading", "officer-162043", null));
        message.ApprovalWaitSeconds!.Value.ShouldBeInRange(420, 440);
        message.ReachedAt.ShouldNotBeNull();
        report.To.ShouldNotBeNull();
        report.Messages.Select(one => (one.MsgType, one.ApprovalWaitSeconds is not null)).ShouldBe([("Alert", true), ("Update", false), ("Cancel", false)]);
        report.Improvements.ShouldContain(finding => finding.Code == "approval-slow");
        report.Improvements.ShouldContain(finding => finding.Code == "no-shelter-opened");
    }

    [Fact]
    public async Task Html_WhenAsked_IsAPageByLanguageThatLoadsNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var id = (await app.OneActiveAsync()).Id;
        var english = await PageAsync(app, $"reports/{id}.html?lang=en");
        var japanese = await PageAsync(app, $"reports/{id}.html");
        english.ShouldContain("<html lang=\"en\">");
        english.ShouldContain("After-action report");
        japanese.ShouldContain("事後報告書");
        foreach (var page in (string[])[english, japanese])
        {
            page.ShouldNotContain("<script");
            page.ShouldNotContain("http://");
            page.ShouldNotContain("https://");
            page.ShouldNotContain("<img");
        }
    }

    [Fact]
    public async Task Csv_WhenAsked_OpensInOfficeSoftwareOfEitherEncoding()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var id = (await app.OneActiveAsync()).Id;
        using var utf8 = await app.SendAsync(HttpMethod.Get, AlertsApp.Town($"reports/{id}.csv"), Officer);
        var bytes = await utf8.Content.ReadAsByteArrayAsync();
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        Encoding.UTF8.GetString(bytes).ShouldContain($"\"message\",\"{id}\",\"\",\"警戒レベル\",\"3\"");
        using var shiftJis = await app.SendAsync(HttpMethod.Get, AlertsApp.Town($"reports/{id}.csv?encoding=shift_jis"), Officer);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Encoding.GetEncoding("shift_jis").GetString(await shiftJis.Content.ReadAsByteArrayAsync()).ShouldContain("警戒レベル");
        using var wrong = await app.SendAsync(HttpMethod.Get, AlertsApp.Town($"reports/{id}.csv?encoding=ebcdic"), Officer);
        (await AlertsApp.ProblemAsync(wrong, HttpStatusCode.BadRequest)).ShouldBe("encoding-unknown");
    }

    [Fact]
    public async Task Span_WhenTwoAlertsAreInIt_TellsOfBothAndOfNoDrill()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RaiseAsync(TestTown.Level4, minute: 0, device: TestTown.OtherGauge);
        string At(int minutes) => Uri.EscapeDataString(app.Clock.GetUtcNow().AddMinutes(minutes).ToString("O"));
        var real = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/span?from={At(-5)}&to={At(5)}"), Officer);
        real.Messages.Select(message => message.Level).ShouldBe([3, 4], ignoreOrder: true);
        (await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/span?from={At(-5)}&to={At(5)}&exercise=true"), Officer)).Messages.ShouldBeEmpty();
        foreach (var span in (string[])["from=yesterday", "from=2026-07-01&to=2026-07-02", "from=2026-07-01T03:00:00&to=2026-07-01T04:00:00", "from=2026-07-01T03:00&to=2026-07-02T03:00"])
        {
            using var wrong = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("reports/span?" + span), Officer);
            (await AlertsApp.ProblemAsync(wrong, HttpStatusCode.BadRequest)).ShouldBe("span-not-readable", span);
        }
    }

    [Fact]
    public async Task Report_WhenAskedByOthers_IsRefused()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var path = AlertsApp.Town($"reports/{(await app.OneActiveAsync()).Id}");
        using var clerk = await app.SendAsync(HttpMethod.Get, path, TestTokens.For("c", "clerk", TestTown.Uozu));
        clerk.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var stranger = await app.SendAsync(HttpMethod.Get, path, DeliveryApp.Officer(TestTown.Nyuzen));
        stranger.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var unknown = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("reports/nothing", TestTown.Nyuzen), DeliveryApp.Officer(TestTown.Nyuzen));
        (await AlertsApp.ProblemAsync(unknown, HttpStatusCode.NotFound)).ShouldBe("unknown-report");
    }

    private static async Task<string> PageAsync(AlertsApp app, string path)
    {
        using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(path), Officer);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("style-src 'sha256-");
        return await response.Content.ReadAsStringAsync();
    }
}
