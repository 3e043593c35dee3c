using System.Net;
using System.Text.Json;
using SmartCity.Portal.Tests.Hosting;

namespace SmartCity.Portal.Tests.Staff;

/// <summary>An officer plans a drill, another agrees, and both see what becomes of it.</summary>
public sealed class DrillPagesTests
{
    private const string Page = "/172022/staff/drills";

    [Fact]
    public async Task Plan_WhenSent_GoesToTheServiceAsTypedAndLeadsToTheDrill()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        using var answer = await app.SubmitAsync(html, Page, ("name", "洪水訓練"), ("hazard", "flood"), ("minute0", "０"), ("level0", "3"), ("minute1", "10"), ("level1", "4"), ("minute2", "40"), ("level2", "cancel"),
            ("startsAt", "2026-12-01T09:30"), ("ja", "堤防の訓練です。"), ("stopOnActual", "on"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe(Page + "/drill-1");
        var body = app.Safety.Writes.ShouldHaveSingleItem().Body!;
        body["startsAt"]!.GetValue<string>().ShouldBe("2026-12-01T09:30:00+09:00");
        body["steps"]!.AsArray().Select(step => (step!["afterSeconds"]!.GetValue<double>(), step["level"]?.GetValue<int>())).ShouldBe([(0, 3), (600, 4), (2400, null)]);
        body["steps"]![0]!["info"]![0]!["description"]!.GetValue<string>().ShouldBe("堤防の訓練です。");
        (body["stopOnActual"]!.GetValue<bool>(), body["sirens"]!.GetValue<bool>(), body["safetyCheck"]!.GetValue<bool>()).ShouldBe((true, false, false));
    }

    [Theory]
    [InlineData("", "0", "Give the drill a name.")]
    [InlineData("x", "soon", "Minutes must be numbers.")]
    public async Task Plan_WhenItCannotBe_SaysWhyKeepsWhatWasTypedAndSendsNothing(string name, string minute, string words)
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page)).Html;
        using var answer = await app.SubmitAsync(html, Page, ("name", name), ("hazard", "tsunami"), ("minute0", minute), ("level0", "3"), ("ja", "kept"));

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        Html.Words(page).ShouldContain(words);
        Html.Words(page).ShouldContain("Nothing was changed.");
        page.ShouldContain("kept</textarea>");
        app.Safety.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Show_WhenItRuns_SaysThatItIsADrillWhatWasIssuedAndHowToStopIt()
    {
        await using var app = await StartAsync();
        app.Safety.Drill = app.Safety.Drill with { State = "Running", StartedAt = FixedClock.Evening.GetUtcNow() };
        var html = (await app.OpenAsync(Page + "/drill-1")).Html;
        var words = Html.Words(html);
        words.ShouldContain("This page is about drills.");
        words.ShouldContain("It was too late");
        // Without scripts it goes to the page itself, also after a refused form; with them live.js keeps it fresh.
        html.ShouldContain($"http-equiv=\"refresh\" content=\"10; url={Page}/drill-1\"");
        html.ShouldContain($"data-fragment=\"{Page}/drill-1/live?lang=en\"");
        html.ShouldContain("<section id=\"drill-state\" data-live data-incomplete=\"true\"");
        using var answer = await app.SubmitAsync(html, Page + "/drill-1/stop");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        app.Safety.Writes.ShouldHaveSingleItem().Call.ShouldBe("POST /api/172022/alerts/drills/drill-1/stop");
    }

    [Fact]
    public async Task Show_WhileItWaitsForApproval_HasWordsHazardPlaceTimeAndSirensBeforeTheButton()
    {
        await using var app = await StartAsync();
        app.Safety.Drill = app.Safety.Drill with
        {
            Sirens = true,
            IsPart = true,
            Area = JsonSerializer.Deserialize<JsonElement>("""{"type":"Polygon","coordinates":[[[137.40,36.82],[137.42,36.82],[137.42,36.84],[137.40,36.82]]]}"""),
            Steps = [new(1, 0, null, 3, "Waiting", null, null, null, null) { Words = [new("ja", null, "堤防の訓練です。", null, null), new("en", "The dike drill", null, null, null)] }, new(2, 600, null, 4, "Waiting", null, null, null, null)],
        };
        var html = (await app.OpenAsync(Page + "/drill-1")).Html;
        var words = Html.Words(html[..html.IndexOf("/approve\"", StringComparison.Ordinal)]);
        foreach (var text in new[] { "堤防の訓練です。", "The dike drill", "The official wording is used.", "Flood", "A part of the town", "1 h", "sounds the town" })
        {
            words.ShouldContain(text);
        }

        Html.Section(html, "map").ShouldContain("map-area");
    }

    [Fact]
    public async Task Live_WhenItsStateChanges_HasTheButtonsOfTheNewStateAndNoToken()
    {
        await using var app = await StartAsync();
        var page = (await app.OpenAsync(Page + "/drill-1")).Html;
        Html.Section(page, "decide").ShouldContain("/approve\"");
        app.Safety.Drill = app.Safety.Drill with { State = "Running", StartedAt = FixedClock.Evening.GetUtcNow() };
        var live = (await app.OpenAsync(Page + "/drill-1/live?lang=en")).Html;
        Html.Section(live, "decide").ShouldNotContain("button");
        Html.Section(live, "stop").ShouldContain("/stop\"");
        live.ShouldNotContain("type=\"hidden\"");
        live.ShouldNotContain("<html");
    }

    [Fact]
    public async Task Approve_WhenRefused_SaysWhyAndThatNothingWasChanged()
    {
        await using var app = await StartAsync();
        var html = (await app.OpenAsync(Page + "/drill-1")).Html;
        app.Safety.Refusal = (403, "second-person-needed");
        using var answer = await app.SubmitAsync(html, Page + "/drill-1/approve");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Html.Words(await answer.Content.ReadAsStringAsync()).ShouldContain("You cannot approve your own plan.");
    }

    [Fact]
    public async Task Report_WhenOpened_IsTheServicesPageWithItsPolicyAndTheWayBack()
    {
        await using var app = await StartAsync();
        await app.OpenAsync(Page);
        using var answer = await app.GetAsync(Page + "/drill-1/report");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("<p>report in en</p>");
        html.ShouldContain($"<a href=\"{Page}/drill-1/report.csv\">Report (CSV)</a>");
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldBe(FakeSafety.ReportPolicy);
        using var csv = await app.GetAsync(Page + "/drill-1/report.csv?encoding=shift_jis");
        (await csv.Content.ReadAsStringAsync()).ShouldBe("shift_jis");
        csv.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Report_WhenOfATime_AsksForThatTimeAndItsCsvIsOfTheSame()
    {
        await using var app = await StartAsync();
        await app.OpenAsync(Page);
        using var answer = await app.GetAsync("/172022/staff/reports/span?from=2026-07-01T00:00:00%2B09:00&to=2026-07-02T00:00:00%2B09:00");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("<p>report in en from 2026-07-01T00:00:00+09:00</p>");
        html.ShouldContain("<a href=\"/172022/staff/reports/span.csv?from=2026-07-01T00%3A00%3A00%2B09%3A00&amp;to=");
    }

    private static async Task<StaffApp> StartAsync()
    {
        var app = await StaffApp.StartAsync();
        app.Issuer.Role = "officer";
        return app;
    }
}
