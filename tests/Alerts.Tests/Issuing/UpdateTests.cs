using System.Net;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Reading;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Alerts.Tests.Import;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Issuing;

public sealed class UpdateTests
{
    private static readonly string Officer = TestTokens.For("officer-uozu", "officer", TestTown.Uozu);
    private static readonly string SecondOfficer = TestTokens.For("officer-uozu-2", "officer", TestTown.Uozu);

    [Fact]
    public async Task Update_WhenTheLevelRises_IsSentAtOnceAndHeld()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = await app.OneActiveAsync();

        using var response = await UpdateAsync(app, first.Id, new { level = 4, reason = "橋の上から確認" });
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var update = await app.OneActiveAsync();
        (update.Level, update.MsgType, update.AlertId, update.Info[0].LevelName).ShouldBe((4, "Update", first.Id, "避難指示"));
        update.Info[0].AreaDescription.ShouldBe(first.Info[0].AreaDescription);
        var cap = await app.CapAsync(update.Id);
        cap.References.ShouldBe([first.Id]);
        (cap["note"], cap.InfoOf("ja-JP", "severity")).ShouldBe(("橋の上から確認", "Severe"));

        // A person answers for this level: neither does a sensor that falls end it, nor one that rises to less lower it.
        await app.ClearAsync(TestTown.Level3, minute: 1);
        (await app.OneActiveAsync()).Id.ShouldBe(update.Id);
        await app.RaiseAsync(TestTown.Level3, minute: 2);
        (await app.OneActiveAsync()).Id.ShouldBe(update.Id);
    }

    [Fact]
    public async Task Update_WhenTheLevelFalls_WaitsForASecondPerson()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        var first = await app.OneActiveAsync();
        using var response = await UpdateAsync(app, first.Id, new { level = 3 });
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var draft = await AlertsApp.ReadAsync<DraftView>(response);
        (draft.Updates, draft.Level, draft.Status).ShouldBe((first.Id, 3, DraftStatus.Pending));
        (await app.OneActiveAsync()).Level.ShouldBe(4);

        using var own = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), Officer);
        (await AlertsApp.ProblemAsync(own, HttpStatusCode.Forbidden)).ShouldBe("second-person-needed");
        using var approved = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), SecondOfficer);
        approved.StatusCode.ShouldBe(HttpStatusCode.OK, await approved.Content.ReadAsStringAsync());
        var update = await app.OneActiveAsync();
        (update.Level, update.AlertId).ShouldBe((3, first.Id));
    }

    [Fact]
    public async Task Approve_WhenTheAlertRoseMeanwhile_IsRefused()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        using var response = await UpdateAsync(app, (await app.OneActiveAsync()).Id, new { level = 2 });
        var draft = await AlertsApp.ReadAsync<DraftView>(response);
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        using var approved = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), SecondOfficer);
        (await AlertsApp.ProblemAsync(approved, HttpStatusCode.Conflict)).ShouldBe("alert-has-changed");
        (await app.OneActiveAsync()).Level.ShouldBe(4);
    }

    [Fact]
    public async Task Update_WhenAnOfficerLowersAlone_NeedsAReasonThatStays()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        var first = await app.OneActiveAsync();
        using var silent = await UpdateAsync(app, first.Id, new { level = 3, withoutSecondPerson = true });
        (await AlertsApp.ProblemAsync(silent, HttpStatusCode.UnprocessableEntity)).ShouldBe("reason-missing");
        using var response = await UpdateAsync(app, first.Id, new { level = 3, withoutSecondPerson = true, reason = "計器の故障" });
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.OneActiveAsync()).Level.ShouldBe(3);
        (await app.Database.ColumnAsync("SELECT reason FROM alert_message WHERE msg_type = 'Update'")).ShouldBe(["計器の故障"]);
        // Wherever it is told that somebody published alone, this is.
        var alone = (await app.GetAsync<AlertHistory>(AlertsApp.Town(first.Id + "/history"), Officer)).Alone.ShouldHaveSingleItem();
        (alone.By, alone.Reason).ShouldBe(("officer-uozu", "計器の故障"));
        (await app.Sidecar.NextRecordAsync()).Operation.ShouldBe("alert.lower-alone");
    }

    [Fact]
    public async Task Update_WhenADrillIsLoweredAlone_IsRefused()
    {
        await using var app = await AlertsApp.StartAsync();
        using var written = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), Officer, new { level = 4, hazard = "flood", status = "Exercise" });
        using var approved = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{(await AlertsApp.ReadAsync<DraftView>(written)).Id}/approve"), SecondOfficer);
        var id = (await AlertsApp.ReadAsync<DraftView>(approved)).AlertId!;
        using var response = await UpdateAsync(app, id, new { level = 2, withoutSecondPerson = true, reason = "速く" });
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.Forbidden)).ShouldBe("second-person-needed");
        (await app.OneActiveAsync()).Level.ShouldBe(4);
    }

    [Fact]
    public async Task Act_WhenTheAlertIsNotTheOneThatWasSeen_ChangesNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var seen = (await app.OneActiveAsync()).Id;
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        using var update = await UpdateAsync(app, seen, new { level = 5, ifNewest = seen });
        (await AlertsApp.ProblemAsync(update, HttpStatusCode.Conflict)).ShouldBe("alert-has-changed");
        using var cancel = await app.SendAsync(HttpMethod.Post, AlertsApp.Town(seen + "/cancel"), Officer, new { reason = "over", ifNewest = seen });
        (await AlertsApp.ProblemAsync(cancel, HttpStatusCode.Conflict)).ShouldBe("alert-has-changed");
        var now = await app.OneActiveAsync();
        now.Level.ShouldBe(4);
        using var done = await app.SendAsync(HttpMethod.Post, AlertsApp.Town(seen + "/cancel"), Officer, new { reason = "over", ifNewest = now.Id });
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Update_WhenOnlyWordsOrTimeChange_KeepsTheRest()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = await app.OneActiveAsync();
        using var response = await UpdateAsync(app, first.Id, new { expiresAfterSeconds = 100_000, info = new[] { new { language = "ja", instruction = "北小学校へ" } } });
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var update = await app.OneActiveAsync();
        (update.Level, update.Info[0].Instruction, update.Info[0].Headline, update.Info[1]).ShouldBe((3, "北小学校へ", first.Info[0].Headline, first.Info[1]));
        update.Expires.ShouldBeGreaterThan(first.Expires);
        using var shorter = await UpdateAsync(app, first.Id, new { expiresAfterSeconds = 60 });
        shorter.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Update_WhenItCannotBe_SaysWhy()
    {
        await using var app = await AlertsApp.StartAsync();
        var foreign = await app.ImportAsync(CapSample.Alert("storm-1", app.Clock.GetUtcNow()));
        foreach (var (id, body, status, problem) in new (string, object, HttpStatusCode, string)[]
        {
            (foreign.Id, new { level = 4 }, HttpStatusCode.Conflict, "alert-of-another-authority"),
            ("nothing", new { level = 4 }, HttpStatusCode.NotFound, "unknown-alert"),
            (foreign.Id, new { }, HttpStatusCode.UnprocessableEntity, "nothing-to-change"),
            (foreign.Id, new { level = 6 }, HttpStatusCode.UnprocessableEntity, "level-unknown"),
            (foreign.Id, new { expiresAfterSeconds = 1 }, HttpStatusCode.UnprocessableEntity, "expiry-out-of-range"),
        })
        {
            using var response = await UpdateAsync(app, id, body);
            (await AlertsApp.ProblemAsync(response, status)).ShouldBe(problem);
        }
    }

    private static Task<HttpResponseMessage> UpdateAsync(AlertsApp app, string id, object body)
        => app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{id}/update"), Officer, body);
}
