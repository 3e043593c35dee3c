using Microsoft.Extensions.DependencyInjection;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Import;
using SmartCity.Alerts.Safety;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Alerts.Tests.Import;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Tests.Safety;

/// <summary>When what people said is deleted, and when it must not be.</summary>
public sealed class SafetyEraserTests
{
    [Fact]
    public async Task Erase_WhenAnAdvisoryFollowsALongEmergency_CountsFromTheEndOfTheEmergency()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.OkAsync(HttpMethod.Post, "/checks", new { isExercise = false, hours = 168 }, SafetyClient.Officer);
        await app.TakenAsync(new { status = "need-help", name = "花子" });
        await AdviseAsync(app, days: 30);
        app.Clock.Advance(TimeSpan.FromDays(7.01));
        (await app.OneActiveAsync()).Severity.ShouldBe("Moderate");
        (await EraseAsync(app)).ShouldBe(0);
        app.Clock.Advance(TimeSpan.FromDays(6.9));
        (await EraseAsync(app)).ShouldBe(0);
        app.Clock.Advance(TimeSpan.FromDays(0.2));
        (await EraseAsync(app)).ShouldBe(1);
    }

    [Fact]
    public async Task Erase_WhenAnAdvisoryEndedLater_IsNotPutOffByIt()
    {
        await using var app = await SafetyClient.FloodedAsync();
        await app.TakenAsync(new { status = "safe" });
        await app.ClearAsync(TestTown.Level3, minute: 30);
        await AdviseAsync(app, days: 7);
        app.Clock.Advance(TimeSpan.FromDays(7.1));
        (await EraseAsync(app)).ShouldBe(1);
    }

    [Fact]
    public async Task Erase_WhileAnEmergencyGoesOn_KeepsRealCallsForHelpThatWaitHoweverOld()
    {
        await using var app = await AlertsApp.StartAsync(null, "--Alerts:Safety:KeepDaysAtMost=2");
        await app.OkAsync(HttpMethod.Post, "/checks", new { isExercise = false, hours = 168 }, SafetyClient.Officer);
        var waiting = await app.TakenAsync(new { status = "need-help" });
        var helped = await app.TakenAsync(new { status = "need-help" });
        await app.TakenAsync(new { status = "safe" });
        await app.OkAsync(HttpMethod.Put, "/rescue-list/" + helped.Id, new { status = "done" }, SafetyClient.Officer);
        app.Clock.Advance(TimeSpan.FromDays(3));
        (await EraseAsync(app)).ShouldBe(2);
        (await app.Database.ColumnAsync("SELECT id FROM safety_report")).ShouldBe([waiting.Id]);
    }

    private static async Task AdviseAsync(AlertsApp app, int days)
    {
        var now = app.Clock.GetUtcNow();
        var advisory = CapSample.Alert("advisory", now).With(info => info with { Severity = CapSeverity.Moderate, Expires = CapTime.WholeSeconds(now.AddDays(days)) });
        (await app.ImportAsync(advisory)).Outcome.ShouldBe(ForeignOutcome.Issued);
    }

    private static async Task<int> EraseAsync(AlertsApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = TestTown.Uozu;
        return await scope.ServiceProvider.GetRequiredService<SafetyEraser>().EraseAsync(CancellationToken.None);
    }
}
