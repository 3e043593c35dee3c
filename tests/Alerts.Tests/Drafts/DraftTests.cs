using System.Net;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Drafts;

public sealed class DraftTests
{
    private static readonly string Officer = TestTokens.For("officer-uozu", "officer", TestTown.Uozu);
    private static readonly string SecondOfficer = TestTokens.For("officer-uozu-2", "officer", TestTown.Uozu);

    [Fact]
    public async Task Approve_WhenARuleAsked_PublishesAndRecordsWho()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.SlopeDraft, minute: 0);
        (await app.ActiveAsync()).ShouldBeEmpty();
        var draft = await OnlyDraftAsync(app);
        draft.Status.ShouldBe(DraftStatus.Pending);

        var approved = await ActAsync(app, draft, "approve", Officer);
        approved.DecidedBy.ShouldBe("officer-uozu");
        approved.DecidedAt.ShouldNotBeNull();
        var alert = await app.OneActiveAsync();
        alert.AlertId.ShouldBe(approved.AlertId);
        alert.Hazard.ShouldBe("landslide");
        (await app.CapAsync(alert.Id)).InfoOf("ja-JP", "headline").ShouldContain("高齢者等避難");

        using var again = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), SecondOfficer);
        (await AlertsApp.ProblemAsync(again, HttpStatusCode.Conflict)).ShouldBe("draft-already-decided");
    }

    [Fact]
    public async Task Approve_WhenALowerAlertIsInForce_UpdatesIt()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = await app.OneActiveAsync();
        await app.RaiseAsync(TestTown.Level5Draft, minute: 5);
        (await app.OneActiveAsync()).Level.ShouldBe(3);

        await ActAsync(app, await OnlyDraftAsync(app), "approve", Officer);

        var update = await app.OneActiveAsync();
        update.Level.ShouldBe(5);
        update.AlertId.ShouldBe(first.Id);
        update.Info[0].LevelName.ShouldBe("緊急安全確保");
        await app.ClearAsync(TestTown.Level5Draft, minute: 10);
        (await app.OneActiveAsync()).Level.ShouldBe(3);
    }

    [Fact]
    public async Task Clear_WhenTheDraftWaits_WithdrawsIt()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.SlopeDraft, minute: 0);
        await app.ClearAsync(TestTown.SlopeDraft, minute: 1);
        var draft = await OnlyDraftAsync(app);
        draft.Status.ShouldBe(DraftStatus.Withdrawn);
        using var late = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), Officer);
        (await AlertsApp.ProblemAsync(late, HttpStatusCode.Conflict)).ShouldBe("draft-already-decided");
    }

    [Fact]
    public async Task Reject_WhenTheRuleStaysRaised_PublishesNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.SlopeDraft, minute: 0);
        var draft = await OnlyDraftAsync(app);
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/reject"), Officer, new { reason = "計器の点検中" });
        var rejected = await AlertsApp.ReadAsync<DraftView>(response);
        rejected.Status.ShouldBe(DraftStatus.Rejected);
        rejected.Reason.ShouldBe("計器の点検中");
        await app.ClearAsync(TestTown.SlopeDraft, minute: 5);
        (await app.ActiveAsync()).ShouldBeEmpty();
        app.Sidecar.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Approve_WhenAPersonWroteIt_NeedsAnother()
    {
        await using var app = await AlertsApp.StartAsync();
        var draft = await WriteAsync(app, new { level = 4, hazard = "landslide", info = new[] { new { language = "ja", headline = "裏山で土砂崩れのおそれ" } } });

        using var own = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), Officer);
        (await AlertsApp.ProblemAsync(own, HttpStatusCode.Forbidden)).ShouldBe("second-person-needed");
        (await app.ActiveAsync()).ShouldBeEmpty();

        await ActAsync(app, draft, "approve", SecondOfficer);
        var alert = await app.OneActiveAsync();
        alert.Info[0].Headline.ShouldBe("裏山で土砂崩れのおそれ");
        alert.Info[1].LevelName.ShouldBe("Evacuation Order");
        (await app.CapAsync(alert.Id)).InfoOf("ja-JP", "headline").ShouldBe("裏山で土砂崩れのおそれ");
    }

    [Fact]
    public async Task Write_WhenSomethingIsWrong_SavesNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        foreach (var (body, problem) in new (object, string)[]
        {
            (new { level = 4, hazard = "flood", info = new[] { new { language = "ja", description = "番号 1234-5678-9018 の方へ" } } }, "my-number-refused"),
            (new { level = 4, hazard = "flood", info = new[] { new { language = "ja", headline = "\u0000" } } }, "text-not-readable"),
            (new { level = 4, hazard = "flood", info = new[] { new { language = "ja", headline = new string('x', 4001) } } }, "text-too-long"),
            (new { level = 6, hazard = "flood" }, "level-unknown"),
            (new { level = 4, hazard = "godzilla" }, "hazard-unknown"),
            (new { level = 4, hazard = "flood", expiresAfterSeconds = 1 }, "expiry-out-of-range"),
        })
        {
            using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), Officer, body);
            (await AlertsApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe(problem);
            (await response.Content.ReadAsStringAsync()).ShouldNotContain("5678");
        }

        (await app.GetAsync<Page<DraftView>>(AlertsApp.Town("drafts"), Officer)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_WhenAskedForPages_GivesEachDraftOnce()
    {
        await using var app = await AlertsApp.StartAsync();
        var written = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            written.Add((await WriteAsync(app, new { level = 2, hazard = "flood" })).Id);
        }

        var read = new List<string>();
        string? next = null;
        do
        {
            var page = await app.GetAsync<Page<DraftView>>(AlertsApp.Town($"drafts?limit=2&status=Pending&after={next}"), Officer);
            read.AddRange(page.Items.Select(draft => draft.Id));
            next = page.Next;
        }
        while (next is not null);
        read.ShouldBe(written, ignoreOrder: true);
    }

    [Fact]
    public async Task Cancel_WhenAnOfficerDoes_EndsTheAlertUntilTheRuleRisesAgain()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var alert = await app.OneActiveAsync();

        using var refused = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{alert.Id}/cancel"), Officer, new { reason = "123456789018" });
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.UnprocessableEntity)).ShouldBe("my-number-refused");
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{alert.Id}/cancel"), Officer, new { reason = "計器の故障" });
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cancel = await app.CapAsync((await AlertsApp.ReadAsync<AlertView>(response)).Id);
        cancel["msgType"].ShouldBe("Cancel");
        cancel["note"].ShouldBe("計器の故障");
        cancel.References.ShouldBe([alert.Id]);

        (await app.ActiveAsync()).ShouldBeEmpty();
        using var again = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"{alert.Id}/cancel"), Officer, new { reason = "計器の故障" });
        (await AlertsApp.ProblemAsync(again, HttpStatusCode.Conflict)).ShouldBe("alert-not-in-force");
        await app.ClearAsync(TestTown.Level3, minute: 5);
        await app.RaiseAsync(TestTown.Level3, minute: 6);
        (await app.OneActiveAsync()).AlertId.ShouldNotBe(alert.Id);
    }

    private static async Task<DraftView> OnlyDraftAsync(AlertsApp app)
        => (await app.GetAsync<Page<DraftView>>(AlertsApp.Town("drafts"), Officer)).Items.ShouldHaveSingleItem();

    private static async Task<DraftView> WriteAsync(AlertsApp app, object body)
    {
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), Officer, body);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await AlertsApp.ReadAsync<DraftView>(response);
    }

    private static async Task<DraftView> ActAsync(AlertsApp app, DraftView draft, string act, string token)
    {
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/{act}"), token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await AlertsApp.ReadAsync<DraftView>(response);
    }
}
