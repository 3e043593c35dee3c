using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Delivery.Ledger;

public sealed class LedgerAgeTests
{
    [Fact]
    public async Task Forget_WhenRowsAreOlderThanTheyAreKept_LeavesTheNewestMessage()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed");
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        var newest = (await app.OneActiveAsync()).Id;
        await app.DeliveryWhenAsync(newest, "confirmed");
        app.Clock.Advance(TimeSpan.FromDays(367));
        using var timeout = new CancellationTokenSource(AlertsApp.Patience);
        while ((await app.Database.ColumnAsync("SELECT message_id FROM delivery_plan")).Length > 1)
        {
            timeout.Token.ThrowIfCancellationRequested();
        }

        (await app.Database.ColumnAsync("SELECT message_id FROM delivery_plan")).ShouldBe([newest]);
        (await app.Database.ColumnAsync("SELECT state FROM delivery")).ShouldHaveSingleItem();
    }
}
