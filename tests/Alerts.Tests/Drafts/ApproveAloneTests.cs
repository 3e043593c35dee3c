using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Reading;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Drafts;

/// <summary>An officer who is alone at night publishes what they wrote, and says why.</summary>
public sealed class ApproveAloneTests
{
    private const string Why = "当直一人。他の職員と連絡が取れない";
    private static readonly string Officer = TestTokens.For("officer-uozu", "officer", TestTown.Uozu);
    private static readonly string SecondOfficer = TestTokens.For("officer-uozu-2", "officer", TestTown.Uozu);

    [Fact]
    public async Task Approve_WhenTheWriterGivesAReason_PublishesAndKeepsThatOnRecord()
    {
        await using var app = await AlertsApp.StartAsync();
        var draft = await WriteAsync(app, new { level = 4, hazard = "flood" });
        using var response = await ApproveAsync(app, draft, Officer, Why);
        var approved = await AlertsApp.ReadAsync<DraftView>(response);
        (approved.Status, approved.WithoutSecondPerson, approved.Reason, approved.DecidedBy).ShouldBe((DraftStatus.Approved, true, Why, "officer-uozu"));
        var alert = await app.OneActiveAsync();
        alert.AlertId.ShouldBe(approved.AlertId);
        // What the officers say among themselves is nothing that residents read.
        (await app.CapAsync(alert.Id)).InfoOf("ja-JP", "description").ShouldNotContain(Why);

        var record = await app.Sidecar.NextRecordAsync();
        (record.Operation, record.Subject, record.PurposeText, record.Actor.Subject).ShouldBe(("draft.approve-alone", "draft/" + draft.Id, Why, "officer-uozu"));
        var history = await app.GetAsync<AlertHistory>(AlertsApp.Town(alert.Id + "/history"), Officer);
        history.Steps.ShouldHaveSingleItem().IssuedBy.ShouldBe("officer-uozu");
        var alone = history.Alone.ShouldHaveSingleItem();
        (alone.DraftId, alone.By, alone.Reason).ShouldBe((draft.Id, "officer-uozu", Why));

        using var again = await ApproveAsync(app, draft, Officer, Why);
        (await AlertsApp.ProblemAsync(again, HttpStatusCode.Conflict)).ShouldBe("draft-already-decided");
        (await app.ActiveAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Approve_WhenTheReasonIsNone_PublishesNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        var draft = await WriteAsync(app, new { level = 4, hazard = "flood" });
        foreach (var (reason, problem) in new[] { ("  ", "reason-missing"), ("番号 1234-5678-9018", "my-number-refused") })
        {
            using var refused = await ApproveAsync(app, draft, Officer, reason);
            (await AlertsApp.ProblemAsync(refused, HttpStatusCode.UnprocessableEntity)).ShouldBe(problem);
        }

        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Exercise")]
    [InlineData("Test")]
    public async Task Approve_WhenItIsADrill_StillNeedsAnother(string status)
    {
        await using var app = await AlertsApp.StartAsync();
        var draft = await WriteAsync(app, new { level = 4, hazard = "flood", status });
        using var refused = await ApproveAsync(app, draft, Officer, Why);
        (await AlertsApp.ProblemAsync(refused, HttpStatusCode.Forbidden)).ShouldBe("second-person-needed");
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Approve_WhenASecondPersonGivesAReason_IsAnApprovalLikeAnyOther()
    {
        await using var app = await AlertsApp.StartAsync();
        var draft = await WriteAsync(app, new { level = 4, hazard = "flood" });
        using var response = await ApproveAsync(app, draft, SecondOfficer, Why);
        var approved = await AlertsApp.ReadAsync<DraftView>(response);
        (approved.WithoutSecondPerson, approved.Reason).ShouldBe((false, null));
        app.Sidecar.HasMoreRecords.ShouldBeFalse();
    }

    [Theory]
    [InlineData("clerk", TestTown.Uozu)]
    [InlineData("resident", TestTown.Uozu)]
    [InlineData("officer", TestTown.Nyuzen)]
    public async Task Approve_WhenItIsNoOfficerOfTheTown_IsRefused(string role, string town)
    {
        await using var app = await AlertsApp.StartAsync();
        var draft = await WriteAsync(app, new { level = 4, hazard = "flood" });
        using var refused = await ApproveAsync(app, draft, TestTokens.For("somebody", role, town), Why);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Approve_WhenAnotherRejectedItMeanwhile_PublishesNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        var draft = await WriteAsync(app, new { level = 4, hazard = "flood" });
        using var rejected = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/reject"), SecondOfficer, new { reason = "誤り" });
        rejected.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var late = await ApproveAsync(app, draft, Officer, Why);
        (await AlertsApp.ProblemAsync(late, HttpStatusCode.Conflict)).ShouldBe("draft-already-decided");
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_WhenTheSameComesTwice_IsOneDraftAndWhatWasCorrectedAnother()
    {
        await using var app = await AlertsApp.StartAsync();
        var key = Guid.NewGuid().ToString();
        using var first = await KeyedAsync(app, key, new { level = 4, hazard = "flood" });
        using var second = await KeyedAsync(app, key, new { level = 4, hazard = "flood" });
        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK));
        (await AlertsApp.ReadAsync<DraftView>(second)).Id.ShouldBe((await AlertsApp.ReadAsync<DraftView>(first)).Id);
        using var corrected = await KeyedAsync(app, key, new { level = 3, hazard = "flood" });
        corrected.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await app.GetAsync<Page<DraftView>>(AlertsApp.Town("drafts"), Officer)).Items.Count.ShouldBe(2);
        using var malformed = await KeyedAsync(app, "short", new { level = 4, hazard = "flood" });
        (await AlertsApp.ProblemAsync(malformed, HttpStatusCode.BadRequest)).ShouldBe("idempotency-key-malformed");
    }

    private static async Task<HttpResponseMessage> KeyedAsync(AlertsApp app, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AlertsApp.Town("drafts")) { Content = JsonContent.Create(body, options: CityJson.Options) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Officer);
        request.Headers.Add("Idempotency-Key", key);
        return await app.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> ApproveAsync(AlertsApp app, DraftView draft, string token, string reason)
        => app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), token, new { withoutSecondPerson = reason });

    private static async Task<DraftView> WriteAsync(AlertsApp app, object body)
    {
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts"), Officer, body);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return await AlertsApp.ReadAsync<DraftView>(response);
    }
}
