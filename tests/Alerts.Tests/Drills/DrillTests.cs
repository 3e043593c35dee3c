using System.Net;
using SmartCity.Alerts.Reports;
using SmartCity.Alerts.Tests.Delivery;
using SmartCity.Alerts.Tests.Delivery.Receivers;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Drills;

public sealed class DrillTests
{
    [Fact]
    public async Task Drill_WhenTwoPersonsAgreed_RunsToItsEndAndReachesOnlyWhoWantsDrills()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DrillApp.StartAsync();
        await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, "/drills") }, drills = true });
        await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, "/real") } });
        var drill = await app.RunAsync();
        (drill.State, drill.PlannedBy, drill.DecidedBy).ShouldBe(("Running", "planner", "approver"));

        var first = (await app.DrillWhenAsync(drill.Id, now => now.HasIssued(1))).Steps[0].MessageId!;
        await app.DeliveryWhenAsync(first, "confirmed");
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        var second = (await app.DrillWhenAsync(drill.Id, now => now.HasIssued(2))).Steps[1].MessageId!;
        await app.DeliveryWhenAsync(second, "confirmed");
        var shown = await app.OneActiveAsync();
        (shown.Status, shown.Level, shown.MsgType).ShouldBe(("Exercise", 4, "Update"));
        shown.Info.ShouldAllBe(info => info.Headline.StartsWith('【') || info.Headline.StartsWith('['));
        (await app.CapAsync(second))["status"].ShouldBe("Exercise");
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        var ended = await app.DrillWhenAsync(drill.Id, now => now.ReportedAt is not null);

        (ended.State, ended.EndedWhy).ShouldBe(("Ended", "script"));
        (await app.ActiveAsync()).ShouldBeEmpty();
        receiver.All.ShouldAllBe(received => received.Path == "/drills");
        receiver.All.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Report_WhenTheDrillHasEnded_IsKeptAsItWas()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        receiver.Answer(received => received.Path == "/refuses" ? 403 : 200);
        await using var app = await DrillApp.StartAsync();
        foreach (var path in (string[])["/a", "/refuses"])
        {
            await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, path) }, drills = true });
        }

        var drill = await app.RunAsync(new object[] { new { afterSeconds = 0, level = 4 }, new { afterSeconds = 60 } });
        await app.DeliveriesWhenAsync((await app.DrillWhenAsync(drill.Id, now => now.HasIssued(1))).Steps[0].MessageId!, rows => rows.Count == 2 && rows.All(row => row.Status is "confirmed" or "failed"));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.DrillWhenAsync(drill.Id, now => now.ReportedAt is not null);
        var report = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/{drill.Id}"), DrillApp.Planner);
        await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, "/late") }, drills = true });
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        var again = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/{drill.Id}"), DrillApp.Planner);

        (report.Kind, report.IsExercise, report.Drill!.State, report.Messages.Count).ShouldBe(("drill", true, "Ended", 2));
        (report.People.Recipients, report.People.Reached, report.People.Missed).ShouldBe((2, 1, 1));
        (report.Messages[0].Source, report.Messages[0].DraftedBy, report.Messages[0].ApprovedBy).ShouldBe(("drill", "planner", "approver"));
        (again.AsOf, again.Drill!.AllSubscriptions, again.Later!.Delivered).ShouldBe((report.AsOf, 2, 0));
        report.Summary[0].Code.ShouldBe("was-exercise");
    }

    [Fact]
    public async Task Approve_WhenByThePlanner_IsRefusedAndNothingBegins()
    {
        await using var app = await DrillApp.StartAsync();
        var drill = await app.PlanAsync();
        using var refused = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drills/{drill.Id}/approve"), DrillApp.Planner);
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.Forbidden)).ShouldBe("second-person-needed");
        (await app.GetAsync<DrillView>(AlertsApp.Town($"drills/{drill.Id}"), DrillApp.Planner)).State.ShouldBe("Planned");
        (await app.ActAsync(drill.Id, "reject", DrillApp.Approver, new { reason = "not now" })).State.ShouldBe("Rejected");
        using var late = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drills/{drill.Id}/approve"), DrillApp.Approver);
        (await AlertsApp.ProblemAsync(late, HttpStatusCode.Conflict)).ShouldBe("drill-already-decided");
    }

    [Fact]
    public async Task Stop_WhenItRuns_EndsWithACancelOfStatusExercise()
    {
        await using var app = await DrillApp.StartAsync();
        var drill = await app.RunAsync(safetyCheck: true);
        var message = (await app.DrillWhenAsync(drill.Id, now => now.HasIssued(1))).Steps[0].MessageId!;
        (await app.GetAsync<SafetyState>(AlertsApp.Town("safety-check"))).IsExercise.ShouldBeTrue();
        var stopped = await app.ActAsync(drill.Id, "stop", DrillApp.Planner, new { reason = "雨が強い" });

        (stopped.State, stopped.EndedWhy, stopped.EndedBy).ShouldBe(("Stopped", "officer", "planner"));
        stopped.Steps.Select(step => (step.State, step.Why)).ShouldBe([("Issued", null), ("Skipped", "drill-over"), ("Skipped", "drill-over")]);
        var last = await app.GetAsync<AlertView>(AlertsApp.Town(message));
        (last.Status, last.CancelledAt is not null).ShouldBe(("Exercise", true));
        (await app.GetAsync<SafetyState>(AlertsApp.Town("safety-check"))).IsOpen.ShouldBeFalse();
        (await app.ActAsync(drill.Id, "stop", DrillApp.Approver)).EndedBy.ShouldBe("planner");
        var report = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/{drill.Id}"), DrillApp.Planner);
        report.Messages.Select(one => one.MsgType).ShouldBe(["Alert", "Cancel"]);
        report.Summary.ShouldContain(finding => finding.Code == "stopped-by-officer");
    }

    [Fact]
    public async Task Drill_WhenARealAlertArrives_StopsAtOnceAndSaysSo()
    {
        await using var receiver = await HttpReceiver.StartAsync();
        await using var app = await DrillApp.StartAsync();
        await app.SubscribeAsync(new { addresses = new[] { DeliveryApp.Webhook(receiver, "/drills") }, drills = true });
        var drill = await app.RunAsync();
        var first = (await app.DrillWhenAsync(drill.Id, now => now.HasIssued(1))).Steps[0].MessageId!;
        await app.DeliveryWhenAsync(first, "confirmed");
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var stopped = await app.DrillWhenAsync(drill.Id, now => now.State == "Stopped");

        var real = await app.OneActiveAsync();
        (real.Status, stopped.EndedWhy, stopped.Reason).ShouldBe(("Actual", "actual-alert", real.AlertId));
        await app.DrillWhenAsync(drill.Id, now => now.ReportedAt is not null);
        var report = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/{drill.Id}"), DrillApp.Planner);
        report.Summary.ShouldContain(finding => finding.Code == "stopped-by-alert");
        // It waited for the cancel, too, to go out.
        report.Messages.Select(message => (message.MsgType, message.Channels.Sum(channel => channel.Confirmed))).ShouldBe([("Alert", 1), ("Cancel", 1)]);
        report.Messages.ShouldAllBe(message => message.Status == "Exercise");
    }

    [Fact]
    public async Task Drill_WhenTheServiceWasDown_LeavesOutWhatIsTooLateAndRepeatsNothing()
    {
        await using var app = await DrillApp.StartAsync();
        var drill = await app.PlanAsync(startsAt: app.Clock.GetUtcNow().AddMinutes(5));
        (await app.ActAsync(drill.Id, "approve", DrillApp.Approver)).State.ShouldBe("Approved");
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await app.DrillWhenAsync(drill.Id, now => now.HasIssued(1));
        await app.RestartAsync(() =>
        {
            app.Clock.Advance(TimeSpan.FromMinutes(20));
            return Task.CompletedTask;
        });
        var skipped = await app.DrillWhenAsync(drill.Id, now => now.Steps[1].State == "Skipped");
        (skipped.Steps[1].Why, skipped.Steps[0].State, skipped.State).ShouldBe(("too-late", "Issued", "Running"));
        skipped.Steps[1].LateSeconds!.Value.ShouldBeInRange(600, 640);
        // The all-clear comes however late it is.
        app.Clock.Advance(TimeSpan.FromHours(1));
        (await app.DrillWhenAsync(drill.Id, now => now.State == "Ended")).Steps[2].State.ShouldBe("Issued");
        var report = await app.GetAsync<AfterActionReport>(AlertsApp.Town($"reports/{drill.Id}"), DrillApp.Planner);
        report.Messages.Select(message => message.MsgType).ShouldBe(["Alert", "Cancel"]);
        report.Improvements.ShouldContain(finding => finding.Code == "steps-too-late");
    }

    [Fact]
    public async Task Drill_WhenAsked_IsTheTownsOfficersOnly()
    {
        await using var app = await DrillApp.StartAsync();
        var drill = await app.PlanAsync();
        var path = AlertsApp.Town($"drills/{drill.Id}");
        using var clerk = await app.SendAsync(HttpMethod.Get, path, TestTokens.For("c", "clerk", TestTown.Uozu));
        clerk.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var stranger = await app.SendAsync(HttpMethod.Get, AlertsApp.Town($"drills/{drill.Id}", TestTown.Nyuzen), DeliveryApp.Officer(TestTown.Nyuzen));
        (await AlertsApp.ProblemAsync(stranger, HttpStatusCode.NotFound)).ShouldBe("unknown-drill");
    }
}
