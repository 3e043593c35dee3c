using SmartCity.Alerts.Jma.Importing;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>What waits for an officer is withdrawn by what replaces it, and by nothing else.</summary>
public sealed class WaitingTests
{
    private const string Name = "入善町";
    private const string Area = "1634200";

    [Fact]
    public async Task Import_WhenTheNewerOneDoesNotConcernTheTown_WhatWaitsGoesOnWaiting()
    {
        await using var app = await AlertsApp.StartAsync();
        var waiting = await ImportAsync(app, BulletinXml.Landslide("レベル３土砂災害警報", "09", Area, Name));
        (await ImportAsync(app, BulletinXml.Landslide("レベル３土砂災害警報", "09"), seconds: 60)).Outcome.ShouldBe(BulletinOutcome.DoesNotConcern);
        (await OutcomeAsync(app, waiting)).ShouldBe(BulletinOutcome.Waiting);
    }

    [Fact]
    public async Task Import_WhenAnOlderOneComesLater_WhatWaitsGoesOnWaiting()
    {
        await using var app = await AlertsApp.StartAsync();
        var waiting = await ImportAsync(app, BulletinXml.Landslide("レベル４土砂災害危険警報", "49", Area, Name), seconds: 60);
        await ImportAsync(app, BulletinXml.Landslide("レベル３土砂災害警報", "09", Area, Name));
        (await OutcomeAsync(app, waiting)).ShouldBe(BulletinOutcome.Waiting);
    }

    [Theory]
    [InlineData("発表", BulletinOutcome.Waiting)]
    [InlineData("解除", BulletinOutcome.NothingToEnd)]
    public async Task Import_WhenANewerOneConcernsTheTown_WhatWaitedIsWithdrawn(string status, BulletinOutcome outcome)
    {
        await using var app = await AlertsApp.StartAsync();
        var waiting = await ImportAsync(app, BulletinXml.Landslide("レベル３土砂災害警報", "09", Area, Name));
        (await ImportAsync(app, BulletinXml.Landslide("レベル４土砂災害危険警報", "49", Area, Name, status), seconds: 60)).Outcome.ShouldBe(outcome);
        (await OutcomeAsync(app, waiting)).ShouldBe(BulletinOutcome.Superseded);
    }

    [Fact]
    public async Task Publish_WhenTheWarningIsInForceAlready_TheForecastDoesNotTakeItsPlace()
    {
        await using var app = await AlertsApp.StartAsync();
        var waiting = await ImportAsync(app, BulletinXml.EarlyWarning("5", intensity: "4"), seconds: 1);
        waiting.Outcome.ShouldBe(BulletinOutcome.Waiting);
        // Of another kind: the officer still decides about the forecast.
        var warning = await ImportAsync(app, BulletinXml.EarlyWarning("1") with { Title = "緊急地震速報（警報）" });
        warning.Outcome.ShouldBe(BulletinOutcome.Published);
        (await OutcomeAsync(app, waiting)).ShouldBe(BulletinOutcome.Waiting);

        using var published = await app.SendAsync(
            HttpMethod.Post, AlertsApp.Town($"jma/{waiting.BulletinId}/publish", TestTown.Nyuzen), TestTokens.For("officer-2", "officer", TestTown.Nyuzen));
        (await AlertsApp.ReadAsync<BulletinAnswer>(published)).Outcome.ShouldBe(BulletinOutcome.SaidAlready);
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldHaveSingleItem().Id.ShouldBe(warning.Id);
    }

    private static Task<BulletinAnswer> ImportAsync(AlertsApp app, BulletinXml bulletin, double seconds = 0)
        => app.ImportAsync(JmaImportTests.Now(app, bulletin, seconds).ToBytes(), TestTown.Nyuzen);

    private static async Task<BulletinOutcome> OutcomeAsync(AlertsApp app, BulletinAnswer bulletin)
        => (await app.BulletinsAsync(municipality: TestTown.Nyuzen)).Single(row => row.Id == bulletin.BulletinId).Outcome;
}
