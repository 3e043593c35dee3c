using System.Net;
using System.Text.Json;
using SmartCity.Alerts.Delivery.Reach;
using SmartCity.Alerts.Reports;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Actuators;

/// <summary>Sirens and signs follow alerts where the town's manifest says so, and nowhere else.</summary>
public sealed class ActuatorTests
{
    private static readonly string Officer = TestTokens.For("sato", "officer", TestTown.Uozu);
    private static readonly string Second = TestTokens.For("suzuki", "officer", TestTown.Uozu);

    private static readonly string[] Quick = ["--Alerts:Actuators:PollSeconds=0.05", "--Delivery:PollSeconds=0.05"];

    [Fact]
    public async Task Issue_WhenItConcernsASirenAndASign_TellsThemAndEndsIt()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        var alert = await app.OneActiveAsync();
        var begun = await NextAsync(app, 2);
        // Not the far siren, and not the one of the other town.
        begun.Keys.ShouldBe(["sign-1", "siren-1"]);
        begun.Values.ShouldAllBe(asked => asked.Municipality == TestTown.Uozu && asked.Command.Service == "alerts" && asked.Command.ApprovedBy == null);
        (begun["siren-1"].Command.Name, begun["siren-1"].Argument("durationSeconds"), begun["siren-1"].Argument("pattern")).ShouldBe(("sound", "60", "alarm"));
        (begun["sign-1"].Command.Name, begun["sign-1"].Argument("text")).ShouldBe(("show", "【警戒レベル4 避難指示】魚津市：河川増水。危険な場所から…"));
        begun["sign-1"].Argument("text").Length.ShouldBe(30);
        app.Sidecar.Telemetry.Set(begun["siren-1"], "Acknowledged");
        app.Sidecar.Telemetry.Set(begun["sign-1"], "Expired");
        await app.DeliveriesAsync(alert.Id, Officer, ["device:sign-1 sign failed device-silent", "device:siren-1 siren confirmed "]);
        var reach = await app.GetAsync<ReachView>(AlertsApp.Town($"{alert.Id}/reach"), Officer);
        (reach.Recipients, reach.Reached, reach.P50Milliseconds).ShouldBe((0, 0, null));
        reach.Channels.Select(channel => (channel.Channel, channel.Confirmed, channel.Failed)).ShouldBe([("sign", 0, 1), ("siren", 1, 0)]);
        // The report tells of them, and counts them among nobody's people.
        var report = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/{alert.Id}"), Officer);
        report.Channels.Select(channel => (channel.Channel, channel.IsDevices, channel.Confirmed, channel.Failed)).ShouldBe([("sign", true, 0, 1), ("siren", true, 1, 0)]);
        (report.People.Recipients, report.People.Reached, report.People.Missed, report.People.Times, report.People.NotReached.Count).ShouldBe((0, 0, 0, null, 0));
        using var csv = await app.SendAsync(HttpMethod.Get, AlertsApp.Town($"reports/{alert.Id}.csv"), Officer);
        (await csv.Content.ReadAsStringAsync()).ShouldContain("\"devices\",\"\",\"siren\"");

        await app.ClearAsync(TestTown.Level4, minute: 30);
        var ended = await NextAsync(app, 2);
        (ended["sign-1"].Command.Name, ended["siren-1"].Command.Name).ShouldBe(("clear", "silence"));
        app.Sidecar.Telemetry.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Update_WhenItBecomesWorse_ReplacesWordsAndSoundsOnlyThen()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = await NextAsync(app, 1);
        first.Keys.ShouldBe(["sign-1"]);
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        var worse = await NextAsync(app, 2);
        worse.Keys.ShouldBe(["sign-1", "siren-1"]);
        worse["sign-1"].Argument("text").ShouldStartWith("【警戒レベル4");
        using var update = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{(await app.OneActiveAsync()).Id}/update"), Officer,
            new { info = new[] { new { language = "ja", headline = "北小学校へ避難" } } });
        update.StatusCode.ShouldBe(HttpStatusCode.OK);
        var words = await NextAsync(app, 1);
        (words["sign-1"].Command.Name, words["sign-1"].Argument("text")).ShouldBe(("show", "北小学校へ避難"));
        await app.PlannedAsync(3);
        app.Sidecar.Telemetry.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("Exercise", false)]
    [InlineData("Test", true)]
    public async Task Approve_WhenItIsADrillThatDoesNotSaySo_MovesNothing(string status, bool sirens)
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        await DrillAsync(app, status, sirens);
        await app.PlannedAsync(1);
        app.Sidecar.Telemetry.Count.ShouldBe(0);
        (await app.Database.ColumnAsync("SELECT channel FROM delivery")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Approve_WhenADrillSaysSo_IsMarkedAndNamesTheSecondOfficer()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        await DrillAsync(app, "Exercise", sirens: true);
        var begun = await NextAsync(app, 3);
        begun["sign-1"].Argument("text").ShouldStartWith("【訓練】");
        begun["siren-1"].Argument("pattern").ShouldBe("test");
        begun.Values.ShouldAllBe(asked => asked.Command.ApprovedBy == "suzuki" && asked.Command.Reason.StartsWith("Exercise alert ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Drill_WhenItsPlanSaysSo_IsHeardMarkedAndNamesTheSecondOfficer(bool sirens)
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync([.. Quick, "--Alerts:Drills:PollSeconds=0.05"]);
        using var planned = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drills"), Officer,
            new { name = "訓練", hazard = "flood", sirens, steps = new object[] { new { afterSeconds = 0, level = 4 } } });
        planned.StatusCode.ShouldBe(HttpStatusCode.Created, await planned.Content.ReadAsStringAsync());
        using var approved = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drills/{(await AlertsApp.ReadAsync<DrillView>(planned)).Id}/approve"), Second);
        approved.StatusCode.ShouldBe(HttpStatusCode.OK, await approved.Content.ReadAsStringAsync());
        if (sirens)
        {
            var begun = await NextAsync(app, 3);
            begun["sign-1"].Argument("text").ShouldStartWith("【訓練】");
            begun["siren-1"].Argument("pattern").ShouldBe("test");
            begun.Values.ShouldAllBe(asked => asked.Command.ApprovedBy == "suzuki");
        }
        else
        {
            await app.PlannedAsync(1);
            app.Sidecar.Telemetry.Count.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Send_WhenTelemetryIsAwayOrItsAnswerIsLost_IsOneCommandInTheEnd()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        app.Sidecar.Telemetry.IsDown = true;
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var alert = await app.OneActiveAsync();
        await app.DeliveriesAsync(alert.Id, Officer, ["device:sign-1 sign queued telemetry-503"]);
        // The row is there and no command: the process dies, and goes on from the row.
        await app.RestartAsync();
        app.Sidecar.Telemetry.LoseAnswers(2);
        app.Sidecar.Telemetry.IsDown = false;
        var asked = (await NextAsync(app, 1))["sign-1"];
        await app.DeliveriesAsync(alert.Id, Officer, ["device:sign-1 sign sending "]);
        // The command is there, and its id in the row: a death after it finds both.
        await app.RestartAsync();
        app.Sidecar.Telemetry.Set(asked, "Acknowledged");
        await app.DeliveriesAsync(alert.Id, Officer, ["device:sign-1 sign confirmed "]);
        app.Sidecar.Telemetry.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_WhenADeviceIsAwayAndTheAlertIsReplaced_TellsTheNewestOnly()
    {
        await using var app = await AlertsApp.StartWithActuatorsAsync(Quick);
        app.Sidecar.Telemetry.IsDown = true;
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = await app.OneActiveAsync();
        await app.DeliveriesAsync(first.Id, Officer, ["device:sign-1 sign queued telemetry-503"]);
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        await app.PlannedAsync(2);
        app.Sidecar.Telemetry.IsDown = false;
        (await NextAsync(app, 2))["sign-1"].Argument("text").ShouldStartWith("【警戒レベル4");
        await app.DeliveriesAsync(first.Id, Officer, ["device:sign-1 sign superseded "], ignoreWhy: true);
        app.Sidecar.Telemetry.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Issue_WhenTheManifestSaysNothing_MovesNothing()
    {
        await using var app = await AlertsApp.StartAsync(null, Quick);
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        await app.DeliverAsync(AlertsApp.Threshold(TestTown.Level3, SmartCity.Contracts.Events.ThresholdTransition.Raised, 0, municipality: TestTown.Nyuzen));
        await app.PlannedAsync(2);
        app.Sidecar.Telemetry.Count.ShouldBe(0);
        (await app.Database.ColumnAsync("SELECT channel FROM delivery")).ShouldBeEmpty();
    }

    private static Task<SortedDictionary<string, AskedCommand>> NextAsync(AlertsApp app, int count) => app.NextCommandsAsync(count);

    private static async Task DrillAsync(AlertsApp app, string status, bool sirens)
    {
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), Officer, new { level = 4, hazard = "flood", status, sirens });
        var draft = await AlertsApp.ReadAsync<JsonElement>(response);
        draft.GetProperty("sirens").GetBoolean().ShouldBe(sirens);
        using var approval = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.GetProperty("id").GetString()}/approve"), Second);
        approval.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
