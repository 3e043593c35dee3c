using System.Net;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Safety;

/// <summary>The flood that comes during the drill, and the drill that is still open after the flood.</summary>
public sealed class DrillTurnsRealTests
{
    [Fact]
    public async Task Change_WhenTheReportIsADrillsAndSomethingRealIsGoingOn_IsARealCallThatWaits()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.OkAsync(HttpMethod.Post, "/checks", new { isExercise = true, hours = 24 }, SafetyClient.Officer);
        var receipt = await app.TakenAsync(new { status = "need-help", name = "花子" });
        await app.OkAsync(HttpMethod.Put, "/rescue-list/" + receipt.Id, new { status = "on-the-way" }, SafetyClient.Officer);
        await app.RaiseAsync(TestTown.Level3, minute: 0);

        using var changed = await app.SafetyAsync(HttpMethod.Put, "", new { code = receipt.Code, report = new { status = "need-help", needs = new[] { "trapped" }, name = "花子" } });
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        var row = (await ListAsync(app)).ShouldHaveSingleItem();
        (row.Id, row.IsExercise, row.Rescue.Status).ShouldBe((receipt.Id, false, "waiting"));
        (await ListAsync(app, "?exercise=true")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_WhenOnlyTheDrillIsOpen_StaysTheDrills()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.OkAsync(HttpMethod.Post, "/checks", new { isExercise = true, hours = 24 }, SafetyClient.Officer);
        var receipt = await app.TakenAsync(new { status = "safe" });
        using var changed = await app.SafetyAsync(HttpMethod.Put, "", new { code = receipt.Code, report = new { status = "need-help" } });
        (await ListAsync(app)).ShouldHaveSingleItem().IsExercise.ShouldBeTrue();
    }

    [Fact]
    public async Task List_WhenTheAlertEndedBeforeAllWereHelped_IsTheRealOneAlthoughADrillIsOpen()
    {
        await using var app = await SafetyClient.FloodedAsync();
        var receipt = await app.TakenAsync(new { status = "need-help", name = "本当の人" });
        await app.OkAsync(HttpMethod.Post, "/checks", new { isExercise = true, hours = 24 }, SafetyClient.Officer);
        await app.ClearAsync(TestTown.Level3, minute: 10);
        (await app.TakenAsync(new { status = "need-help", name = "訓練の人" })).IsExercise.ShouldBeTrue();

        (await ListAsync(app)).ShouldHaveSingleItem().Id.ShouldBe(receipt.Id);
        (await CountsAsync(app)).IsExercise.ShouldBeFalse();
        await app.OkAsync(HttpMethod.Put, "/rescue-list/" + receipt.Id, new { status = "done" }, SafetyClient.Officer);
        (await ListAsync(app)).ShouldHaveSingleItem().IsExercise.ShouldBeTrue();
        (await CountsAsync(app)).IsExercise.ShouldBeTrue();
    }

    private static async Task<IReadOnlyList<RescueRow>> ListAsync(AlertsApp app, string query = "")
        => (await app.GetAsync<Page<RescueRow>>(AlertsApp.Town("safety-check/rescue-list" + query), SafetyClient.Officer)).Items;

    private static Task<SafetyCounts> CountsAsync(AlertsApp app) => app.GetAsync<SafetyCounts>(AlertsApp.Town("safety-check/counts"), SafetyClient.Clerk);
}
