using System.Net;
using System.Text.Json;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Actuators;

/// <summary>What a second officer said yes to is the message that they saw, and nothing after it.</summary>
public sealed class SecondOfficerTests
{
    private static readonly string Officer = TestTokens.For("sato", "officer", TestTown.Uozu);
    private static readonly string Second = TestTokens.For("suzuki", "officer", TestTown.Uozu);

    private static readonly string[] Quick = ["--Alerts:Actuators:PollSeconds=0.05", "--Delivery:PollSeconds=0.05", "--Alerts:Drills:PollSeconds=0.05"];

    [Fact]
    public async Task Update_WhenTheApproverRaisesItAlone_NamesNoSecondOfficer()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        await ApprovedAsync(app, "Actual", sirens: false);
        (await app.NextCommandsAsync(1))["sign-1"].Command.ApprovedBy.ShouldBe("suzuki");
        await RaiseAloneAsync(app, Second);
        (await app.NextCommandsAsync(3)).Values.ShouldAllBe(asked => asked.Command.ApprovedBy == null);
    }

    [Fact]
    public async Task Update_WhenOneOfficerRaisesAnExercise_MovesNothingMoreAndItsEndIsHeard()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        await ApprovedAsync(app, "Exercise", sirens: true);
        (await app.NextCommandsAsync(1)).Keys.ShouldBe(["sign-1"]);
        await RaiseAloneAsync(app, Officer);
        await app.PlannedAsync(2);
        using var end = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{(await app.OneActiveAsync()).Id}/cancel"), Officer, new { reason = "訓練おわり" });
        end.StatusCode.ShouldBe(HttpStatusCode.OK, await end.Content.ReadAsStringAsync());
        (await app.NextCommandsAsync(1))["sign-1"].Command.Name.ShouldBe("clear");
        app.Sidecar.Telemetry.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Update_WhenOneOfficerRaisesADrill_MovesNothingMore()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        using var planned = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drills"), Officer,
            new { name = "訓練", hazard = "flood", sirens = true, steps = new object[] { new { afterSeconds = 0, level = 3 }, new { afterSeconds = 3600, level = 4 } } });
        using var approved = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drills/{(await AlertsApp.ReadAsync<DrillView>(planned)).Id}/approve"), Second);
        approved.StatusCode.ShouldBe(HttpStatusCode.OK, await approved.Content.ReadAsStringAsync());
        (await app.NextCommandsAsync(1))["sign-1"].Command.ApprovedBy.ShouldBe("suzuki");
        await RaiseAloneAsync(app, Second);
        await app.PlannedAsync(2);
        (await app.Database.ColumnAsync("SELECT subscription_id FROM delivery")).ShouldBe(["device:sign-1"]);
    }

    private static async Task ApprovedAsync(AlertsApp app, string status, bool sirens)
    {
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), Officer, new { level = 3, hazard = "flood", status, sirens });
        var draft = await AlertsApp.ReadAsync<JsonElement>(response);
        using var approval = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.GetProperty("id").GetString()}/approve"), Second);
        approval.StatusCode.ShouldBe(HttpStatusCode.OK, await approval.Content.ReadAsStringAsync());
    }

    private static async Task RaiseAloneAsync(AlertsApp app, string officer)
    {
        using var update = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{(await app.OneActiveAsync()).Id}/update"), officer, new { level = 4 });
        update.StatusCode.ShouldBe(HttpStatusCode.OK, await update.Content.ReadAsStringAsync());
    }
}
