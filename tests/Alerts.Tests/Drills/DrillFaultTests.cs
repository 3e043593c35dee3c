using System.Net;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Drills;

/// <summary>Drills among real alerts, officers' own acts and faults.</summary>
public sealed class DrillFaultTests
{
    [Fact]
    public async Task Approve_WhenAGraveAlertIsInForce_AnnouncesNothing()
    {
        await using var app = await DrillApp.StartAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        var real = await app.OneActiveAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(5));
        var drill = await app.RunAsync();
        var over = await app.DrillWhenAsync(drill.Id, now => now.State == "Stopped");

        (over.EndedWhy, over.Reason, over.AlertId).ShouldBe(("actual-alert", real.AlertId, null));
        over.Steps.ShouldAllBe(step => step.Why == "drill-over");
        (await app.OneActiveAsync()).Id.ShouldBe(real.Id);
    }

    [Fact]
    public async Task Drill_WhenAnOfficerCancelsItsAlertByHand_EndsAndAnnouncesNothingMore()
    {
        await using var app = await DrillApp.StartAsync();
        var drill = await app.RunAsync();
        var first = (await app.DrillWhenAsync(drill.Id, now => now.HasIssued(1))).Steps[0].MessageId!;
        using var cancelled = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{first}/cancel"), DrillApp.Approver, new { reason = "雨が強い" });
        cancelled.StatusCode.ShouldBe(HttpStatusCode.OK, await cancelled.Content.ReadAsStringAsync());
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        var over = await app.DrillWhenAsync(drill.Id, now => now.State != "Running");

        (over.State, over.EndedWhy, over.EndedBy).ShouldBe(("Stopped", "officer", "approver"));
        over.HasIssued(1).ShouldBeTrue();
        (await app.ActiveAsync()).ShouldBeEmpty();
        (await app.Database.ColumnAsync("SELECT msg_type FROM alert_message ORDER BY sent, id")).ShouldBe(["Alert", "Cancel"], ignoreOrder: true);
    }

    [Fact]
    public async Task Drill_WhenAnotherIsDamaged_GoesOn()
    {
        await using var app = await DrillApp.StartAsync();
        var damaged = await app.PlanAsync();
        await app.Database.ExecuteAsync($"UPDATE drill_step SET info = 'damaged' WHERE drill_id = '{damaged.Id}'");
        await app.Database.ExecuteAsync($"UPDATE drill SET state = 'Running', started_at = planned_at WHERE id = '{damaged.Id}'");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var drill = await app.RunAsync();
        (await app.DrillWhenAsync(drill.Id, now => now.HasIssued(1))).State.ShouldBe("Running");
        // The damaged one was looked at before, and is again: neither ends the service.
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        (await app.DrillWhenAsync(drill.Id, now => now.HasIssued(2))).State.ShouldBe("Running");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("Nothing")]
    public async Task List_WhenTheStateIsNotKnown_SaysWhichAre(string state)
    {
        await using var app = await DrillApp.StartAsync();
        using var refused = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("drills?state=" + state), DrillApp.Planner);
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.BadRequest)).ShouldBe("state-unknown");
    }

    [Fact]
    public async Task Plan_WhenATextIsNull_IsRefused()
    {
        await using var app = await DrillApp.StartAsync();
        using var refused = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drills"), DrillApp.Planner,
            new { name = "洪水訓練", hazard = "flood", steps = new[] { new { afterSeconds = 0, level = 3, info = new object?[] { null } } } });
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.UnprocessableEntity)).ShouldBe("drill-script-not-usable");
    }
}
