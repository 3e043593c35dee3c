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
    public async Task List_WhenSomeWait_ShowsThemBeforeTheDecided()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending() with { Id = 9, Status = ChangeStatus.Applied }, Requests.Pending());

        var html = (await app.OpenAsync("/172022/staff")).Html;

        Html.Section(html, "pending").ShouldContain("changes/3\"");
        Html.Section(html, "decided").ShouldContain("changes/9\"");
        html.IndexOf("changes/3\"", StringComparison.Ordinal).ShouldBeLessThan(html.IndexOf("changes/9\"", StringComparison.Ordinal));
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
    public async Task Approve_WhenSubmitted_SendsTheDigestAsThatPersonAndShowsWhatIsInForce()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        var (_, html, _) = await app.OpenAsync(Page);

        using var answer = await app.SubmitAsync(html, Page + "/approve");

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
    public async Task Approve_WhenDataWouldBeLost_ShowsItAndAsksAgain()
    {
        await using var app = await StaffApp.StartAsync(Requests.Destructive());
        var (_, html, _) = await app.OpenAsync("/172022/staff/changes/4");

        using var asked = await app.SubmitAsync(html, "/172022/staff/changes/4/approve");
        var confirm = await asked.Content.ReadAsStringAsync();
        confirm.ShouldContain("1,234 alerts of services/alerts");
        app.Registry.Decisions.ShouldBeEmpty();

        using var answer = await app.SubmitAsync(confirm, "/172022/staff/changes/4/approve");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        app.Registry.Decisions.ShouldHaveSingleItem();
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

    [Fact]
    public async Task Approve_WhenTheRegistryRefuses_SaysWhyAndThatNothingChanged()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        app.Registry.RefusalCode = "plan-outdated";
        var (_, html, _) = await app.OpenAsync(Page);

        using var answer = await app.SubmitAsync(html, Page + "/approve");

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("The municipality has changed since this was planned");
    }

    [Fact]
    public async Task Change_OfAnotherMunicipality_IsNotShownHere()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending(municipality: "162043"));
        app.Issuer.Role = "operator";

        var (status, html, _) = await app.OpenAsync(Page);

        status.ShouldBe(HttpStatusCode.NotFound);
        html.ShouldNotContain("river-2");
    }
}
