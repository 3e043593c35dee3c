using System.Text;
using SmartCity.Alerts.Delivery.Channels.Webhook;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Delivery.Channels;

public sealed class WebhookTests
{
    [Fact]
    public async Task Issue_WhenAWebhookSubscribed_GetsTheAlertSigned()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var subscription = await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var received = await receiver.NextAsync();
        var alert = await app.OneActiveAsync();
        DeliveryApp.ReadWebhook(received, subscription.Addresses[0].SigningSecret!).Id.ShouldBe(alert.Id);
        var row = await app.DeliveryWhenAsync(alert.Id, "confirmed");
        row.Id.ShouldBe(received.Header("webhook-id"));
        row.Address!.ShouldNotContain("hook");
        row.Attempts.ShouldBe(1);
    }

    // The example that the Standard Webhooks specification's libraries are tested with.
    [Fact]
    public void Of_WhenGivenAKnownMessage_GivesItsSignature()
        => WebhookSignature.Of(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330),
            Encoding.UTF8.GetBytes("""{"test": 2432232314}""")).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Theory]
    [InlineData(500)]
    [InlineData(429)]
    public async Task Send_WhenTheReceiverSaysLater_TriesAgainUnderTheSameName(int status)
    {
        await using var receiver = await HttpReceiver.StartAsync();
        var asked = 0;
        receiver.Answer(_ => Interlocked.Increment(ref asked) < 3 ? status : 200);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var names = new[] { await receiver.NextAsync(), await receiver.NextAsync(), await receiver.NextAsync() }.Select(received => received.Header("Idempotency-Key"));
        names.Distinct().ShouldHaveSingleItem();
        (await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed")).Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Send_WhenTheReceiverNeverAnswers_SaysThatItMayHaveArrived()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(async received =>
        {
            await Task.Delay(Timeout.Infinite, received.Aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 200;
        });
        await using var app = await DeliveryApp.StartAsync("--Delivery:RequestTimeoutSeconds=0.1");
        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var id = (await app.OneActiveAsync()).Id;
        var rows = await app.DeliveriesWhenAsync(id, rows => rows is [{ Why: "no-answer" }]);
        rows[0].MaybeArrived.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_WhenTheReceiverRefuses_FailsWithTheReason()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(403);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        (await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "failed")).Why.ShouldBe("status-403");
    }

    [Fact]
    public async Task Send_WhenTheAlertExpires_SaysThatItCameTooLate()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(500);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var id = (await app.OneActiveAsync()).Id;
        await receiver.NextAsync();
        app.Clock.Advance(TimeSpan.FromHours(7));
        (await app.DeliveryWhenAsync(id, "failed")).Why.ShouldBe("status-500");
    }
}
