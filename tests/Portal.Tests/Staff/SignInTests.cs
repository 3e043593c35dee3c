using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff;

public sealed class SignInTests
{
    [Fact]
    public async Task Page_WhenNotSignedIn_LeadsThroughTheIssuerAndBack()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());

        var (status, html, at) = await app.OpenAsync("/172022/staff/changes/3");

        status.ShouldBe(HttpStatusCode.OK, html);
        at.AbsolutePath.ShouldBe("/172022/staff/changes/3");
        html.ShouldContain("officer-1");
        app.Issuer.ClientProof.ShouldBe("Basic " + Convert.ToBase64String("smartcity-portal:a%3Asecret"u8));
    }

    [Fact]
    public async Task Cookies_WhenSet_AreNotForScriptsNorOtherSites()
    {
        await using var app = await StaffApp.StartAsync();
        using var begun = await app.GetAsync("/172022/staff/signin");
        var pending = begun.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("sc-signin=", StringComparison.Ordinal));
        pending.ShouldContain("httponly", Case.Insensitive);
        pending.ShouldContain("samesite=lax", Case.Insensitive);
        pending.ShouldContain("path=/signin/callback", Case.Insensitive);

        await app.OpenAsync("/172022/staff");

        app.Cookies["sc-staff"]!.HttpOnly.ShouldBeTrue();
        app.Cookies["sc-staff"]!.Value.ShouldNotContain("eyJ");
        app.Cookies["sc-form"]!.HttpOnly.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/signin/callback?code=the-code&state=made-up")]
    [InlineData("/signin/callback?code=the-code")]
    public async Task Callback_WhenItBelongsToNoSignInOfThisBrowser_IsRefused(string path)
    {
        await using var app = await StaffApp.StartAsync();
        await app.GetAsync("/172022/staff/signin");

        var (status, html, _) = await app.OpenAsync(path);

        status.ShouldBe(HttpStatusCode.BadRequest);
        html.ShouldContain("You could not be signed in");
        app.Cookies["sc-staff"].ShouldBeNull();
    }

    [Fact]
    public async Task SignIn_WhenThereIsNoIssuer_SaysThatItIsNotSetUp()
    {
        await using var app = await StaffApp.StartAsync(_ => null);

        var (status, html, _) = await app.OpenAsync("/172022/staff");

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        html.ShouldContain("Sign-in is not set up");
        html.ShouldContain("Identity:Authority");
    }

    [Fact]
    public async Task SignIn_WhenTheIssuerIsAway_SaysSo()
    {
        await using var app = await StaffApp.StartAsync(outside => outside + "/nothing-here");

        var (status, html, _) = await app.OpenAsync("/172022/staff");

        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        html.ShouldContain("The identity provider cannot be reached");
    }

    [Fact]
    public async Task SignIn_WhenBehindTheGateway_AsksTheIssuerBackToTheAddressOfTheBrowser()
    {
        await using var app = await StaffApp.StartAsync();

        using var begun = await app.GetAsync("/172022/staff/signin?other=1", forwardedHost: "bousai.example");

        var query = QueryHelpers.ParseQuery(begun.Headers.Location!.Query);
        query["redirect_uri"].ToString().ShouldBe("https://bousai.example/signin/callback");
        query["code_challenge_method"].ToString().ShouldBe("S256");
        query["prompt"].ToString().ShouldBe("login");
    }

    [Fact]
    public async Task Page_WhenTheSessionIsOfAnotherTown_IsForbiddenThere()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending(municipality: "162043"));
        (await app.OpenAsync("/172022/staff")).Status.ShouldBe(HttpStatusCode.OK);

        var (status, html, _) = await app.OpenAsync("/162043/staff");

        status.ShouldBe(HttpStatusCode.Forbidden);
        html.ShouldNotContain("changes/3");
    }

    [Fact]
    public async Task Callback_WhenTheIdTokenIsOfAnotherSignIn_IsRefused()
    {
        await using var app = await StaffApp.StartAsync();
        app.Issuer.OtherNonce = "replayed";

        (await app.OpenAsync("/172022/staff")).Status.ShouldBe(HttpStatusCode.BadRequest);

        app.Cookies["sc-staff"].ShouldBeNull();
    }

    [Fact]
    public async Task Callback_WhenTheIdTokenIsForAnotherClient_IsRefused()
    {
        await using var app = await StaffApp.StartAsync();
        app.Issuer.OtherAudience = "another-client";

        (await app.OpenAsync("/172022/staff")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/172022/staff//evil.example")]
    [InlineData("/162043/staff")]
    public async Task Return_WhenItLeadsElsewhere_IsTheStaffsPage(string target)
    {
        await using var app = await StaffApp.StartAsync();

        var (_, _, at) = await app.OpenAsync("/172022/staff/signin?return=" + Uri.EscapeDataString(target));

        at.ShouldBe(new Uri(app.Address, "/172022/staff"));
    }

    [Theory]
    [InlineData("officer", "162043")]
    [InlineData("resident", "172022")]
    [InlineData("clinician", "172022")]
    public async Task Page_WhenThePersonIsNoStaffOfTheTown_IsForbidden(string role, string town)
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());
        (app.Issuer.Role, app.Issuer.Municipality) = (role, town);

        var (status, html, _) = await app.OpenAsync("/172022/staff/changes/3");

        status.ShouldBe(HttpStatusCode.Forbidden);
        html.ShouldNotContain("river-2");
    }

    [Fact]
    public async Task Form_WhenTheSessionHasEnded_SaysThatNothingWasDone()
    {
        await using var app = await StaffApp.StartAsync(Requests.Pending());

        using var answer = await app.PostAsync("/172022/staff/changes/3/approve", ("digest", "digest-of-3"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("Nothing was changed.");
        html.ShouldContain("/172022/staff/signin?return=%2F172022%2Fstaff%2Fchanges%2F3\"");
        app.Registry.Decisions.ShouldBeEmpty();
    }

    [Fact]
    public async Task SignOut_WhenSubmitted_EndsTheSession()
    {
        await using var app = await StaffApp.StartAsync();
        var (_, html, _) = await app.OpenAsync("/172022/staff");

        using var answer = await app.SubmitAsync(html, "/172022/staff/signout");

        answer.Headers.Location!.ToString().ShouldBe("/172022");
        using var again = await app.GetAsync("/172022/staff");
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
