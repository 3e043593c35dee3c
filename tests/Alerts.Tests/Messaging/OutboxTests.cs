using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;

namespace SmartCity.Alerts.Tests.Messaging;

public sealed class OutboxTests
{
    [Fact]
    public async Task Publish_WhenTheProcessDiesBetweenCommitAndPublish_PublishesAfterTheRestart()
    {
        await using var app = await AlertsApp.StartAsync();
        app.Sidecar.Refuse();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var refused = await app.Sidecar.NextRefusedAsync();
        await app.RestartAsync();
        app.Sidecar.Accept();

        var published = await app.Sidecar.NextAsync();
        published.PubSub.ShouldBe(Topics.PubSub);
        // The receiver may have had the first one although it said otherwise: the id tells that it is the same.
        published.EventId.ShouldBe(refused.EventId);
        published.Event.EventId.ShouldBe(refused.EventId);
        (await app.OneActiveAsync()).Id.ShouldBe(published.Event.Alert.Id);
    }

    [Fact]
    public async Task Publish_WhenTheSidecarRefusesForAWhile_KeepsTheOrder()
    {
        await using var app = await AlertsApp.StartAsync();
        app.Sidecar.Refuse();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.ClearAsync(TestTown.Level3, minute: 1);
        await app.Sidecar.NextRefusedAsync();
        app.Sidecar.Accept();
        (await app.Sidecar.NextAsync()).Topic.ShouldBe(Topics.AlertIssued);
        (await app.Sidecar.NextAsync()).Topic.ShouldBe(Topics.AlertCancelled);
    }
}
