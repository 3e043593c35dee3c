using System.Net;
using SmartCity.ServiceTestKit;
using SmartCity.Transit.Tests.Gtfs;
using SmartCity.Transit.Tests.Hosting;

namespace SmartCity.Transit.Tests.Feeds;

public sealed class FeedImportTests
{
    [Fact]
    public async Task Import_WhenFeedIsGood_ServesItsStopsAndDeparturesAtOnce()
    {
        await using var app = await TransitApp.StartAsync();

        var answer = await app.ImportAsync(new FeedBuilder().Zip());

        answer.GetProperty("live").GetBoolean().ShouldBeTrue();
        answer.GetProperty("version").GetString().ShouldBe("main.1");
        answer.GetProperty("notices").GetArrayLength().ShouldBe(0);
        (await app.ItemsAsync("stops")).Select(stop => stop.GetProperty("id").GetString()).ShouldBe(["S3", "S2", "S1"]);
        var next = (await app.ItemsAsync("stops/S1/departures"))[0];
        next.GetProperty("scheduledTime").GetString().ShouldBe("2026-07-02T08:00:00+09:00");
        next.GetProperty("state").GetString().ShouldBe("scheduled");
        next.GetProperty("headsign").GetString().ShouldBe("Harbour");
        next.GetProperty("route").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task Import_WhenFeedIsBad_SaysWhyAndKeepsTheLastGoodVersion()
    {
        await using var app = await TransitApp.StartAsync();
        await app.ImportAsync(new FeedBuilder().Zip());

        using var response = await app.PostFeedAsync(new FeedBuilder().Replacing("stop_times.txt", "T1,8:05:00,8:05:00,S2", "T1,8:05:00,8:05:00,S9").Zip());

        (await TransitApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe("feed-refused");
        var notice = (await TransitApp.JsonAsync(response)).GetProperty("notices")[0];
        notice.GetProperty("code").GetString().ShouldBe("foreign_key_violation");
        notice.GetProperty("severity").GetString().ShouldBe("Error");
        notice.GetProperty("file").GetString().ShouldBe("stop_times.txt");
        notice.GetProperty("line").GetInt32().ShouldBe(3);
        notice.GetProperty("field").GetString().ShouldBe("stop_id");
        notice.GetProperty("value").GetString().ShouldBe("S9");
        (await app.ItemsAsync("stops/S2/departures")).Count.ShouldBeGreaterThan(0);
        (await app.ItemsAsync("feeds")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Import_WhenTheSameBytesComeAgain_AnswersTheSameVersion()
    {
        await using var app = await TransitApp.StartAsync();
        var zip = new FeedBuilder().Zip();
        await app.ImportAsync(zip);

        using var second = await app.PostFeedAsync(zip);

        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await TransitApp.JsonAsync(second);
        answer.GetProperty("version").GetString().ShouldBe("main.1");
        answer.GetProperty("isRepeated").GetBoolean().ShouldBeTrue();
        (await app.ItemsAsync("feeds")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task MakeLive_WhenVersionIsOlder_RollsBack()
    {
        await using var app = await TransitApp.StartAsync();
        await app.ImportAsync(new FeedBuilder().Zip());
        await app.ImportAsync(new FeedBuilder().Replacing("stops.txt", "Hospital", "Clinic").Zip());
        (await app.GetAsync("stops/S2")).GetProperty("name").GetString().ShouldBe("Clinic");

        using var response = await PostAsync(app, "feeds/main.1/live", TransitApp.Clerk);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.GetAsync("stops/S2")).GetProperty("name").GetString().ShouldBe("Hospital");
        (await app.ItemsAsync("feeds")).ToDictionary(row => row.GetProperty("version").GetString()!, row => row.GetProperty("live").GetBoolean())
            .ShouldBe(new Dictionary<string, bool> { ["main.1"] = true, ["main.2"] = false }, ignoreOrder: true);
    }

    [Fact]
    public async Task Restart_WhenAVersionIsLive_ServesItAgain()
    {
        await using var app = await TransitApp.StartAsync();
        await app.ImportAsync(new FeedBuilder().Zip());

        await app.RestartAsync();

        (await app.ItemsAsync("stops/S1/departures")).Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Import_WhenTownHasTwoFeeds_ServesBoth()
    {
        await using var app = await TransitApp.StartAsync();
        await app.ImportAsync(new FeedBuilder().Zip(), "shimin");
        await app.ImportAsync(new FeedBuilder().Replacing("stops.txt", "S3,", "H3,").Replacing("stop_times.txt", ",S3,", ",H3,").Zip(), "taxi");

        var ids = (await app.ItemsAsync("stops")).Select(stop => stop.GetProperty("id").GetString()).Order(StringComparer.Ordinal);

        ids.ShouldBe(["H3", "S3", "shimin:S1", "shimin:S2", "taxi:S1", "taxi:S2"]);
        (await app.ItemsAsync("stops/taxi:S1/departures"))[0].GetProperty("feed").GetString().ShouldBe("taxi");
    }

    [Fact]
    public async Task Import_WhenCallerIsNoStaffOfTheTown_IsRefused()
    {
        await using var app = await TransitApp.StartAsync();
        var zip = new FeedBuilder().Zip();

        using var resident = await app.PostFeedAsync(zip, token: TestTokens.For("resident", "resident", TransitApp.Uozu));
        using var stranger = await app.PostFeedAsync(zip, token: TestTokens.For("clerk", "clerk", TransitApp.Nyuzen));

        resident.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.ItemsAsync("stops")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WhenAnotherTownAsks_SeesNothingOfIt()
    {
        await using var app = await TransitApp.StartAsync();
        await app.ImportAsync(new FeedBuilder().Zip());

        (await app.ItemsAsync("stops", TransitApp.Nyuzen)).ShouldBeEmpty();
        (await app.ItemsAsync("feeds", TransitApp.Nyuzen)).ShouldBeEmpty();
        using var report = await app.Client.GetAsync(new Uri(TransitApp.Town("feeds/main.1", TransitApp.Nyuzen), UriKind.Relative));
        report.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var zip = await app.Client.GetAsync(new Uri(TransitApp.Town("gtfs.zip?version=main.1", TransitApp.Nyuzen), UriKind.Relative));
        zip.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpResponseMessage> PostAsync(TransitApp app, string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, TransitApp.Town(path));
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
        return await app.Client.SendAsync(request);
    }
}
