using System.Net;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff.Alerting;

public sealed class DraftPageTests
{
    private const string Page = "/172022/staff/alerts/drafts/d1";

    [Fact]
    public async Task Show_WhenARuleAsks_HasWordsOfEveryLanguageWhomItReachesAndOneButton()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft());
        var html = (await app.OpenAsync(Page)).Html;
        var words = Html.Words(html);
        foreach (var text in new[] { "Approve and publish now (1,234 subscribers)", "1,200", "Web Push", "3 / 7", "かな の みだし", "Tiêu đề", "withdrawn by itself" })
        {
            words.ShouldContain(text);
        }

        html.ShouldContain("<div lang=\"vi\">");
        html.ShouldContain("<div lang=\"ja-Hira\">");
        // One form to approve, one to reject; no second person's affair where a rule asks.
        words.ShouldNotContain("Publish alone");
    }

    [Fact]
    public async Task Approve_WhenTappedTwice_LeadsToTheAlertBothTimes()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft());
        var html = (await app.OpenAsync(Page)).Html;
        using var first = await app.SubmitAsync(html, Page + "/approve");
        app.Alerts.Refusal = (409, "draft-already-decided");
        using var second = await app.SubmitAsync(html, Page + "/approve");
        first.Headers.Location!.OriginalString.ShouldBe("/172022/staff/alerts/a1");
        second.Headers.Location!.OriginalString.ShouldBe("/172022/staff/alerts/a1");
        app.Alerts.Writes.First().ShouldBe(("POST /api/172022/alerts/drafts/d1/approve", null, null));
    }

    [Fact]
    public async Task Approve_WhenAnotherRejectedItMeanwhile_SaysHowItStands()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft());
        var html = (await app.OpenAsync(Page)).Html;
        app.Alerts.Drafts[0] = app.Alerts.Drafts[0] with { Status = "Rejected", DecidedBy = "officer-9", DecidedAt = DateTimeOffset.UtcNow, Reason = "計器の点検" };
        app.Alerts.Refusal = (409, "draft-already-decided");
        using var late = await app.SubmitAsync(html, Page + "/approve");
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await late.Content.ReadAsStringAsync();
        Html.Words(page).ShouldContain("It is decided already");
        Html.Words(page).ShouldContain("by officer-9");
        Html.Words(page).ShouldContain("計器の点検");
        page.ShouldNotContain("/approve\"");
        // An open page's button goes away by itself.
        var live = (await app.OpenAsync(Page + "/live")).Html;
        live.ShouldContain("<section id=\"decide\" data-live></section>");
    }

    [Fact]
    public async Task Show_WhenOneWroteItOneself_AsksForASecondPersonAndOffersTheWayWithout()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft(by: "officer-1"));
        var html = (await app.OpenAsync(Page)).Html;
        Html.Words(html).ShouldContain("Another officer must open this page and approve it.");
        html.ShouldNotContain("desk-approve");
        using var alone = await app.SubmitAsync(html, Page + "/approve", ("alone", "No other officer can be reached"));
        alone.Headers.Location!.OriginalString.ShouldBe("/172022/staff/alerts/a1");
        app.Alerts.Writes.ShouldHaveSingleItem().Body!["withoutSecondPerson"]!.GetValue<string>().ShouldBe("No other officer can be reached");
    }

    [Fact]
    public async Task Approve_WhenTheReasonIsEmpty_IsNotSentAsASecondPerson()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft(by: "officer-1"));
        var html = (await app.OpenAsync(Page)).Html;
        app.Alerts.Refusal = (422, "reason-missing");
        using var refused = await app.SubmitAsync(html, Page + "/approve", ("alone", "  "));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Html.Words(await refused.Content.ReadAsStringAsync()).ShouldContain("Give the reason.");
        app.Alerts.Writes.ShouldHaveSingleItem().Body!["withoutSecondPerson"]!.GetValue<string>().ShouldBe("");
        using var number = await app.SubmitAsync(html, Page + "/approve", ("alone", "123456789018"));
        number.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        app.Alerts.Writes.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Show_OfOnesOwnDrill_HasNoWayWithoutASecondPersonAndLooksLikeADrill()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft(by: "officer-1", status: "Exercise"));
        var html = (await app.OpenAsync(Page)).Html;
        html.ShouldNotContain("name=\"alone\"");
        html.ShouldContain("ribbon-drill");
        html.ShouldContain("<title>【DRILL】");
    }

    [Fact]
    public async Task Show_WhenItWasApprovedAlone_SaysSoWithTheReason()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft(by: "officer-9") with
        {
            Status = "Approved",
            DecidedBy = "officer-9",
            DecidedAt = DateTimeOffset.UtcNow,
            WithoutSecondPerson = true,
            Reason = "連絡が取れない",
            AlertId = "a1",
        });
        var words = Html.Words(Html.Section((await app.OpenAsync(Page)).Html, "state"));
        words.ShouldContain("without a second person");
        words.ShouldContain("連絡が取れない");
    }

    [Fact]
    public async Task Reject_WithAReason_IsDoneAndWithoutOneIsNot()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft());
        var html = (await app.OpenAsync(Page)).Html;
        using var empty = await app.SubmitAsync(html, Page + "/reject", ("reason", " "));
        empty.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        app.Alerts.Writes.ShouldBeEmpty();
        using var done = await app.SubmitAsync(html, Page + "/reject", ("reason", "計器の点検中"));
        done.Headers.Location!.OriginalString.ShouldBe(Page);
        app.Alerts.Writes.ShouldHaveSingleItem().Body!["reason"]!.GetValue<string>().ShouldBe("計器の点検中");
    }

    [Fact]
    public async Task Approve_WhenItIsRefusedOrNotTheirs_SaysSoAndDoesNothing()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft());
        var html = (await app.OpenAsync(Page)).Html;
        app.Alerts.Refusal = (403, "second-person-needed");
        using var second = await app.SubmitAsync(html, Page + "/approve");
        second.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Html.Words(await second.Content.ReadAsStringAsync()).ShouldContain("another officer must approve");
        (await app.OpenAsync("/172022/staff/alerts/drafts/none")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var stranger = await app.PostAsync(Page + "/approve");
        stranger.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Approve_WhenItWouldSendAnotherKindOrLevelThanShown_SendsNothingAndShowsWhatItWouldBe()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft());
        var html = (await app.OpenAsync(Page)).Html;
        app.Alerts.Reach = app.Alerts.Reach with { MsgType = "Update", Level = 5, Info = FakeAlerts.Words("今の見出し"), Recipients = 99 };
        using var late = await app.SubmitAsync(html, Page + "/approve");
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        app.Alerts.Writes.ShouldBeEmpty();
        var page = await late.Content.ReadAsStringAsync();
        Html.Words(page).ShouldContain("The alert has changed meanwhile.");
        Html.Words(Html.Section(page, "card")).ShouldContain("Headline 今の見出し");
        using var again = await app.SubmitAsync(page, Page + "/approve");
        again.Headers.Location!.OriginalString.ShouldBe("/172022/staff/alerts/a1");
    }

    [Fact]
    public async Task Live_WhenWhatItWouldSendChanges_HasTheCardTheWordsAndTheButtonsCountAnew()
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft());
        await app.OpenAsync(Page);
        app.Alerts.Reach = app.Alerts.Reach with { MsgType = "Update", Level = 5, Info = FakeAlerts.Words("今の見出し"), Recipients = 99 };
        var live = (await app.OpenAsync(Page + "/live?lang=en")).Html;
        Html.Section(live, "card").ShouldContain("level-frame-5");
        Html.Section(live, "words").ShouldContain("今の見出し");
        live.ShouldContain("<span id=\"approve-label\" data-live>Approve and publish now (99 subscribers)</span>");
        live.ShouldContain("<span id=\"shown-0\" data-live><input type=\"hidden\" name=\"shown\" value=\"Update:5\"");
        // A form's token would change with every look.
        live.ShouldNotContain("<form");
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Show_OfAnExerciseThatSoundsSirens_SaysSoBeforeTheButton(bool sirens, bool isSaid)
    {
        await using var app = await StaffApp.StartAsync();
        app.Alerts.Drafts.Add(FakeAlerts.Draft(by: "officer-9", status: "Exercise") with { Sirens = sirens });
        var html = (await app.OpenAsync(Page)).Html;
        var decide = Html.Section(html, "decide");
        decide[..decide.IndexOf("desk-approve", StringComparison.Ordinal)].Contains("sounds the town", StringComparison.Ordinal).ShouldBe(isSaid);
    }
}
