using System.Net;
using SmartCity.Contracts;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests;

public sealed class MissingDataTests
{
    [Fact]
    public async Task Show_WhenThereIsNoAlert_SaysSoSinceWhenAndWhatToDo()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Shelters.Add(Samples.Shelter("市民会館", "closed", 500));

        var html = await portal.GetAsync("/162043?lang=ja");

        var alerts = Html.Words(Html.Section(html, "alerts"));
        alerts.ShouldContain("いま出ている避難情報はありません");
        alerts.ShouldContain("2026年11月21日 (令和8年) 23時45分 現在");
        alerts.ShouldContain("持ち出す物をまとめておく");
        Html.Words(Html.Section(html, "shelters")).ShouldContain("洪水、地震");
        portal.City.Questions.ShouldContain("/api/162043/alerts/shelters?near=36.8273,137.4093&limit=20");
    }

    [Theory]
    [InlineData("failing")]
    [InlineData("hanging")]
    [InlineData("babbling")]
    public async Task Show_WhenAlertsAreAway_SaysThatItDoesNotMeanSafety(string how)
    {
        await using var portal = await PortalApp.StartAsync();
        (how switch { "failing" => portal.City.Failing, "hanging" => portal.City.Hanging, _ => portal.City.Babbling }).Add(AppIds.Alerts);
        portal.City.Devices.Add(Samples.Gauge());

        var html = await portal.GetAsync("/162043?lang=en");

        var alerts = Html.Words(Html.Section(html, "alerts"));
        alerts.ShouldContain("Alerts cannot be checked");
        alerts.ShouldContain("This does not mean that there are no alerts.");
        alerts.ShouldContain("Nothing was lost.");
        alerts.ShouldContain("radio");
        alerts.ShouldNotContain("No alerts now");
        // By this an open page leaves what was valid where it is.
        html.ShouldContain("<div data-unchecked>");
        html.ShouldContain("data-incomplete=\"true\"");
        Html.Words(Html.Section(html, "gauges")).ShouldContain("3.42 m");
    }

    [Theory]
    [InlineData("failing")]
    [InlineData("hanging")]
    public async Task Show_WhenTelemetryIsAway_StillShowsTheAlert(string how)
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood());
        (how == "failing" ? portal.City.Failing : portal.City.Hanging).Add(AppIds.Telemetry);

        var html = await portal.GetAsync("/162043?lang=en");

        Html.Words(Html.Section(html, "alerts")).ShouldContain("The Katakai river may overflow");
        Html.Words(Html.Section(html, "gauges")).ShouldContain("At 23:45 the gauges could not be read.");
    }

    [Fact]
    public async Task Show_WhenShelterListDoesNotKnowTheHazard_ListsAnyShelter()
    {
        await using var portal = await PortalApp.StartAsync();
        portal.City.Alerts.Add(Samples.Flood() with { Hazard = "bear" });
        portal.City.Shelters.Add(Samples.Shelter("市民会館", "open", 500));

        var shelters = Html.Words(Html.Section(await portal.GetAsync("/162043?lang=en"), "shelters"));

        shelters.ShouldContain("市民会館");
        shelters.ShouldContain("Which shelter is safe depends on the kind of disaster.");
    }

    [Fact]
    public async Task Show_WhenNothingAnswers_StillRendersAndIsReady()
    {
        await using var portal = await PortalApp.StartAsync();
        await portal.City.StopAsync();

        Html.Words(await portal.GetAsync("/162043?lang=en")).ShouldContain("Alerts cannot be checked");
        (await portal.GetAsync("/readyz")).ShouldContain("Healthy");
    }

    [Fact]
    public async Task Show_WhenTownHasNoServices_SaysWhereToLook()
    {
        await using var portal = await PortalApp.StartAsync();

        var words = Html.Words(await portal.GetAsync("/163422?lang=en"));

        words.ShouldContain("This town does not publish alerts here");
        words.ShouldNotContain("No alerts now");
        portal.City.Questions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/131016", "en", "There is no page for this town")]
    [InlineData("/131016/live", "ja", "この市町村のページはありません")]
    [InlineData("/162043/nothing/here", "en", "There is no such page")]
    public async Task Show_WhenAddressIsUnknown_IsA404PageInTheVisitorsLanguage(string path, string language, string words)
    {
        await using var portal = await PortalApp.StartAsync();

        using var response = await portal.SendAsync(path, language);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var html = await response.Content.ReadAsStringAsync();
        html.ShouldContain($"<html lang=\"{language}\">");
        html.ShouldContain(words);
    }

    [Fact]
    public async Task Show_WhenAProgramAsksForAnUnknownAddress_IsProblemDetails()
    {
        await using var portal = await PortalApp.StartAsync();

        using var response = await portal.Client.GetAsync("/162043/nothing/here");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Page_WhenThePortalItselfFails_SaysSoAndTheReasonIsInTheLog()
    {
        await using var portal = await PortalApp.StartAsync(region: "municipalities: nonsense");

        using var response = await portal.SendAsync("/", acceptLanguage: "en");

        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).ShouldContain("This is our fault.");
        portal.Faults.Entries.ShouldHaveSingleItem().Exception.ShouldNotBeNull();
    }
}
