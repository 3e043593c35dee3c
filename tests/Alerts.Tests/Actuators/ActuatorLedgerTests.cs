using System.Net;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Actuators;

/// <summary>What the ledger of people's messages does to the rows of devices: nothing.</summary>
public sealed class ActuatorLedgerTests
{
    private static readonly string Officer = TestTokens.For("sato", "officer", TestTown.Uozu);

    private static readonly string[] Quick = ["--Alerts:Actuators:PollSeconds=0.05", "--Delivery:PollSeconds=0.05"];

    [Fact]
    public async Task Update_WhenItRepeatsNothingAndTheFirstMayHaveArrived_LeavesTheSirenToSound()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        app.Sidecar.Telemetry.IsCutOff = true;
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        var alert = await app.OneActiveAsync();
        await app.DeliveriesAsync(alert.Id, Officer, ["device:sign-1 sign queued telemetry-away", "device:siren-1 siren queued telemetry-away"]);
        await UpdateAsync(app, alert.Id);
        await app.PlannedForAllAsync(2);
        app.Sidecar.Telemetry.IsCutOff = false;
        var asked = await app.NextCommandsAsync(2);
        asked["siren-1"].Command.Name.ShouldBe("sound");
        asked["sign-1"].Argument("text").ShouldBe("北小学校へ避難");
    }

    [Fact]
    public async Task Update_WhenAnEndIsStillQueued_DoesNotLoseIt()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        await app.PlannedForAllAsync(2);
        while ((await app.Sidecar.Telemetry.NextAsync()).Device != "siren-1")
        {
            // The sign's words come before.
        }

        app.Sidecar.Telemetry.IsCutOff = true;
        await app.ClearAsync(TestTown.Level4, minute: 2);
        var less = await app.OneActiveAsync();
        less.Level.ShouldBe(3);
        await app.DeliveriesAsync(less.Id, Officer, ["device:sign-1 sign queued telemetry-away", "device:siren-1 siren queued telemetry-away"]);
        await UpdateAsync(app, less.Id);
        await app.PlannedForAllAsync(4);
        app.Sidecar.Telemetry.IsCutOff = false;
        AskedCommand asked;
        do
        {
            asked = await app.Sidecar.Telemetry.NextAsync();
        }
        while (asked.Device != "siren-1");
        asked.Command.Name.ShouldBe("silence");
    }

    [Fact]
    public async Task Run_WhenManyCommandsAreFollowed_StillPlansWhatIsNew()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync("--Alerts:Actuators:PollSeconds=0.02", "--Delivery:PollSeconds=0.05");
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.NextCommandsAsync(1);
        await using (var connection = await app.Database.OpenAsync())
        {
            // On their way to a hundred and fifty devices: by the time that all were asked after, the first are due again.
            foreach (var number in Enumerable.Range(0, 150))
            {
                await connection.ExecuteAsync($"""
                    INSERT INTO delivery (sequence, subscription_id, municipality, channel, rank, state, attempts, next_at, lease, maybe_arrived, queued_at)
                    SELECT sequence, 'device:x-{number}', municipality, channel, rank, 'sending', 1, queued_at, 'command-1', maybe_arrived, queued_at FROM delivery WHERE subscription_id = 'device:sign-1'
                    """);
            }
        }

        await app.RaiseAsync(TestTown.Level4, minute: 1);
        (await app.NextCommandsAsync(2))["siren-1"].Command.Name.ShouldBe("sound");
    }

    private static async Task UpdateAsync(AlertsApp app, string id)
    {
        using var update = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{id}/update"), Officer,
            new { info = new[] { new { language = "ja", headline = "北小学校へ避難" } } });
        update.StatusCode.ShouldBe(HttpStatusCode.OK, await update.Content.ReadAsStringAsync());
    }
}
