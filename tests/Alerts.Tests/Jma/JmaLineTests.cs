using SmartCity.Alerts.Jma.Importing;
using SmartCity.Alerts.Tests.Hosting;

namespace SmartCity.Alerts.Tests.Jma;

/// <summary>Early warnings and forecasts of one quake are one alert, but each kind counts its own serials.</summary>
public sealed class JmaLineTests
{
    private static readonly BulletinXml TakenBack = new() { Title = "緊急地震速報（警報）", Serial = "1", InfoType = "取消", Body = "<Text>取り消します。</Text>" };

    [Fact]
    public async Task Import_WhenAForecastOfTheSameSecondCameFirst_TheWarningIsPublishedAndItsCancellationEndsIt()
    {
        await using var app = await AlertsApp.StartAsync();
        var forecast = await app.ImportAsync(Forecast(app));
        var warning = await app.ImportAsync(Warning(app));
        (warning.Outcome, warning.MsgType, warning.AlertId).ShouldBe((BulletinOutcome.Published, "Update", forecast.AlertId));
        (await app.OneActiveAsync()).Id.ShouldBe(warning.Id);

        (await app.ImportAsync(JmaImportTests.Now(app, TakenBack))).Outcome.ShouldBe(BulletinOutcome.Published);
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WhenAForecastOfTheSameSecondFollows_TheWarningStaysAndItsCancellationEndsIt()
    {
        await using var app = await AlertsApp.StartAsync();
        var warning = await app.ImportAsync(Warning(app));
        (await app.ImportAsync(Forecast(app))).Outcome.ShouldBe(BulletinOutcome.SaidAlready);
        (await app.OneActiveAsync()).Id.ShouldBe(warning.Id);

        (await app.ImportAsync(JmaImportTests.Now(app, TakenBack, seconds: 2))).Outcome.ShouldBe(BulletinOutcome.Published);
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WhenAWarningComesAfterALaterForecast_IsPublishedAndItsCancellationEndsIt()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.ImportAsync(JmaImportTests.Now(app, BulletinXml.EarlyWarning("6", intensity: "4"), seconds: 1));
        var warning = await app.ImportAsync(Warning(app));
        warning.Outcome.ShouldBe(BulletinOutcome.Published);
        (await app.OneActiveAsync()).Id.ShouldBe(warning.Id);

        (await app.ImportAsync(JmaImportTests.Now(app, TakenBack, seconds: 2))).Outcome.ShouldBe(BulletinOutcome.Published);
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    private static BulletinXml Forecast(AlertsApp app) => JmaImportTests.Now(app, BulletinXml.EarlyWarning("5", intensity: "4"));

    private static BulletinXml Warning(AlertsApp app) => JmaImportTests.Now(app, BulletinXml.EarlyWarning("1") with { Title = "緊急地震速報（警報）" });
}
