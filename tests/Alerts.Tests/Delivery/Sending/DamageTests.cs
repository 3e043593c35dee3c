using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Delivery.Sending;

/// <summary>What is damaged, or changes meanwhile, holds up nothing else.</summary>
public sealed class DamageTests
{
    [Fact]
    public async Task Send_WhenAnAddressCannotBeRead_FailsThatAloneAndGoesOn()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var damaged = await app.SubscribeWebhookAsync(receiver, "/damaged");
        var sound = await app.SubscribeWebhookAsync(receiver, "/sound");
        await RunAsync(app, $"UPDATE subscription_address SET address = 'gone.AAAA' WHERE subscription_id = '{damaged.Id}'");
        foreach (var (rule, minute) in ((string, int)[])[(TestTown.Level3, 0), (TestTown.Level4, 1)])
        {
            await app.RaiseAsync(rule, minute);
            var rows = await app.DeliveriesWhenAsync((await app.OneActiveAsync()).Id, rows => rows.Count == 2 && rows.All(row => row.Status is "confirmed" or "failed"));
            rows.Single(row => row.SubscriptionId == sound.Id).Status.ShouldBe("confirmed");
            rows.Single(row => row.SubscriptionId == damaged.Id).Why.ShouldBe("unreadable");
        }
    }

    [Fact]
    public async Task Send_WhenAnAddressCannotBeRead_TriesTheNext()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, "/first"), DeliveryApp.Webhook(receiver, "/second") } });
        await RunAsync(app, "UPDATE subscription_address SET address = 'gone.AAAA' WHERE rank = 0");
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed");
        receiver.All.ShouldHaveSingleItem().Path.ShouldBe("/second");
    }

    [Fact]
    public async Task Send_WhenMessagesCannotBeRead_SendsTheOthers()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var made = await app.SubscribeWebhookAsync(receiver);
        const string Plan = "INSERT INTO delivery_plan (municipality, message_id, alert_id, msg_type, issued_at, expires, payload, is_self_test, planned_to, planned_at) VALUES ";
        await app.RestartAsync(async () =>
        {
            await RunAsync(app, Plan + $"('{TestTown.Uozu}', 'a', 'a', 'Alert', 0, 4102444800000000, '[', false, '', NULL)");
            await RunAsync(app, Plan + $"('{TestTown.Uozu}', 'b', 'b', 'Alert', 0, 4102444800000000, '[', false, '', 0)");
            await RunAsync(app, $"""
                INSERT INTO delivery (sequence, subscription_id, municipality, channel, rank, state, attempts, next_at, maybe_arrived, queued_at)
                SELECT sequence, '{made.Id}', municipality, 'webhook', 0, 'queued', 0, 0, false, 0 FROM delivery_plan WHERE message_id = 'b'
                """);
        });
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed");
        (await app.DeliveryWhenAsync("b", "failed")).Why.ShouldBe("unreadable");
    }

    [Fact]
    public async Task Send_WhenTheAddressThatIsGoneWasReplacedMeanwhile_KeepsAndTriesTheNewOne()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var made = await app.SubscribeWebhookAsync(receiver, "/old");
        receiver.Answer(async received =>
        {
            if (received.Path != "/old")
            {
                return 200;
            }

            // While the answer is on its way, its owner puts another one first.
            await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, "/new"), DeliveryApp.Webhook(receiver, "/old") } }, made.Secret);
            return 410;
        });
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliveryWhenAsync((await app.OneActiveAsync()).Id, "confirmed");
        receiver.All.Select(received => received.Path).ShouldBe(["/old", "/new"]);
        (await app.Database.ColumnAsync("SELECT rank FROM subscription_address ORDER BY rank")).Length.ShouldBe(2);
    }

    internal static async Task RunAsync(AlertsApp app, string sql)
    {
        await using var connection = await app.Database.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        (await command.ExecuteNonQueryAsync()).ShouldBePositive();
    }
}
