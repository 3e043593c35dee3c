using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Import.Feeds;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Import.Feeds;

/// <summary>Feeds of other authorities' messages that are followed.</summary>
public sealed class CapFeedTests
{
    private static readonly string Officer = TestTokens.For("sato", "officer", TestTown.Uozu);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Follow_WhenMessagesAreListed_GivesThemToItsTownsOnceAndInOrder(bool isRss)
    {
        await using var server = await FakeCapServer.StartAsync();
        server.IsRss = isRss;
        await using var app = await AlertsApp.StartAsync(null, server.Settings());
        var first = CapSample.Alert("storm-1", app.Clock.GetUtcNow());
        server.Publish("one", first);
        server.Publish("two", CapSample.Alert("storm-2", app.Clock.GetUtcNow().AddSeconds(1), CapMsgType.Update, first));
        await LookAsync(app);
        foreach (var town in new[] { TestTown.Uozu, TestTown.Nyuzen })
        {
            var alert = (await app.ActiveAsync(town)).ShouldHaveSingleItem();
            (alert.OriginIdentifier, alert.Origin, alert.Level, alert.MsgType).ShouldBe(("storm-2", CapSample.Sender, null, "Update"));
        }

        (await IntakeAsync(app)).ShouldBe(["two Done 1 162043 Updated, 163422 Updated.", "one Done 1 162043 Issued, 163422 Issued."]);
        (await app.Database.ColumnAsync("SELECT DISTINCT imported_by FROM foreign_message")).ShouldBe(["feed 127.0.0.1"]);
        await LookAsync(app);
        await app.RestartAsync();
        await LookAsync(app);
        server.Asked.ShouldBe(["feed", "one", "two", "304", "304"]);
    }

    [Fact]
    public async Task Follow_WhenEntriesAreBad_SaysOfEachWhyAndTakesTheOthers()
    {
        await using var server = await FakeCapServer.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, server.Settings("--Alerts:CapFeeds:Feeds:0:Senders:0", CapSample.Sender));
        server.List("elsewhere", "https://inside.example/cap.xml");
        server.List("nowhere", "not an address");
        server.Publish("gone", Results.StatusCode(StatusCodes.Status410Gone));
        server.Publish("inward", Results.Redirect("http://169.254.169.254/latest"));
        server.Publish("broken", Results.Text("<alert", "application/xml"));
        server.Publish("large", Results.Bytes(new byte[FeedClient.MaximumBytes + 1]));
        server.Publish("stranger", CapSample.Alert("storm-9", app.Clock.GetUtcNow()) with { Sender = "somebody@else.example" });
        server.Publish("good", CapSample.Alert("storm-1", app.Clock.GetUtcNow()));
        await LookAsync(app);
        var intake = (await IntakeAsync(app)).ToDictionary(line => line.Split(' ')[0], StringComparer.Ordinal);
        intake["elsewhere"].ShouldStartWith("elsewhere Failed 0 It leads to inside.example, which is not https or not among");
        intake["nowhere"].ShouldBe("nowhere Failed 0 It has no link to a CAP message.");
        intake["gone"].ShouldBe("gone Failed 1 Given up after 1 try: The answer was 410.");
        intake["inward"].ShouldBe("inward Failed 1 Given up after 1 try: The answer was 302.");
        intake["broken"].ShouldStartWith("broken Failed 1 It is no usable CAP message:");
        intake["large"].ShouldStartWith("large Failed 1 Given up after 1 try:");
        intake["stranger"].ShouldStartWith("stranger Failed 1 Its sender somebody@else.example is not among");
        intake["good"].ShouldStartWith("good Done 1 162043 Issued");
        (await app.OneActiveAsync()).OriginIdentifier.ShouldBe("storm-1");
    }

    [Fact]
    public async Task Follow_WhenAMessageIsNotThereYet_AsksAgainLaterAndInTheEndNoMore()
    {
        await using var server = await FakeCapServer.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, server.Settings());
        server.List("late", server.Address + "/late");
        await LookAsync(app);
        (await IntakeAsync(app)).ShouldHaveSingleItem().ShouldBe("late Pending 1 Try 1 failed: The answer was 404.");
        await LookAsync(app);
        server.Asked.Count(path => path == "late").ShouldBe(1);
        for (var attempt = 2; attempt <= 8; attempt++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(10));
            await LookAsync(app);
        }

        (await IntakeAsync(app)).ShouldHaveSingleItem().ShouldBe("late Failed 8 Given up after 8 tries: The answer was 404.");
        server.Asked.Count(path => path == "late").ShouldBe(8);
    }

    [Theory]
    [InlineData("<html><body>Sorry</body></html>", "neither an Atom nor an RSS feed")]
    [InlineData("<feed", "Unexpected end of file")]
    [InlineData("<!DOCTYPE feed [<!ENTITY x \"y\">]><feed>&x;</feed>", "DTD")]
    public async Task Follow_WhenTheFeedIsMalformed_SaysSoAndLooksAgainLater(string text, string why)
    {
        await using var server = await FakeCapServer.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, server.Settings());
        server.FeedText = text;
        await LookAsync(app);
        await LookAsync(app);
        server.Asked.ShouldBe(["feed"]);
        var feed = await FeedAsync(app);
        (feed.Failures, feed.ReadAt).ShouldBe((1, null));
        feed.Fault.ShouldNotBeNull();
        feed.Fault.ShouldContain(why);
        server.FeedText = null;
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await LookAsync(app);
        feed = await FeedAsync(app);
        (feed.Failures, feed.Fault).ShouldBe((0, null));
        feed.ReadAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Follow_WhenTimesAreFinerThanTheDatabase_KnowsTheEntryAgain()
    {
        await using var server = await FakeCapServer.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, server.Settings());
        server.FeedText = $"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><id>one</id><title>one</title><updated>2026-07-01T03:00:00.1234567+09:00</updated><link href=\"{server.Address}/one\"/></entry></feed>";
        await LookAsync(app);
        await LookAsync(app);
        (await FeedAsync(app)).Failures.ShouldBe(0);
        (await IntakeAsync(app)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Follow_WhenTheDatabaseRefusesAFeedsEntry_SaysSoAndGoesOn()
    {
        await using var server = await FakeCapServer.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, server.Settings("--Alerts:CapFeeds:Feeds:1:Address", server.Address + "/other.atom", "--Alerts:CapFeeds:Feeds:1:Towns:0", TestTown.Nyuzen));
        server.Publish("one", CapSample.Alert("storm-1", app.Clock.GetUtcNow()));
        // The table as a fault of a single row leaves it: refused each time, and not away.
        await app.Database.ExecuteAsync("ALTER TABLE cap_entry RENAME COLUMN explanation TO explained");
        await LookFeedsAsync(app);
        await app.Database.ExecuteAsync("ALTER TABLE cap_entry RENAME COLUMN explained TO explanation");
        server.Asked.ShouldBe(["feed", "other.atom"]);
        var feed = await FeedAsync(app);
        feed.Failures.ShouldBe(1);
        feed.Fault.ShouldNotBeNull();
        feed.Fault.ShouldContain("explanation");
    }

    [Fact]
    public async Task Follow_WhenATownCanNeverTakeAMessage_EndsAfterItsTries()
    {
        await using var server = await FakeCapServer.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, server.Settings());
        server.Publish("one", CapSample.Alert("storm-1", app.Clock.GetUtcNow()));
        await app.Database.ExecuteAsync("ALTER TABLE foreign_message RENAME COLUMN facts_hash TO hash");
        for (var attempt = 1; attempt <= 9; attempt++)
        {
            await LookAsync(app);
            app.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        (await IntakeAsync(app)).ShouldHaveSingleItem().ShouldStartWith("one Failed 8 Given up after 8 tries:");
    }

    [Fact]
    public async Task Intake_WhenAGuestReads_LeavesARecordEach()
    {
        await using var app = await AlertsApp.StartAsync();
        var guest = TestTokens.ForTowns("officer-guest", "officer", "172022", TestTown.Uozu);
        await app.GetAsync<Page<CapEntryView>>(AlertsApp.Town("cap/intake"), guest);
        (await app.Sidecar.NextRecordAsync()).Operation.ShouldBe("intake.read");
        await app.GetAsync<Page<CapFeedView>>(AlertsApp.Town("cap/feeds"), guest);
        (await app.Sidecar.NextRecordAsync()).Operation.ShouldBe("feed.read");
        using var preview = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("drafts/preview"), guest, new { hazard = "flood", level = 3 });
        preview.IsSuccessStatusCode.ShouldBeTrue(await preview.Content.ReadAsStringAsync());
        (await app.Sidecar.NextRecordAsync()).Operation.ShouldBe("draft.preview");
        app.Sidecar.HasMoreRecords.ShouldBeFalse();
    }

    [Fact]
    public void Validate_WhenAnAddressIsListedTwice_NamesIt()
    {
        CapFeed FeedFor(string town) => new() { Address = new Uri("https://cap.example/feed"), Towns = [town] };
        var options = new CapFeedOptions { Feeds = [FeedFor("162043"), FeedFor("163422")], AllowedHosts = ["cap.example"] };
        options.Validate(new(options)).Select(fault => fault.ErrorMessage).ShouldBe(
            ["Alerts:CapFeeds:Feeds names 'https://cap.example/feed' more than once: give it one entry with all of its Towns and Senders."]);
    }

    [Fact]
    public async Task Follow_WhenPrivateHostsAreNotAllowed_ConnectsToNone()
    {
        await using var server = await FakeCapServer.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, server.Settings("--Alerts:CapFeeds:AllowPrivateHosts", "false"));
        server.Publish("one", CapSample.Alert("storm-1", app.Clock.GetUtcNow()));
        await LookAsync(app);
        server.Asked.ShouldBeEmpty();
        (await FeedAsync(app)).Failures.ShouldBe(1);
    }

    [Fact]
    public void Validate_WhenAFeedIsNotAllowedOrForNobody_NamesIt()
    {
        var options = new CapFeedOptions { Feeds = [new CapFeed { Address = new Uri("http://cap.example/feed") }], AllowedHosts = ["cap.example"] };
        options.Validate(new(options)).Select(fault => fault.ErrorMessage).ShouldBe(
        [
            "Alerts:CapFeeds:Feeds has 'http://cap.example/feed', which is not https or not on one of AllowedHosts (cap.example).",
            "Alerts:CapFeeds:Feeds: 'http://cap.example/feed' names no municipality in Towns, so nobody would be told.",
        ]);
    }

    private static Task LookFeedsAsync(AlertsApp app) => app.Services.GetRequiredService<CapFeedReader>().ReadAsync(CancellationToken.None);

    private static async Task LookAsync(AlertsApp app)
    {
        await LookFeedsAsync(app);
        await app.Services.GetRequiredService<CapEntryFetcher>().DrainAsync(CancellationToken.None);
    }

    private static async Task<string[]> IntakeAsync(AlertsApp app)
        => [.. (await app.GetAsync<Page<CapEntryView>>(AlertsApp.Town("cap/intake"), Officer)).Items.Select(entry => $"{entry.Id} {entry.State} {entry.Tries} {entry.Explanation}")];

    private static async Task<CapFeedView> FeedAsync(AlertsApp app) => (await app.GetAsync<Page<CapFeedView>>(AlertsApp.Town("cap/feeds"), Officer)).Items.ShouldHaveSingleItem();
}
