using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Jma.Intake;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Tests.Jma;

public sealed class IntakeTests
{
    [Fact]
    public async Task Follow_WhenAFeedHasNewEntries_EachTownThatTheyConcernIsTold()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, agency.Settings());
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.Landslide("レベル４土砂災害危険警報", "49")));
        agency.Publish("2.xml", "府県天気予報（Ｒ１）", app.Clock.GetUtcNow(), []);
        await RoundAsync(app);

        (await app.OneActiveAsync()).Level.ShouldBe(4);
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldBeEmpty();
        (await app.BulletinsAsync()).ShouldHaveSingleItem().ReceivedFrom.ShouldBe("feed");
        var entries = await EntriesAsync(app);
        entries.Select(entry => (entry.Title, entry.State)).ShouldBe([("気象警報・注意報（Ｒ０６）（土砂）", EntryState.Done), ("府県天気予報（Ｒ１）", EntryState.NotWanted)], ignoreOrder: true);
        entries.Single(entry => entry.State == EntryState.Done).Explanation.ShouldBe("162043 Published.");
        agency.Asked.ShouldBe(["/feed/eqvol.xml", "1.xml"]);
    }

    [Fact]
    public async Task Follow_WhenItIsRestarted_FetchesNothingTwice()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, agency.Settings());
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.EarlyWarning()));
        await RoundAsync(app);
        await RoundAsync(app);
        agency.Asked.ShouldBe(["/feed/eqvol.xml", "1.xml", "304"]);

        await app.RestartAsync();
        agency.Publish("2.xml", JmaImportTests.Now(app, BulletinXml.EarlyWarning("2"), seconds: 1));
        await RoundAsync(app);
        agency.Asked.ShouldBe(["/feed/eqvol.xml", "1.xml", "304", "/feed/eqvol.xml", "2.xml"]);
    }

    [Fact]
    public async Task Follow_WhenABulletinCannotBeFetched_TriesAgainLater()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, agency.Settings());
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.Landslide("レベル３土砂災害警報", "09")));
        agency.IsFailing = true;
        await RoundAsync(app);
        (await EntriesAsync(app)).ShouldHaveSingleItem().State.ShouldBe(EntryState.Pending);

        agency.IsFailing = false;
        await RoundAsync(app);
        (await app.ActiveAsync()).ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await RoundAsync(app);
        await app.OneActiveAsync();
    }

    [Fact]
    public async Task Follow_WhenAnEntryLeadsElsewhereOrIsBroken_ItIsOnTheListAndNotFollowed()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, agency.Settings());
        agency.Publish("http://169.254.169.254/latest/meta-data", "震度速報", app.Clock.GetUtcNow(), []);
        agency.Publish("broken.xml", "震度速報", app.Clock.GetUtcNow(), "<Report><!DOCTYPE x></Report>"u8.ToArray());
        agency.Publish("gone.xml", "震度速報", app.Clock.GetUtcNow(), []);
        await RoundAsync(app);
        var entries = await EntriesAsync(app);
        entries.ShouldAllBe(entry => entry.State == EntryState.Failed);
        entries.Count(entry => entry.Explanation.Contains("AllowedHosts", StringComparison.Ordinal)).ShouldBe(1);
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Follow_WhenATownHasItsOwnDatabase_ItIsToldThere()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await AlertsApp.StartIsolatedAsync(agency.Settings());
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.EarlyWarning() with { Title = "緊急地震速報（警報）" }));
        await RoundAsync(app);
        (await EntriesAsync(app)).ShouldHaveSingleItem().Explanation.ShouldBe("162043 Published, 163422 Published.");
        await app.OneActiveAsync();
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Follow_WhenADrillComes_ItIsAnExerciseInEveryTown()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, agency.Settings());
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.EarlyWarning() with { Title = "緊急地震速報（警報）", Status = "訓練" }));
        await RoundAsync(app);
        (await app.OneActiveAsync()).Status.ShouldBe("Exercise");
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldHaveSingleItem().Status.ShouldBe("Exercise");
    }

    internal static async Task RoundAsync(AlertsApp app)
    {
        await app.Services.GetRequiredService<FeedReader>().ReadAsync(CancellationToken.None);
        await app.Services.GetRequiredService<EntryFetcher>().DrainAsync(CancellationToken.None);
    }

    internal static async Task<IReadOnlyList<EntryView>> EntriesAsync(AlertsApp app)
        => (await app.GetAsync<Page<EntryView>>(AlertsApp.Town("jma/intake"), JmaCalls.Officer)).Items;
}
