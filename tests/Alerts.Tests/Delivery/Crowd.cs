using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Tests.Delivery;

/// <summary>Many subscribers at once, put there as if they had subscribed one by one.</summary>
internal static class Crowd
{
    public static async Task SubscribeAsync(AlertsApp app, HttpReceiver receiver, int count)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = TestTown.Uozu;
        var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
        var vault = scope.ServiceProvider.GetRequiredService<AddressVault>();
        var webhook = scope.ServiceProvider.GetServices<IDeliveryChannel>().Single(channel => channel.Name == "webhook");
        var now = app.Clock.GetUtcNow();
        for (var index = 0; index < count; index++)
        {
            var url = System.Text.Json.JsonSerializer.SerializeToElement($"{receiver.Url}/{index}");
            var address = webhook.Read(new AddressRequest { Channel = "webhook", Fields = new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal) { ["url"] = url } });
            var id = SubscriptionSecrets.NewId();
            database.Add(new Subscription { Id = id, Municipality = TestTown.Uozu, Languages = ["ja"], MinimumLevel = 1, Drills = false, CreatedAt = now });
            database.Add(new SubscriptionAddress
            {
                SubscriptionId = id,
                Rank = 0,
                Municipality = TestTown.Uozu,
                Channel = "webhook",
                Fingerprint = vault.Fingerprint("webhook", address.Key),
                Address = vault.Close(TestTown.Uozu, id, address.Stored),
                Masked = address.Masked,
                ConfirmedAt = now,
            });
        }

        await database.SaveChangesAsync();
    }
}
