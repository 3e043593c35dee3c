using System.Net;
using SmartCity.Alerts.Drafts;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Drafts;

/// <summary>An officer of a neighbouring town helps out, as officers do on a disaster night.</summary>
public sealed class CrossTownTests
{
    private const string Neighbour = "172022";
    private static readonly string Officer = TestTokens.For("officer-uozu", "officer", TestTown.Uozu);
    private static readonly string AtHome = TestTokens.ForTowns("officer-both", "officer", TestTown.Uozu, Neighbour);
    private static readonly string Guest = TestTokens.ForTowns("officer-guest", "officer", Neighbour, TestTown.Uozu);

    [Fact]
    public async Task Drafts_WhenAGuestReadsAndApproves_LeaveARecordEach()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.SlopeDraft, minute: 0);

        var draft = (await app.GetAsync<Page<DraftView>>(AlertsApp.Town("drafts"), Guest)).Items.ShouldHaveSingleItem();
        ShouldBe(await app.Sidecar.NextRecordAsync(), "draft.read", "ok");
        (await app.GetAsync<DraftView>(AlertsApp.Town($"drafts/{draft.Id}"), Guest)).Id.ShouldBe(draft.Id);
        ShouldBe(await app.Sidecar.NextRecordAsync(), "draft.read", "ok");
        using var approved = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/approve"), Guest);
        approved.StatusCode.ShouldBe(HttpStatusCode.OK);
        ShouldBe(await app.Sidecar.NextRecordAsync(), "draft.approve", "ok");
        using var again = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"drafts/{draft.Id}/reject"), Guest, new { reason = "twice" });
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ShouldBe(await app.Sidecar.NextRecordAsync(), "draft.reject", "refused");
        app.Sidecar.HasMoreRecords.ShouldBeFalse();
    }

    [Fact]
    public async Task Drafts_WhenAtHome_LeaveNone()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.SlopeDraft, minute: 0);

        await app.GetAsync<Page<DraftView>>(AlertsApp.Town("drafts"), AtHome);
        await app.GetAsync<Page<DraftView>>(AlertsApp.Town("drafts"), Officer);
        await app.GetAsync<Page<DraftView>>(AlertsApp.Town("drafts"), Guest);

        // The outbox keeps the order: were there records of the first two, they would come before the guest's.
        (await app.Sidecar.NextRecordAsync()).Actor.Subject.ShouldBe("officer-guest");
        app.Sidecar.HasMoreRecords.ShouldBeFalse();
    }

    private static void ShouldBe(ExchangeRecorded record, string operation, string result)
    {
        (record.Service, record.Operation, record.Result, record.Municipality, record.Purpose).ShouldBe((AppIds.Alerts, operation, result, TestTown.Uozu, "emergency"));
        record.Actor.ShouldBe(new ExchangeActor("officer-guest", "officer", Neighbour));
    }
}
