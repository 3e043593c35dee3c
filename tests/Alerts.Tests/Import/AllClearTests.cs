using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Tests.Delivery;
using SmartCity.Alerts.Tests.Delivery.Receivers;

namespace SmartCity.Alerts.Tests.Import;

public sealed class AllClearTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-30)]
    public async Task Import_WhenTheCancelExpiresAtOnce_StillReachesWhoWasToldOfTheAlert(int expiresAfterMinutes)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var subscription = await app.SubscribeWebhookAsync(receiver);
        var now = app.Clock.GetUtcNow();
        var storm = CapSample.Alert("storm-1", now.AddMinutes(-3));
        await app.ImportAsync(storm);
        var secret = subscription.Addresses[0].SigningSecret!;
        DeliveryApp.ReadWebhook(await receiver.NextAsync(), secret).MsgType.ShouldBe("Alert");

        var expires = CapTime.WholeSeconds(now.AddMinutes(expiresAfterMinutes));
        await app.ImportAsync(CapSample.Alert("storm-2", now.AddMinutes(-1), CapMsgType.Cancel, storm).With(info => info with { Expires = expires }));
        var allClear = DeliveryApp.ReadWebhook(await receiver.NextAsync(), secret);
        allClear.MsgType.ShouldBe("Cancel");
        allClear.Expires.ShouldBeGreaterThan(app.Clock.GetUtcNow());
        (await app.ActiveAsync()).ShouldBeEmpty();
    }
}
