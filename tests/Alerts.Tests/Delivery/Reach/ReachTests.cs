using System.Net;
using SmartCity.Alerts.Delivery.Reach;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Alerts.Tests.Streaming;
using SmartCity.Contracts;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Delivery.Reach;

public sealed class ReachTests
{
    [Fact]
    public async Task Reach_WhenSomeAreNotReached_SaysHowManyAndWhy()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(received => received.Path == "/refuses" ? 403 : received.Path == "/gone" ? 410 : 200);
        await using var app = await DeliveryApp.StartAsync();
        foreach (var path in (string[])["/a", "/b", "/refuses", "/gone"])
        {
            await app.SubscribeWebhookAsync(receiver, path);
        }

        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var id = (await app.OneActiveAsync()).Id;
        await app.DeliveriesWhenAsync(id, rows => rows.Count == 4 && rows.All(row => row.Status is "confirmed" or "failed"));
        await using var page = await StreamClient.OpenAsync(app);
        await page.NextAsync();
        var reach = await app.GetAsync<ReachView>(AlertsApp.Town(id + "/reach"), DeliveryApp.Officer());
        (reach.Recipients, reach.Reached, reach.OpenPages).ShouldBe((4, 2, 1));
        var webhooks = reach.Channels.ShouldHaveSingleItem();
        (webhooks.Channel, webhooks.Confirmed, webhooks.Failed, webhooks.Queued).ShouldBe(("webhook", 2, 2, 0));
        webhooks.NotReached.ShouldBe([new NotReached("gone", 1), new NotReached("status-403", 1)]);
        reach.P50Milliseconds.ShouldNotBeNull();
        reach.P99Milliseconds!.Value.ShouldBeGreaterThanOrEqualTo(reach.P50Milliseconds!.Value);
    }

    [Fact]
    public async Task Deliveries_WhenThereAreMany_ComeInPagesAndByStatus()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(received => received.Path == "/2" ? 403 : 200);
        await using var app = await DeliveryApp.StartAsync();
        for (var index = 0; index < 5; index++)
        {
            await app.SubscribeWebhookAsync(receiver, $"/{index}");
        }

        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var id = (await app.OneActiveAsync()).Id;
        var all = await app.DeliveriesWhenAsync(id, rows => rows.Count == 5 && rows.All(row => row.Status is "confirmed" or "failed"));
        Task<Page<DeliveryView>> PageAsync(string query) => app.GetAsync<Page<DeliveryView>>(AlertsApp.Town($"{id}/deliveries?{query}"), DeliveryApp.Officer());
        var first = await PageAsync("limit=3");
        var second = await PageAsync("limit=3&after=" + first.Next);
        first.Items.Concat(second.Items).ShouldBe(all);
        second.Next.ShouldBeNull();
        (await PageAsync("status=failed")).Items.ShouldHaveSingleItem().Why.ShouldBe("status-403");
        (await PageAsync("channel=email")).Items.ShouldBeEmpty();
        using var wrong = await app.SendAsync(HttpMethod.Get, AlertsApp.Town($"{id}/deliveries?status=eaten"), DeliveryApp.Officer());
        (await AlertsApp.ProblemAsync(wrong, HttpStatusCode.BadRequest)).ShouldBe("status-unknown");
    }

    [Fact]
    public async Task Deliveries_WhenAnOfficerOfAnotherTownReads_AreRecordedOrRefused()
    {
        await using var app = await DeliveryApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var id = (await app.OneActiveAsync()).Id;
        await app.DeliveriesWhenAsync(id, rows => rows.Count == 0);
        using var refused = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(id + "/deliveries"), DeliveryApp.Officer(TestTown.Nyuzen));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var guest = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(id + "/reach"), TestTokens.ForTowns("officer-2", "officer", TestTown.Nyuzen, TestTown.Uozu));
        var record = await app.Sidecar.NextRecordAsync();
        (record.Municipality, record.Operation, record.Actor.Subject).ShouldBe((TestTown.Uozu, "delivery.read", "officer-2"));
    }
}
