using SmartCity.Alerts.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Actuators;

/// <summary>No sign shows for ever what an alert said that is over.</summary>
public sealed class ActuatorEndsTests
{
    private static readonly string Officer = TestTokens.For("sato", "officer", TestTown.Uozu);

    private static readonly string[] Quick = ["--Alerts:Actuators:PollSeconds=0.05", "--Delivery:PollSeconds=0.05"];

    [Fact]
    public async Task Run_WhenAnAlertRanOut_EndsItOnce()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        var begun = await app.NextCommandsAsync(2);
        app.Sidecar.Telemetry.Set(begun["sign-1"], "Acknowledged");
        await app.DeliveriesAsync((await app.OneActiveAsync()).Id, Officer, ["device:sign-1 sign confirmed ", "device:siren-1 siren sending "]);
        app.Clock.Advance(TimeSpan.FromHours(3));
        var ended = await app.NextCommandsAsync(2);
        (ended["sign-1"].Command.Name, ended["siren-1"].Command.Name).ShouldBe(("clear", "silence"));
        ended.Values.ShouldAllBe(asked => asked.Command.ValidUntil > app.Clock.GetUtcNow().AddHours(23));
        // A later alert is looked at, and nothing is ended twice.
        await app.RaiseAsync(TestTown.Level3, minute: 200);
        await app.PlannedAsync(2);
        app.Sidecar.Telemetry.Set(ended["sign-1"], "Acknowledged");
        (await app.Database.ColumnAsync("SELECT subscription_id FROM delivery WHERE rank = 0 ORDER BY subscription_id")).ShouldBe(["device:sign-1#end", "device:siren-1#end"]);
    }

    [Fact]
    public async Task Plan_WhenACancelIsLookedAtTooLate_StillEndsIt()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.NextCommandsAsync(1);
        app.Sidecar.Telemetry.IsDown = true;
        await app.ClearAsync(TestTown.Level3, minute: 30);
        await app.PlannedAsync(2);
        await app.RestartAsync(async () =>
        {
            await using var connection = await app.Database.OpenAsync();
            await connection.ExecuteAsync("DELETE FROM delivery WHERE rank = 0");
            await connection.ExecuteAsync("UPDATE delivery_plan SET devices_at = NULL WHERE msg_type = 'Cancel'");
            app.Clock.Advance(TimeSpan.FromDays(3));
        });
        app.Sidecar.Telemetry.IsDown = false;
        (await app.NextCommandsAsync(1))["sign-1"].Command.Name.ShouldBe("clear");
    }
}
