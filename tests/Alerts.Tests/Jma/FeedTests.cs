using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Jma.Intake;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>The short feeds hold ten minutes: how nothing is lost when they were not read for a while.</summary>
public sealed class FeedTests
{
    private const string Short = "/feed/eqvol.xml";
    private const string Long = "/feed/eqvol_l.xml";

    [Fact]
    public async Task Read_WhenTheServiceStarts_ReadsTheLongFeedForWhatTheShortOneHasNoMore()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await StartAsync(agency);
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.Landslide("レベル４土砂災害危険警報", "49")));
        agency.Forgotten = 1;
        await IntakeTests.RoundAsync(app);
        await app.OneActiveAsync();
        agency.Asked.ShouldBe([Short, Long, "1.xml"]);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await IntakeTests.RoundAsync(app);
        agency.Asked.ShouldBe([Short, Long, "1.xml", "304"]);
    }

    [Fact]
    public async Task Read_WhenTheFeedsWereAwayForLong_ReadsTheLongFeedNowAndAfterItWasWrittenAgain()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await StartAsync(agency);
        await IntakeTests.RoundAsync(app);
        agency.IsDown = true;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await IntakeTests.RoundAsync(app);
        agency.IsDown = false;
        agency.Publish("1.xml", JmaImportTests.Now(app, BulletinXml.Landslide("レベル４土砂災害危険警報", "49")));
        agency.Forgotten = 1;
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await IntakeTests.RoundAsync(app);
        await app.OneActiveAsync();
        agency.Asked.ShouldBe([Short, Long, "503", Short, Long, "1.xml"]);

        agency.Publish("2.xml", "府県天気予報（Ｒ１）", app.Clock.GetUtcNow(), []);
        for (var minutes = 0; minutes < 72; minutes += 3)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(3));
            await IntakeTests.RoundAsync(app);
        }

        agency.Asked.Count(asked => asked == Long).ShouldBe(3);
    }

    [Fact]
    public async Task Read_WhenAFeedFailsAgainAndAgain_IsTriedEveryTwoMinutesStill()
    {
        await using var agency = await FakeAgency.StartAsync();
        await using var app = await StartAsync(agency);
        agency.IsDown = true;
        for (var round = 1; round <= 12; round++)
        {
            await app.Services.GetRequiredService<FeedReader>().ReadAsync(CancellationToken.None);
            agency.Asked.Count.ShouldBe(round);
            app.Clock.Advance(TimeSpan.FromMinutes(2));
        }
    }

    private static Task<AlertsApp> StartAsync(FakeAgency agency) => AlertsApp.StartAsync(null, agency.Settings("--Alerts:Jma:LongFeeds:0", agency.LongFeed));
}
