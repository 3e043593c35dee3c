using System.Net;
using SmartCity.Alerts.Delivery.Reach;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Reading;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Delivery.Reach;

/// <summary>Whom a draft would reach is whom its approval reaches.</summary>
public sealed class DraftReachTests
{
    private static readonly string Second = TestTokens.For("officer-2", "officer", TestTown.Uozu);

    [Fact]
    public async Task Reach_BeforeAnApproval_CountsWhomTheApprovalReaches()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver, "/all");
        await app.SubscribeAsync(new { minimumLevel = 5, addresses = new[] { DeliveryApp.Webhook(receiver, "/gravest") } });
        await app.SubscribeAsync(new { hazards = new[] { "landslide" }, addresses = new[] { DeliveryApp.Webhook(receiver, "/slopes") } });
        await app.SubscribeAsync(new { drills = true, addresses = new[] { DeliveryApp.Webhook(receiver, "/drills") } });

        (await PreviewAsync(app, new { level = 4, hazard = "flood", status = "Exercise" })).Reach.Recipients.ShouldBe(1);
        (await PreviewAsync(app, new { level = 5, hazard = "landslide" })).Reach.Recipients.ShouldBe(4);
        var preview = await PreviewAsync(app, new { level = 4, hazard = "flood" });
        preview.Info.Select(info => info.Language).ShouldContain("ja-Hira");
        (await app.GetAsync<Page<DraftView>>(AlertsApp.Town("drafts"), DeliveryApp.Officer())).Items.ShouldBeEmpty();

        using var written = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), DeliveryApp.Officer(), new { level = 4, hazard = "flood" });
        var draft = await AlertsApp.ReadAsync<DraftView>(written);
        var reach = await ReachAsync(app, draft);
        (reach.MsgType, reach.Level, reach.Recipients).ShouldBe(("Alert", 4, 2));
        reach.Channels.ShouldBe([new ChannelAudience("webhook", 2)]);
        reach.Recipients.ShouldBe(preview.Reach.Recipients);

        using var approved = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), Second);
        approved.StatusCode.ShouldBe(HttpStatusCode.OK);
        var rows = await app.DeliveriesWhenAsync((await app.OneActiveAsync()).Id, rows => rows.Count == reach.Recipients && rows.All(row => row.Status == "confirmed"));
        rows.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Reach_OfARulesDraft_HasItsAreaAndWhoWasToldBefore()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeAsync(new { minimumLevel = 3, addresses = new[] { DeliveryApp.Webhook(receiver, "/three") } });
        await app.SubscribeAsync(new { minimumLevel = 5, addresses = new[] { DeliveryApp.Webhook(receiver, "/five") } });
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = await app.OneActiveAsync();
        await app.DeliveryWhenAsync(first.Id, "confirmed");
        await app.RaiseAsync(TestTown.Level5Draft, minute: 5);
        var draft = (await app.GetAsync<Page<DraftView>>(AlertsApp.Town("drafts"), DeliveryApp.Officer())).Items.ShouldHaveSingleItem();

        var reach = await ReachAsync(app, draft);
        (reach.MsgType, reach.Level, reach.Recipients).ShouldBe(("Update", 5, 2));
        reach.Area!.Value.GetProperty("type").GetString().ShouldBe(first.Area!.Value.GetProperty("type").GetString());
        // Looking changes nothing.
        (await app.OneActiveAsync()).Id.ShouldBe(first.Id);
        (await ReachAsync(app, draft)).Recipients.ShouldBe(2);

        await app.ClearAsync(TestTown.Level5Draft, minute: 6);
        (await ReachAsync(app, draft)).MsgType.ShouldBeNull();
    }

    [Fact]
    public async Task Deliveries_ThatDidNotArrive_AreListedAndInTheFile()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(received => received.Path == "/refuses" ? 403 : 200);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver, "/takes");
        await app.SubscribeWebhookAsync(receiver, "/refuses");
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var id = (await app.OneActiveAsync()).Id;
        await app.DeliveriesWhenAsync(id, rows => rows.Count == 2 && rows.All(row => row.Status is "confirmed" or "failed"));
        var missed = await app.GetAsync<Page<DeliveryView>>(AlertsApp.Town(id + "/deliveries?status=not-reached"), DeliveryApp.Officer());
        missed.Items.ShouldHaveSingleItem().Why.ShouldBe("status-403");

        using var file = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(id + "/deliveries/export.csv?status=not-reached"), DeliveryApp.Officer());
        file.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var lines = (await file.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
        lines.Length.ShouldBe(2);
        lines[1].ShouldContain("届かず");
        lines[1].ShouldContain("status-403");
        using var encoding = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(id + "/deliveries/export.csv?encoding=utf-7"), DeliveryApp.Officer());
        (await AlertsApp.ProblemAsync(encoding, HttpStatusCode.BadRequest)).ShouldBe("encoding-unknown");
    }

    [Fact]
    public async Task History_OfAnyMessage_HasTheWholeChainAndWhoDidWhat()
    {
        await using var app = await DeliveryApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = await app.OneActiveAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        using var cancelled = await app.SendAsync(HttpMethod.Post, AlertsApp.Town(first.Id + "/cancel"), Second, new { reason = "計器の故障" });
        cancelled.StatusCode.ShouldBe(HttpStatusCode.OK);
        var history = await app.GetAsync<AlertHistory>(AlertsApp.Town(first.Id + "/history"), DeliveryApp.Officer());
        history.Newest.CancelledAt.ShouldNotBeNull();
        history.Alone.ShouldBeEmpty();
        history.Steps.Select(step => step.MsgType).Order(StringComparer.Ordinal).ShouldBe(["Alert", "Cancel", "Update"]);
        var cancel = history.Steps.Single(step => step.MsgType == "Cancel");
        (cancel.IssuedBy, cancel.Reason).ShouldBe(("officer-2", "計器の故障"));
    }

    private static Task<DraftReachView> ReachAsync(AlertsApp app, DraftView draft)
        => app.GetAsync<DraftReachView>(AlertsApp.Town($"drafts/{draft.Id}/reach"), DeliveryApp.Officer());

    private static async Task<DraftPreviewView> PreviewAsync(AlertsApp app, object body)
    {
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts/preview"), DeliveryApp.Officer(), body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await AlertsApp.ReadAsync<DraftPreviewView>(response);
    }
}
