using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Tests.Delivery.Ledger;

/// <summary>An exercise looks like one wherever it goes, and goes to those alone who asked for drills.</summary>
public sealed class DrillTests
{
    [Fact]
    public async Task Plan_WhenItIsAnExercise_TellsThoseWhoAskedForDrills()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DeliveryApp.StartAsync();
        var made = await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, "/drills") }, drills = true });
        await app.SubscribeWebhookAsync(receiver, "/no-drills");
        await PlanAsync(app, Exercise());
        var alert = DeliveryApp.ReadWebhook(await receiver.NextAsync(), made.Addresses[0].SigningSecret!);
        alert.Status.ShouldBe("Exercise");
        foreach (var (language, mark) in (IReadOnlyList<(string, string)>)[("ja", "【訓練】"), ("en", "[DRILL] "), ("ja-Hira", "【れんしゅう】"), ("fr", "[DRILL] ")])
        {
            var info = alert.Info.Single(info => info.Language == language);
            new[] { info.Headline, info.Description, info.Instruction }.ShouldAllBe(text => text.StartsWith(mark));
        }

        (await app.DeliveryWhenAsync(alert.Id, "confirmed")).SubscriptionId.ShouldBe(made.Id);
    }

    private static AlertView Exercise() => new()
    {
        Id = "162043-exercise",
        AlertId = "162043-exercise",
        Municipality = TestTown.Uozu,
        Status = "Exercise",
        MsgType = "Alert",
        Level = 4,
        Hazard = "flood",
        Sent = DateTimeOffset.UtcNow,
        Expires = DateTimeOffset.UtcNow.AddHours(1),
        Info = [.. ((string[])["ja", "en", "ja-Hira", "fr"]).Select(language => new AlertInfoView(language, "event", "name", "headline", "description", "instruction", "area"))],
    };

    private static async Task PlanAsync(AlertsApp app, AlertView view)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = TestTown.Uozu;
        var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
        database.Add(new PlanEntry
        {
            Municipality = TestTown.Uozu,
            MessageId = view.Id,
            AlertId = view.AlertId,
            MsgType = view.MsgType,
            IssuedAt = view.Sent,
            Expires = view.Expires,
            Payload = JsonSerializer.Serialize(view, CityJson.Options),
            IsSelfTest = false,
            PlannedTo = "",
        });
        await database.SaveChangesAsync();
        app.Services.GetRequiredService<DeliveryRunner>().Wake();
    }
}
