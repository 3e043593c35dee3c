using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Delivery.Sending;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Delivery.Ledger;

/// <summary>Who is told of what.</summary>
public sealed class AudienceTests
{
    [Fact]
    public async Task Issue_WhenWishesDiffer_TellsThoseWhoAskedForSuch()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        async Task<string> SubscribeAsync(string path, object? hazards = null, int minimumLevel = 1, string municipality = TestTown.Uozu)
            => (await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, path) }, hazards, minimumLevel }, municipality: municipality)).Id;

        var everything = await SubscribeAsync("/everything");
        var floods = await SubscribeAsync("/floods", new[] { "landslide", "flood" }, minimumLevel: 3);
        await SubscribeAsync("/landslides", new[] { "landslide" });
        await SubscribeAsync("/inland", new[] { "inland-flood" });
        await SubscribeAsync("/level-4", minimumLevel: 4);
        await SubscribeAsync("/elsewhere", municipality: TestTown.Nyuzen);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var rows = await app.DeliveriesWhenAsync((await app.OneActiveAsync()).Id, rows => rows.Count == 2 && rows.All(row => row.Status == "confirmed"));
        rows.Select(row => row.SubscriptionId).ShouldBe(new[] { everything, floods }, ignoreOrder: true);
        receiver.All.Select(received => received.Path).ShouldBe(["/everything", "/floods"], ignoreOrder: true);
    }

    [Fact]
    public async Task Issue_WhenADistrictIsNamedNoMore_TellsThoseWhoChoseIt()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver);
        await DamageTests.RunAsync(app, "UPDATE subscription SET district = 'old-name'");
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var alert = await app.OneActiveAsync();
        alert.Area.ShouldNotBeNull();
        await app.DeliveryWhenAsync(alert.Id, "confirmed");
    }

    [Fact]
    public async Task Issue_WhenSubscriptionsFillSeveralChunks_TellsEachOnce()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        await Crowd.SubscribeAsync(app, receiver, 4500);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await app.Database.ColumnAsync("SELECT COUNT(*) FROM delivery WHERE state = 'confirmed'"))[0] != "4500")
        {
            timeout.Token.ThrowIfCancellationRequested();
        }

        receiver.All.Count.ShouldBe(4500);
        receiver.All.Select(received => received.Header("webhook-id")).Distinct().Count().ShouldBe(4500);
    }
}
