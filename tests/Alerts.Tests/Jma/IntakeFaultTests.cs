using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Jma.Intake;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Alerts.Tests.Streaming;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>What one town, or one bulletin, must not do to the others.</summary>
public sealed class IntakeFaultTests
{
    /// <summary>More than an entry has tries.</summary>
    private const int ManyRounds = 12;

    [Fact]
    public async Task Follow_WhenATownsDatabaseIsBroken_TheOthersAreToldAndItIsNeverGivenUp()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await AlertsApp.StartIsolatedAsync(agency.Settings());
        await app.RestartAsync(between: () => app.Database.BreakAsync(TestTown.Uozu));
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.EarlyWarning() with { Title = "緊急地震速報（警報）" }));
        await IntakeTests.RoundAsync(app);
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldHaveSingleItem();

        await RoundsAsync(app);
        var entry = (await EntriesAsync(app)).ShouldHaveSingleItem();
        (entry.State, entry.Tries).ShouldBe((EntryState.Pending, 0));
        entry.Explanation.ShouldStartWith("163422 Published, 162043 not yet: ");
        agency.Asked.Count(asked => asked == "1.xml").ShouldBe(1);
    }

    [Fact]
    public async Task Follow_WhenATownsDatabaseIsBack_ThatTownAloneIsToldAgain()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await AlertsApp.StartIsolatedAsync(agency.Settings());
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.EarlyWarning() with { Title = "緊急地震速報（警報）" }));
        await using (await app.Database.RefuseAsync("jma_bulletin"))
        {
            await IntakeTests.RoundAsync(app);
        }

        await app.OneActiveAsync();
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await IntakeTests.RoundAsync(app);
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldHaveSingleItem();
        (await EntriesAsync(app)).ShouldHaveSingleItem().Explanation.ShouldBe("162043 Published, 163422 Published.");
        agency.Asked.Count(asked => asked == "1.xml").ShouldBe(1);
    }

    [Fact]
    public async Task Follow_WhenABulletinFailsAsNobodyForesaw_ItIsGivenUpInTheEndAndTheOthersAreTaken()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, agency.Settings());
        var never = new DateTimeOffset(9999, 12, 31, 23, 59, 0, TimeSpan.FromHours(9));
        agency.Publish("odd.xml", "緊急地震速報（予報）", app.Clock.GetUtcNow().AddHours(-1), (BulletinXml.EarlyWarning() with { At = never }).ToBytes());
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.Landslide("レベル４土砂災害危険警報", "49")));
        await IntakeTests.RoundAsync(app);
        await app.OneActiveAsync();

        await RoundsAsync(app);
        (await EntriesAsync(app)).Single(entry => entry.Id.EndsWith("odd.xml", StringComparison.Ordinal)).State.ShouldBe(EntryState.Failed);
    }

    [Fact]
    public async Task Follow_WhenAnEntryIsListedBeforeItIsThere_ItIsTakenLater()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await AlertsApp.StartAsync(null, agency.Settings());
        agency.IsLate = true;
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.Landslide("レベル４土砂災害危険警報", "49")));
        await IntakeTests.RoundAsync(app);
        (await EntriesAsync(app)).ShouldHaveSingleItem().State.ShouldBe(EntryState.Pending);

        agency.IsLate = false;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await IntakeTests.RoundAsync(app);
        await app.OneActiveAsync();
    }

    [Fact]
    public async Task Follow_WhenTheSecretOfPushesCannotBeMade_TheServiceRunsAndReadsTheFeeds()
    {
        await using var agency = await FakeAgency.StartAsync();
        var file = Path.Combine(agency.Folder, "no-folder");
        await File.WriteAllTextAsync(file, "");
        agency.Publish("1.xml", BulletinXml.Landslide("レベル４土砂災害危険警報", "49") with { At = TimeProvider.System.GetUtcNow().AddMinutes(-3).ToOffset(TimeSpan.FromHours(9)) });
        await using var app = await AlertsApp.StartAsync(null, agency.Settings(
            "--Alerts:Jma:Follow", "true",
            "--Alerts:Jma:Hub", agency.Address + "/hub",
            "--Alerts:Jma:Callback", "http://127.0.0.1/api/162043/alerts/jma/push/",
            "--Alerts:Jma:SecretFile", Path.Combine(file, "push.key")));
        await using var stream = await StreamClient.OpenAsync(app);
        (await stream.NextAsync()).Municipality.ShouldBe(TestTown.Uozu);
        agency.Subscription.ShouldBeNull();
    }

    private static async Task RoundsAsync(AlertsApp app)
    {
        for (var round = 0; round < ManyRounds; round++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(15));
            await IntakeTests.RoundAsync(app);
        }
    }

    // Not by the list of a town, whose database may be the broken one.
    private static Task<IReadOnlyList<EntryView>> EntriesAsync(AlertsApp app)
        => app.Services.GetRequiredService<JmaInbox>().ListAsync(0, 10, CancellationToken.None);
}
