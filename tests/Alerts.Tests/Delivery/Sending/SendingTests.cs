using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Delivery.Sending;

public sealed class SendingTests
{
    [Fact]
    public async Task Send_WhenTheFirstAddressFails_TriesTheNextAndTellsThePersonOnce()
    {
        await using var service = await HttpReceiver.StartAsync();
        service.Answer(403);
        await using var receiver = await HttpReceiver.StartAsync();
        using var browser = new Browser(service);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeAsync(new { addresses = new[] { browser.Address, DeliveryApp.Webhook(receiver) }, languages = new[] { "ja", "en" } });
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await receiver.NextAsync();
        var row = await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed");
        row.Channel.ShouldBe("webhook");
        service.All.Count.ShouldBe(1);
        receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_WhenTheFirstAddressTakesIt_LeavesTheOthersAlone()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, "/first"), DeliveryApp.Webhook(receiver, "/second") } });
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed");
        receiver.All.ShouldHaveSingleItem().Path.ShouldBe("/first");
    }

    [Fact]
    public async Task Send_WhenOneHostIsDead_DelaysNobodyElse()
    {
        await using var dead = await HttpReceiver.StartAsync();
        dead.Answer(async received =>
        {
            await Task.Delay(Timeout.Infinite, received.Aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 200;
        });
        await using var receiver = await HttpReceiver.StartAsync();
        // The dead one has more deliveries than this process holds, and would keep each for a minute.
        await using var app = await DeliveryApp.StartAsync("--Delivery:HeldPerChannel=30", "--Delivery:RequestTimeoutSeconds=60", "--Delivery:LeaseSeconds=90", "--Delivery:SubscriptionsPerSourceAndHour=100");
        for (var index = 0; index < 25; index++)
        {
            await app.SubscribeWebhookAsync(dead, $"/{index}");
        }

        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await receiver.NextAsync();
        dead.All.Count.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task Send_WhenTheProcessStopsInTheMiddle_GoesOnAfterTheRestart()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        var half = new TaskCompletionSource();
        var isStopped = false;
        receiver.Answer(async received =>
        {
            if (!isStopped && receiver.All.Count > 5)
            {
                half.TrySetResult();
                await Task.Delay(Timeout.Infinite, received.Aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return 200;
        });
        await using var app = await DeliveryApp.StartAsync();
        for (var index = 0; index < 12; index++)
        {
            await app.SubscribeWebhookAsync(receiver, $"/{index}");
        }

        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await half.Task.WaitAsync(AlertsApp.Patience);
        await app.RestartAsync(() =>
        {
            isStopped = true;
            return Task.CompletedTask;
        });
        var id = (await app.OneActiveAsync()).Id;
        var rows = await app.DeliveriesWhenAsync(id, rows => rows.Count == 12 && rows.All(row => row.Status == "confirmed"));
        // Twelve deliveries, each under one name however often it was tried.
        receiver.All.Select(received => received.Header("Idempotency-Key")).Distinct().Order(StringComparer.Ordinal).ShouldBe(rows.Select(row => row.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Send_WhenTheProcessWasKilled_TakesWhatItHadWhenItsLeaseEnds()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(500);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var id = (await app.OneActiveAsync()).Id;
        var first = await receiver.NextAsync();
        await app.RestartAsync(async () =>
        {
            // As a killed process leaves it: taken, with time left on its lease.
            await using var connection = await app.Database.OpenAsync();
            await using var command = connection.CreateCommand();
            var ends = (DateTimeOffset.UtcNow.AddMinutes(5) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            command.CommandText = $"UPDATE delivery SET state = 'sending', lease = 'dead', next_at = {ends}, why = NULL";
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
            receiver.Answer(200);
        });
        var before = receiver.All.Count;
        (await app.DeliveriesAsync(id))[0].Status.ShouldBe("sending");
        receiver.All.Count.ShouldBe(before);
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        var row = await app.DeliveryWhenAsync(id, "confirmed");
        row.MaybeArrived.ShouldBeTrue();
        receiver.All.Last().Header("Idempotency-Key").ShouldBe(first.Header("Idempotency-Key"));
    }

    [Fact]
    public async Task Issue_WhenTheProcessDiesBeforeRecipientsAreWrittenDown_WritesThemAfterTheRestart()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver);
        await using (await app.Database.RefuseAsync("delivery_plan"))
        {
            await app.RaiseAsync(TestTown.Level3, minute: 0);
            await app.RestartAsync();
        }

        var row = await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed");
        receiver.All.ShouldHaveSingleItem().Header("webhook-id").ShouldBe(row.Id);
    }

    [Fact]
    public async Task Update_WhenTheFirstMessageWasNeverSent_TakesItsPlace()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(500);
        await using var app = await DeliveryApp.StartAsync();
        var made = await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = (await app.OneActiveAsync()).Id;
        await receiver.NextAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        var second = (await app.OneActiveAsync()).Id;
        await app.DeliveryWhenAsync(first, "superseded");
        receiver.Answer(200);
        await app.DeliveryWhenAsync(second, "confirmed");
        DeliveryApp.ReadWebhook(receiver.All.Last(), made.Addresses[0].SigningSecret!).MsgType.ShouldBe("Update");
    }

    [Fact]
    public async Task Cancel_WhenNothingEverArrived_TellsNobody()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(403);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "failed");
        await app.ClearAsync(TestTown.Level3, minute: 1);
        (await app.DeliveriesAsync(await CancelAsync(app))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancel_WhenTheAlertWasOnItsWayAndIsRefused_TellsNobody()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        var answer = new TaskCompletionSource<int>();
        receiver.Answer(_ => answer.Task);
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = (await app.OneActiveAsync()).Id;
        await receiver.NextAsync();
        await app.ClearAsync(TestTown.Level3, minute: 1);
        var cancel = await CancelAsync(app);
        await app.DeliveryWhenAsync(cancel, "queued");
        answer.SetResult(500);
        await app.DeliveryWhenAsync(first, "superseded");
        await app.DeliveryWhenAsync(cancel, "superseded");
        receiver.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Cancel_WhenTheAlertArrived_IsToldToThoseAlone()
    {
        await using var told = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var made = await app.SubscribeWebhookAsync(told, "/told");
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed");
        await app.SubscribeWebhookAsync(told, "/came-later");
        await app.ClearAsync(TestTown.Level3, minute: 1);
        await told.NextAsync();
        DeliveryApp.ReadWebhook(await told.NextAsync(), made.Addresses[0].SigningSecret!).MsgType.ShouldBe("Cancel");
        (await app.DeliveryWhenAsync(await CancelAsync(app), "confirmed")).SubscriptionId.ShouldBe(made.Id);
    }

    [Fact]
    public async Task Update_WhenTheLevelFalls_StillGoesToThoseWhoWereTold()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var made = await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver) }, minimumLevel = 4 });
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        AlertView Read(Received received) => DeliveryApp.ReadWebhook(received, made.Addresses[0].SigningSecret!);
        Read(await receiver.NextAsync()).Level.ShouldBe(4);
        await app.ClearAsync(TestTown.Level4, minute: 2);
        Read(await receiver.NextAsync()).Level.ShouldBe(3);
    }

    [Fact]
    public async Task Issue_WhenTheTownHasADatabaseOfItsOwn_DeliversFromThere()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartIsolatedAsync();
        await app.SubscribeWebhookAsync(receiver);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed");
        (await app.Database.ColumnAsync("SELECT state FROM delivery")).ShouldBeEmpty();
        (await app.Database.ColumnAsync("SELECT state FROM delivery", TestTown.Uozu)).ShouldBe(["confirmed"]);
    }

    /// <summary>The cancel's message, once its recipients are written down.</summary>
    private static async Task<string> CancelAsync(AlertsApp app)
    {
        using var timeout = new CancellationTokenSource(AlertsApp.Patience);
        while (true)
        {
            if (await app.Database.ColumnAsync("SELECT message_id FROM delivery_plan WHERE msg_type = 'Cancel' AND planned_at IS NOT NULL") is [{ } id])
            {
                return id;
            }

            timeout.Token.ThrowIfCancellationRequested();
        }
    }
}
