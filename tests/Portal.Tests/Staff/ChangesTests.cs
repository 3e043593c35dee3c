using System.Net;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff;

public sealed class ChangesTests
{
    private const string Page = "/172022/staff/changes/3";

    [Fact]
    public async Task List_WhenNothingWaits_SaysWhatToDo()
    {
        await using var app = await StaffApp.StartAsync();

        var html = (await app.OpenAsync("/172022/staff")).Html;

        html.ShouldContain("Nothing waits for approval.");
        html.ShouldContain("smartcity onboard apply");
    }

    [Fact]
    public async Task Home_WhenSomeWait_ShowsThemAndNotTheDecided()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending() with { Id = 9, Status = ChangeStatus.Applied }, Requests.Pending());

        var waiting = Html.Section((await app.OpenAsync("/172022/staff")).Html, "pending");

        waiting.ShouldContain("changes/3\"");
        waiting.ShouldNotContain("changes/9\"");
    }

    [Theory]
    [InlineData("", true, true)]
    [InlineData("?status=Pending", true, false)]
    [InlineData("?status=Applied", false, true)]
    [InlineData("?status=Nonsense", true, true)]
    public async Task List_WhenAskedForAStatus_ShowsThose(string query, bool pending, bool applied)
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending() with { Id = 9, Status = ChangeStatus.Applied }, Requests.Pending());
        await app.OpenAsync("/172022/staff");

        var html = (await app.OpenAsync("/172022/staff/changes" + query)).Html;

        html.Contains("changes/3\"", StringComparison.Ordinal).ShouldBe(pending);
        html.Contains("changes/9\"", StringComparison.Ordinal).ShouldBe(applied);
    }

    [Fact]
    public async Task Change_WhenShown_SaysInWordsAndSignsWhatItDoes()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());

        var html = (await app.OpenAsync(Page)).Html;
        var words = WebUtility.HtmlDecode(Html.Words(html));

        words.ShouldContain("+ added");
        words.ShouldContain("~ changed");
        words.ShouldContain("more than 100 km");
        words.ShouldContain("clerk-1");
        html.ShouldContain("&lt;b&gt;3.5&lt;/b&gt;");
        html.ShouldNotContain("<b>3.5</b>");
    }

    [Fact]
    public async Task Approve_WhenConfirmed_SendsTheDigestAsThatPersonAndShowsWhatIsInForce()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        (await app.OpenAsync(Page)).Html.ShouldContain($"href=\"{Page}/approve\"");
        var confirm = (await app.OpenAsync(Page + "/approve")).Html;
        app.Registry.Decisions.ShouldBeEmpty();

        using var answer = await app.SubmitAsync(confirm, Page + "/approve");

        answer.Headers.Location!.ToString().ShouldBe(Page);
        var (path, person, body) = app.Registry.Decisions.ShouldHaveSingleItem();
        path.ShouldBe("/api/registry/changes/3/approve");
        person.ShouldBe("officer-1");
        ((string?)body!["digest"]).ShouldBe("digest-of-3");
        (await app.OpenAsync(Page)).Html.ShouldContain("In force now, as version 7");
    }

    [Fact]
    public async Task Approve_WithoutTheFormsToken_DoesNothing()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        await app.OpenAsync(Page);

        using var answer = await app.PostAsync(Page + "/approve", ("digest", "digest-of-3"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        app.Registry.Decisions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Approve_WithoutADigest_DoesNothing()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        var token = StaffApp.FormTokenOf((await app.OpenAsync(Page)).Html);

        using var answer = await app.PostAsync(Page + "/approve", token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        app.Registry.Decisions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Confirm_WhenDataWouldBeLost_SaysWhatBeforeItHappens()
    {
        await using var app = await StaffApp.StartAsync(Requests.Destructive());

        var html = (await app.OpenAsync("/172022/staff/changes/4/approve")).Html;

        html.ShouldContain("Approve change 4 and lose this data?");
        html.ShouldContain("Service alerts: 1,234 alerts");
        html.ShouldContain("Nothing has been changed yet.");
        app.Registry.Decisions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("clerk-1", "officer", ChangeStatus.Pending)]
    [InlineData("officer-1", "officer", ChangeStatus.Applied)]
    public async Task Confirm_WhenThePersonCannotApprove_LeadsToTheChange(string person, string role, ChangeStatus status)
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending() with { Status = status });
        (app.Issuer.Person, app.Issuer.Role) = (person, role);

        (await app.OpenAsync(Page + "/approve")).At.AbsolutePath.ShouldBe(Page);
    }

    [Theory]
    [InlineData("clerk-1", "officer", "You proposed it yourself")]
    [InlineData("clerk-2", "clerk", "Clerks propose")]
    public async Task Change_WhenThePersonCannotApprove_SaysWhy(string person, string role, string expected)
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        (app.Issuer.Person, app.Issuer.Role) = (person, role);

        var html = (await app.OpenAsync(Page)).Html;

        html.ShouldContain(expected);
        html.ShouldNotContain("/approve\"");
    }

    [Fact]
    public async Task Change_WhenAnOperatorMustApprove_SaysSoToAnOfficer()
    {
        var change = Requests.Pending();
        await using var app = await StaffApp.StartAsync(change with { Plan = change.Plan with { OperatorNeeded = "lamps has the target 10.0.0.1." } });

        var html = (await app.OpenAsync(Page)).Html;

        html.ShouldContain("10.0.0.1");
        html.ShouldContain("An operator must approve this change");
        html.ShouldNotContain("/approve\"");
    }

    [Fact]
    public async Task Reject_WithoutAReason_AsksForOneAndChangesNothing()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        var (_, html, _) = await app.OpenAsync(Page);

        using var answer = await app.SubmitAsync(html, Page + "/reject", ("reason", "  "));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Give a reason. Nothing was changed.");
        app.Registry.Decisions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reject_WhenTheReasonHoldsAnIndividualNumber_IsRefusedWhereItWasTyped()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        var (_, html, _) = await app.OpenAsync(Page);

        using var answer = await app.SubmitAsync(html, Page + "/reject", ("reason", "1234 5678 9018 の人"));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Individual Number");
        app.Registry.Decisions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reject_WithAReason_ShowsItToEverybody()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        var (_, html, _) = await app.OpenAsync(Page);

        using var answer = await app.SubmitAsync(html, Page + "/reject", ("reason", "単位が違います"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.OpenAsync(Page)).Html.ShouldContain("単位が違います");
    }

    [Theory]
    [InlineData("plan-outdated", "The municipality has changed since this was planned")]
    [InlineData("second-person-needed", "you proposed it yourself")]
    [InlineData("operator-needed", "An operator must approve this")]
    [InlineData("change-already-decided", "Somebody has decided this meanwhile")]
    [InlineData("something-new", "Nothing was changed.")]
    public async Task Approve_WhenTheRegistryRefuses_SaysWhy(string code, string expected)
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        app.Registry.RefusalCode = code;

        using var answer = await app.SubmitAsync((await app.OpenAsync(Page + "/approve")).Html, Page + "/approve");

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(expected);
    }

    [Fact]
    public async Task Approve_WhenNoAnswerComes_DoesNotClaimThatNothingWasChanged()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        app.Registry.BreaksDown = true;

        using var answer = await app.SubmitAsync((await app.OpenAsync(Page + "/approve")).Html, Page + "/approve");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("it is not known whether this was done");
        html.ShouldNotContain("Nothing was changed");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/approve")]
    public async Task Change_OfAnotherMunicipality_IsNotShownHere(string page)
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending(municipality: "162043"));
        app.Issuer.Role = "operator";

        var (status, html, _) = await app.OpenAsync(Page + page);

        status.ShouldBe(HttpStatusCode.NotFound);
        html.ShouldNotContain("river-2");
    }

    [Theory]
    [InlineData("/approve")]
    [InlineData("/reject")]
    public async Task Decision_OnAChangeOfAnotherMunicipality_IsNotTakenHere(string decision)
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending(municipality: "162043"));
        app.Issuer.Role = "operator";
        var token = StaffApp.FormTokenOf((await app.OpenAsync("/172022/staff")).Html);

        using var answer = await app.PostAsync(Page + decision, token, ("digest", "digest-of-3"), ("reason", "no"));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        app.Registry.Decisions.ShouldBeEmpty();
    }
}
