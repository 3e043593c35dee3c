using System.Net;
using SmartCity.Alerts.Delivery.Reach;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Tests.Actuators;

/// <summary>What tests of sirens and signs wait for.</summary>
internal static class ActuatorWaits
{
    /// <summary>The next commands that telemetry was asked for, by their devices.</summary>
    public static async Task<SortedDictionary<string, AskedCommand>> NextCommandsAsync(this AlertsApp app, int count)
    {
        var asked = new SortedDictionary<string, AskedCommand>(StringComparer.Ordinal);
        while (asked.Count < count)
        {
            var next = await app.Sidecar.Telemetry.NextAsync();
            asked.Add(next.Device, next);
        }

        return asked;
    }

    /// <summary>Reads a message's deliveries until they stand so: recipient, channel, status and why.</summary>
    public static async Task DeliveriesAsync(this AlertsApp app, string id, string officer, string[] expected, bool ignoreWhy = false)
    {
        string[] seen = [];
        for (var giveUp = DateTime.UtcNow + AlertsApp.Patience; DateTime.UtcNow < giveUp && !seen.SequenceEqual(expected); await Task.Yield())
        {
            using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town($"{id}/deliveries"), officer);
            seen = response.StatusCode != HttpStatusCode.OK ? []
                : [.. (await AlertsApp.ReadAsync<Page<DeliveryView>>(response)).Items.Select(row => $"{row.SubscriptionId} {row.Channel} {row.Status} {(ignoreWhy ? "" : row.Why)}")];
        }

        seen.ShouldBe(expected);
    }

    /// <summary>Waits until so many messages have been looked at for sirens and signs.</summary>
    public static Task PlannedAsync(this AlertsApp app, int count) => app.RowsAsync("SELECT sequence FROM delivery_plan WHERE devices_at IS NOT NULL", count);

    /// <summary>Waits until so many messages have been looked at for sirens and signs, and for people.</summary>
    public static Task PlannedForAllAsync(this AlertsApp app, int count)
        => app.RowsAsync("SELECT sequence FROM delivery_plan WHERE devices_at IS NOT NULL AND planned_at IS NOT NULL", count);

    private static async Task RowsAsync(this AlertsApp app, string sql, int count)
    {
        var rows = 0;
        for (var giveUp = DateTime.UtcNow + AlertsApp.Patience; DateTime.UtcNow < giveUp && rows < count; await Task.Yield())
        {
            rows = (await app.Database.ColumnAsync(sql)).Length;
        }

        rows.ShouldBe(count);
    }
}
