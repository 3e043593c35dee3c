using System.Net;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Tests.Hosting;
using SmartCity.Portal.Tests.Staff;

namespace SmartCity.Portal.Tests.My;

/// <summary>What a resident sees of who saw their data and who may act for them.</summary>
public sealed class MyPageTests : IAsyncLifetime
{
    private const string Page = "/172022/my";
    private StaffApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await StaffApp.StartAsync();
        (_app.Issuer.Person, _app.Issuer.Role) = ("resident-1", "resident");
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Page_WhenNotSignedIn_LeadsThroughTheIssuerAndShowsTheRecordsInTheLanguage()
    {
        _app.Registry.Records.AddRange(["Third <b>.", "Second.", "First."]);

        var (status, html, at) = await _app.OpenAsync(Page);

        (status, at.AbsolutePath).ShouldBe((HttpStatusCode.OK, Page));
        html.ShouldContain("resident-1");
        html.ShouldContain("<li value=\"3\">Third &lt;b&gt;.</li>");
        html.ShouldNotContain("First.");
        _app.Registry.RecordsLanguage.ShouldBe("en");
        _app.Registry.GrantsOf.ShouldBeNull();
        html.ShouldContain($"href=\"{Page}?after=2\"");
        (await _app.OpenAsync(Page + "?after=2")).Html.ShouldContain("<li value=\"1\">First.</li>");
    }

    [Fact]
    public async Task Page_WhenThereIsNothing_SaysWhatWouldBeThere()
    {
        var html = (await _app.OpenAsync(Page)).Html;

        html.ShouldContain("No records yet");
        html.ShouldContain("Nobody may act for you");
    }

    [Fact]
    public async Task Page_WhenTheRegistryDoesNotAnswer_SaysThatNothingChanged()
    {
        _app.Registry.BreaksDown = true;

        var (status, html, _) = await _app.OpenAsync(Page);

        status.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain("The records cannot be read just now. Nothing has changed.");
    }

    [Fact]
    public async Task Page_OfStaff_AsksForTheirOwnGrantsAlone()
    {
        (_app.Issuer.Person, _app.Issuer.Role) = ("clerk-1", "clerk");

        await _app.OpenAsync(Page);

        _app.Registry.GrantsOf.ShouldBe("clerk-1");
    }

    [Fact]
    public async Task Grant_WhenItWaits_IsConfirmedOrRefusedByTheResident()
    {
        _app.Registry.Grants.Add(Requests.Grant(GrantState.Unconfirmed));
        var html = (await _app.OpenAsync(Page)).Html;
        html.ShouldContain("Waits for confirmation");
        html.ShouldContain("See appointments");

        using (var confirmed = await _app.SubmitAsync(html, Page + "/grants/g1/confirm"))
        {
            confirmed.Headers.Location!.ToString().ShouldBe(Page + "#grants");
        }

        html = (await _app.OpenAsync(Page)).Html;
        html.ShouldContain("In force");
        html.ShouldNotContain("/confirm\"");
        using var ended = await _app.SubmitAsync(html, Page + "/grants/g1/end");
        html = (await _app.OpenAsync(Page)).Html;
        html.ShouldContain("Ended");
        html.ShouldNotContain("/grants/g1/end");
        _app.Registry.Decisions.Select(decision => (decision.Path, decision.Person)).ShouldBe(
            [("POST /api/registry/municipalities/172022/grants/g1/confirm", "resident-1"), ("DELETE /api/registry/municipalities/172022/grants/g1", "resident-1")]);
    }

    [Fact]
    public async Task Grant_WhenTheRegistryRefuses_SaysWhyAndThatNothingChanged()
    {
        _app.Registry.Grants.Add(Requests.Grant(GrantState.Unconfirmed));
        var html = (await _app.OpenAsync(Page)).Html;
        _app.Registry.RefusalCode = "second-person-needed";

        using var refused = await _app.SubmitAsync(html, Page + "/grants/g1/confirm");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        html = await refused.Content.ReadAsStringAsync();
        html.ShouldContain("This was not done. Nothing has changed.");
        html.ShouldContain("Somebody else must agree.");
    }

    [Fact]
    public async Task Grant_WhoseProxyOneIs_CanBeEndedAndNotConfirmed()
    {
        _app.Registry.Grants.Add(Requests.Grant(GrantState.Unconfirmed) with { Subject = "mother-1", Actor = "resident-1" });

        var html = (await _app.OpenAsync(Page)).Html;

        html.ShouldContain("You for mother-1");
        html.ShouldNotContain("/confirm\"");
        html.ShouldContain("/grants/g1/end");
    }

    [Fact]
    public async Task Form_WithoutThePagesToken_DoesNothing()
    {
        _app.Registry.Grants.Add(Requests.Grant(GrantState.InForce));
        await _app.OpenAsync(Page);

        using var forged = await _app.PostAsync(Page + "/grants/g1/end");

        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _app.Registry.Decisions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("/172022/my/../../evil")]
    [InlineData("/172022/myth")]
    [InlineData("/163422/my")]
    public async Task SignIn_WhenItIsToLeadElsewhere_LeadsHome(string target)
    {
        var (_, _, at) = await _app.OpenAsync("/172022/staff/signin?return=" + Uri.EscapeDataString(target));

        at.Host.ShouldBe("127.0.0.1");
        at.AbsolutePath.ShouldBeOneOf("/172022/staff", Page);
    }

    [Theory]
    [InlineData("ja", "あなたの情報を見た人")]
    [InlineData("ja-easy", "だれも")]
    [InlineData("en", "Who saw your data")]
    public async Task Page_InEveryLanguage_HasItsWords(string language, string words)
    {
        await _app.OpenAsync(Page);

        Html.Words((await _app.OpenAsync($"{Page}?lang={language}")).Html).ShouldContain(words);
    }
}
