using System.Net;
using System.Net.Http.Headers;
using SmartCity.TestKit;
using SmartCity.Transit.Tests.Gtfs;
using SmartCity.Transit.Tests.Hosting;

namespace SmartCity.Transit.Tests.Feeds;

/// <summary>Feeds as open data, and those that the manifest names.</summary>
public sealed class FeedFilesTests
{
    [Fact]
    public async Task Download_WhenItIsKnown_IsNotSentAgain()
    {
        await using var app = await TransitApp.StartAsync("transitFeeds: [{ id: bus, source: bus.zip, licence: CC BY 4.0 }]", Files(new FeedBuilder()));
        using var first = await app.Client.GetAsync(new Uri(TransitApp.Town("gtfs.zip"), UriKind.Relative));
        using var again = new HttpRequestMessage(HttpMethod.Get, TransitApp.Town("gtfs.zip"));
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await app.Client.SendAsync(again);

        (await first.Content.ReadAsByteArrayAsync()).ShouldBe(new FeedBuilder().Zip());
        first.Content.Headers.LastModified.ShouldNotBeNull();
        Uri.UnescapeDataString(first.Headers.GetValues("Licence").Single()).ShouldBe("CC BY 4.0");
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Download_WhenVersionIsNamed_GivesThatOne()
    {
        await using var app = await TransitApp.StartAsync();
        var old = new FeedBuilder().Zip();
        await app.ImportAsync(old);
        await app.ImportAsync(new FeedBuilder().Replacing("stops.txt", "Hospital", "Clinic").Zip());

        (await app.Client.GetByteArrayAsync(new Uri(TransitApp.Town("gtfs.zip?version=main.1"), UriKind.Relative))).ShouldBe(old);
    }

    [Fact]
    public async Task Download_WhenTownHasSeveralFeeds_AsksWhich()
    {
        await using var app = await TransitApp.StartAsync();
        await app.ImportAsync(new FeedBuilder().Zip(), "bus");
        await app.ImportAsync(new FeedBuilder().Zip(), "taxi");

        using var response = await app.Client.GetAsync(new Uri(TransitApp.Town("gtfs.zip"), UriKind.Relative));

        (await TransitApp.ProblemAsync(response, HttpStatusCode.BadRequest)).ShouldBe("feed-not-named");
    }

    [Fact]
    public async Task Start_WhenManifestNamesAFile_ServesItOnce()
    {
        const string Manifest = "transitFeeds: [{ id: bus, source: bus.zip }]";
        await using var app = await TransitApp.StartAsync(Manifest, Files(new FeedBuilder()));
        await app.ImportAsync(new FeedBuilder().Replacing("stops.txt", "Hospital", "Clinic").Zip());

        await app.RestartAsync();

        // What staff handed in later stays.
        (await app.GetAsync("stops/S2")).GetProperty("name").GetString().ShouldBe("Clinic");
        app.WriteFile("bus.zip", new FeedBuilder().Replacing("stops.txt", "Hospital", "Ward").Zip());
        await app.RestartAsync();
        (await app.GetAsync("stops/S2")).GetProperty("name").GetString().ShouldBe("Ward");
        await app.RestartAsync("transitFeeds: []");
        (await app.ItemsAsync("stops")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_WhenFileOfTheManifestIsBad_KeepsWhatThereIs()
    {
        await using var app = await TransitApp.StartAsync("transitFeeds: [{ id: bus, source: bus.zip }]", Files(new FeedBuilder()));
        app.WriteFile("bus.zip", new FeedBuilder().Without("stop_times.txt").Zip());

        await app.RestartAsync();

        (await app.ItemsAsync("stops")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Report_InEnglish_SaysWhatToDo()
    {
        await using var app = await TransitApp.StartAsync();
        await app.ImportAsync(new FeedBuilder().Replacing("agency.txt", "https://bus.example.jp/", "bus").Zip());

        var notice = (await app.GetAsync("feeds/main.1?language=en")).GetProperty("notices")[0];

        notice.GetProperty("code").GetString().ShouldBe("invalid_url");
        notice.GetProperty("message").GetString().ShouldBe("\"bus\" is no web address. It begins with https:// or http://. It was left out.");
    }

    [Theory]
    [InlineData("text/csv", null, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type")]
    [InlineData("application/zip", "Bus!", HttpStatusCode.BadRequest, "feed-name-malformed")]
    public async Task Import_WhenRequestIsMalformed_SaysWhatToSend(string mediaType, string? feed, HttpStatusCode status, string problem)
    {
        await using var app = await TransitApp.StartAsync();

        using var response = await app.PostFeedAsync(new FeedBuilder().Zip(), feed is null ? null : Uri.EscapeDataString(feed), mediaType: mediaType);

        (await TransitApp.ProblemAsync(response, status)).ShouldBe(problem);
    }

    [Fact]
    public async Task Import_WhenZipIsTooLarge_IsRefusedBeforeItIsRead()
    {
        await using var app = await TransitApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, TransitApp.Town("feeds")) { Content = new ByteArrayContent(new byte[65 * 1024 * 1024]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TransitApp.Clerk);
        request.Headers.ExpectContinue = true;

        using var response = await app.Client.SendAsync(request);

        (await TransitApp.ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge)).ShouldBe("too-large");
    }

    [TheoryIfSharedData]
    [InlineData("saga-current.zip", "1001002-03", "2019-07-01T08:00:00%2B09:00")]
    [InlineData("city_uozu_shimin_gtfs.zip", "45_1", "2019-07-01T08:00:00%2B09:00")]
    [InlineData("city_uozu_omotenashi_gtfs.zip", "7_1", "2019-04-29T06:00:00%2B09:00")]
    [InlineData("town_nyuzen_liner_gtfs.zip", null, "2019-07-01T05:00:00%2B09:00")]
    [InlineData("sample-feed-1.zip", "STAGECOACH", "2007-06-05T05:00:00-07:00")]
    public async Task Import_WhenFeedIsReal_IsServed(string file, string? stop, string at)
    {
        await using var app = await TransitApp.StartAsync();
        await app.ImportAsync(await File.ReadAllBytesAsync(SharedData.PathOf("gtfs", file)));

        var stops = (await app.ItemsAsync("stops?limit=1000")).Select(row => row.GetProperty("id").GetString()!).ToList();
        stops.ShouldNotBeEmpty();
        var tried = stop is null ? stops : [stop];
        var found = 0;
        foreach (var id in tried)
        {
            found += (await app.ItemsAsync($"stops/{Uri.EscapeDataString(id)}/departures?at={at}")).Count;
        }

        found.ShouldBeGreaterThan(0);
    }

    private static Dictionary<string, byte[]> Files(FeedBuilder feed) => new(StringComparer.Ordinal) { ["bus.zip"] = feed.Zip() };
}
