using System.Net;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff;

/// <summary>What clerks do at the counter when somebody is to act for a resident.</summary>
public sealed class GrantPagesTests : IAsyncLifetime
{
    private const string Page = "/172022/staff/grants";
    private StaffApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await StaffApp.StartAsync();
        (_app.Issuer.Person, _app.Issuer.Role) = ("clerk-1", "clerk");
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Give_WhenItIsFilledIn_AsksTheRegistryAndShowsTheList()
    {
        var html = (await _app.OpenAsync(Page)).Html;
        html.ShouldContain("There are none");
        _app.Registry.Grants.Add(Requests.Grant(GrantState.Unconfirmed));

        using var given = await _app.SubmitAsync(html, Page,
            ("subject", " resident-1 "), ("actor", "daughter-1"), ("scopes", "appointments.read"), ("scopes", "appointments.book"), ("purpose", "Visits"), ("evidence", "passport-shown"), ("days", "30"));

        given.StatusCode.ShouldBe(HttpStatusCode.Redirect, await given.Content.ReadAsStringAsync());
        given.Headers.Location!.ToString().ShouldBe(Page + "#list");
        var body = _app.Registry.Given.Single();
        ((string?)body["subject"], (string?)body["actor"], (string?)body["evidence"]).ShouldBe(("resident-1", "daughter-1", "passport-shown"));
        body["scopes"]!.AsArray().Select(scope => (string?)scope).ShouldBe(["appointments.read", "appointments.book"]);
        ((DateTimeOffset)body["expiresAt"]! - DateTimeOffset.UtcNow).TotalDays.ShouldBeInRange(29.9, 30);
    }

    [Fact]
    public async Task Give_WhenItIsRefused_SaysWhichFieldsAndKeepsWhatWasTyped()
    {
        _app.Registry.GrantFaults.AddRange(["scopes", "expiresAt"]);
        var html = (await _app.OpenAsync(Page)).Html;

        using var refused = await _app.SubmitAsync(html, Page, ("subject", "resident-1"), ("purpose", "Visits"), ("evidence", "passport-shown"), ("days", "many"));

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        html = await refused.Content.ReadAsStringAsync();
        html.ShouldContain("Nothing was saved.");
        html.ShouldContain("id=\"scopes-fault\"");
        html.ShouldContain("id=\"expiresAt-fault\"");
        html.ShouldContain("value=\"resident-1\"");
        html.ShouldContain("value=\"Visits\"");
        html.ShouldContain("<option value=\"passport-shown\" selected");
        _app.Registry.Given.Single()["expiresAt"].ShouldBeNull();
    }

    [Fact]
    public async Task Give_WhenAFieldHoldsAnIndividualNumber_SaysSoOnAPageAndAsksNobody()
    {
        var html = (await _app.OpenAsync(Page)).Html;

        using var refused = await _app.SubmitAsync(html, Page, ("subject", "123456789018"), ("purpose", "Visits"), ("days", "1"));

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        html = await refused.Content.ReadAsStringAsync();
        html.ShouldContain("Individual Numbers are never taken here");
        html.ShouldNotContain("123456789018");
        html.ShouldContain("href=\"/172022/staff\"");
        _app.Registry.Given.ShouldBeEmpty();
    }

    [Fact]
    public async Task List_OfOneResident_AsksForThoseAlone()
    {
        await _app.OpenAsync(Page);
        await _app.OpenAsync(Page + "?subject=%20resident-1%20");

        _app.Registry.GrantsOf.ShouldBe("resident-1");
    }

    [Theory]
    [InlineData("clerk-1", false)]
    [InlineData("daughter-1", false)]
    [InlineData("clerk-2", true)]
    public async Task Confirm_IsForASecondPerson(string person, bool mayConfirm)
    {
        _app.Issuer.Person = person;
        _app.Registry.Grants.Add(Requests.Grant(GrantState.Unconfirmed));

        var html = (await _app.OpenAsync(Page)).Html;

        html.ShouldContain(person == "daughter-1" ? "You for resident-1" : "daughter-1 for resident-1");
        html.Contains($"action=\"{Page}/g1/confirm\"", StringComparison.Ordinal).ShouldBe(mayConfirm);
        if (mayConfirm)
        {
            using var confirmed = await _app.SubmitAsync(html, Page + "/g1/confirm");
            (await _app.OpenAsync(Page)).Html.ShouldContain("In force");
        }
    }

    [Fact]
    public async Task End_WhenTheRegistryRefuses_SaysWhyAndThatNothingChanged()
    {
        _app.Registry.Grants.Add(Requests.Grant(GrantState.Unconfirmed));
        var html = (await _app.OpenAsync(Page)).Html;
        _app.Registry.RefusalCode = "unknown-grant";

        using var refused = await _app.SubmitAsync(html, Page + "/g1/end");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Nothing has changed.");
    }

    [Fact]
    public async Task Page_ForAResident_IsForbidden()
    {
        (_app.Issuer.Person, _app.Issuer.Role) = ("resident-1", "resident");

        (await _app.OpenAsync(Page)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
