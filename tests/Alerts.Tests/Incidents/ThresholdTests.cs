using System.Net;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Incidents;

public sealed class ThresholdTests
{
    [Fact]
    public async Task Deliver_WhenRaisedAndCleared_IssuesAndCancelsEverywhere()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);

        var alert = await app.OneActiveAsync();
        alert.MsgType.ShouldBe("Alert");
        alert.Level.ShouldBe(3);
        alert.Info.Select(info => info.Language).ShouldBe(["ja", "en", "ja-Hira", "ko", "pt", "vi", "zh-Hans"]);
        alert.Info[0].LevelName.ShouldBe("高齢者等避難");
        alert.Area!.Value.GetProperty("type").GetString().ShouldBe("Polygon");
        var issued = await app.Sidecar.NextAsync();
        issued.Topic.ShouldBe(Topics.AlertIssued);
        issued.EventId.ShouldBe(alert.Id);
        issued.Event.Alert.Id.ShouldBe(alert.Id);

        await app.ClearAsync(TestTown.Level3, minute: 30);

        (await app.ActiveAsync()).ShouldBeEmpty();
        var cancelled = await app.Sidecar.NextAsync();
        cancelled.Topic.ShouldBe(Topics.AlertCancelled);
        cancelled.Event.Alert.AlertId.ShouldBe(alert.Id);
        cancelled.Event.Alert.CancelledAt.ShouldNotBeNull();
        (await app.CapAsync(cancelled.Event.Alert.Id)).References.ShouldBe([alert.Id]);
        (await app.GetAsync<AlertView>(AlertsApp.Town(alert.Id))).CancelledAt.ShouldBe(cancelled.Event.Alert.CancelledAt);
    }

    [Fact]
    public async Task Deliver_WhenTheSameEventComesTwice_ActsOnce()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.ClearAsync(TestTown.Level3, minute: 1);

        (await app.Sidecar.NextAsync()).Topic.ShouldBe(Topics.AlertIssued);
        (await app.Sidecar.NextAsync()).Topic.ShouldBe(Topics.AlertCancelled);
        app.Sidecar.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Deliver_WhenManyCopiesComeAtOnce_ActsOnce()
    {
        await using var app = await AlertsApp.StartAsync();
        var copies = Enumerable.Range(0, 16).Select(_ => app.RaiseAsync(TestTown.Level3, minute: 0));
        await Task.WhenAll(copies).WaitAsync(AlertsApp.Patience);
        (await app.ActiveAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Deliver_WhenTheClearOvertakesTheRaise_IssuesNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.ClearAsync(TestTown.Level3, minute: 10);
        await app.RaiseAsync(TestTown.Level3, minute: 5);
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deliver_WhenAnOldClearComesAfterANewRaise_KeepsTheAlert()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 20);
        await app.ClearAsync(TestTown.Level3, minute: 10);
        (await app.OneActiveAsync()).Level.ShouldBe(3);
    }

    [Fact]
    public async Task Deliver_WhenTheLevelRisesAndFalls_UpdatesWithReferencesToTheWholeChain()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = await app.OneActiveAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 10);
        var second = await app.OneActiveAsync();
        await app.ClearAsync(TestTown.Level4, minute: 20);
        var third = await app.OneActiveAsync();

        second.Level.ShouldBe(4);
        third.Level.ShouldBe(3);
        new[] { second, third }.ShouldAllBe(update => update.MsgType == "Update" && update.AlertId == first.Id);
        (await app.CapAsync(second.Id)).References.ShouldBe([first.Id]);
        (await app.CapAsync(third.Id)).References.ShouldBe([first.Id, second.Id], ignoreOrder: true);
        string[] topics = [(await app.Sidecar.NextAsync()).Topic, (await app.Sidecar.NextAsync()).Topic, (await app.Sidecar.NextAsync()).Topic];
        topics.ShouldBe([Topics.AlertIssued, Topics.AlertUpdated, Topics.AlertUpdated]);
    }

    [Fact]
    public async Task Deliver_WhenAnEarlierMessageHasExpired_DoesNotReferToIt()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        await app.RaiseAsync(TestTown.Level3, minute: 1);
        await app.ClearAsync(TestTown.Level4, minute: 2);
        var update = await app.OneActiveAsync();

        // The Alert was for two hours, the Update is for six.
        app.Clock.Advance(TimeSpan.FromHours(3));
        await app.ClearAsync(TestTown.Level3, minute: 180);
        var cancelled = await LastAsync(app, Topics.AlertCancelled);
        (await app.CapAsync(cancelled.Id)).References.ShouldBe([update.Id]);
    }

    [Fact]
    public async Task Deliver_WhenTheAlertHasExpired_CancelsNothingAndANewRaiseBeginsAnew()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var first = await app.OneActiveAsync();
        app.Clock.Advance(TimeSpan.FromHours(7));
        (await app.ActiveAsync()).ShouldBeEmpty();

        await app.ClearAsync(TestTown.Level3, minute: 420);
        await app.RaiseAsync(TestTown.Level3, minute: 430);

        var second = await app.OneActiveAsync();
        second.MsgType.ShouldBe("Alert");
        second.AlertId.ShouldNotBe(first.AlertId);
        (await app.Sidecar.NextAsync()).Event.Alert.Id.ShouldBe(first.Id);
        (await app.Sidecar.NextAsync()).Event.Alert.Id.ShouldBe(second.Id);
    }

    [Fact]
    public async Task Deliver_WhenTwoDevicesRaise_KeepsTwoChains()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RaiseAsync(TestTown.Level3, minute: 0, TestTown.OtherGauge);
        await app.ClearAsync(TestTown.Level3, minute: 5);
        (await app.OneActiveAsync()).DeviceId.ShouldBe(TestTown.OtherGauge);
    }

    [Theory]
    [InlineData("999999", TestTown.Level3)]
    [InlineData(TestTown.Saga, TestTown.Level3)]
    [InlineData(TestTown.Uozu, TestTown.NoPolicy)]
    public async Task Deliver_WhenNobodyAsksForThisAlert_AcknowledgesAndDoesNothing(string municipality, string rule)
    {
        await using var app = await AlertsApp.StartAsync();
        await app.DeliverAsync(AlertsApp.Threshold(rule, ThresholdTransition.Raised, minute: 0, municipality: municipality));
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        (await app.Sidecar.NextAsync()).Event.Municipality.ShouldBe(TestTown.Uozu);
        app.Sidecar.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Subscribe_WhenTheSidecarAsks_NamesTheTopicAndItsDeadLetters()
    {
        await using var app = await AlertsApp.StartAsync();
        using var response = await app.SendAsync(HttpMethod.Get, "/dapr/subscribe");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var document = await response.Content.ReadAsStringAsync();
        document.ShouldContain("\"sensor.threshold\"");
        document.ShouldContain("\"dead-letter\"");
        document.ShouldContain("events/sensor-threshold");
    }

    private static async Task<AlertView> LastAsync(AlertsApp app, string topic)
    {
        Published published;
        do
        {
            published = await app.Sidecar.NextAsync();
        }
        while (published.Topic != topic);

        return published.Event.Alert;
    }
}
