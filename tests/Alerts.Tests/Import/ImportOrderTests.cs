using System.Net;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Import;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Import;

/// <summary>Messages on different ways overtake each other.</summary>
public sealed class ImportOrderTests
{
    [Fact]
    public async Task Import_WhenTheUpdateComesFirst_ShowsItAloneAndTheOriginalNever()
    {
        await using var app = await AlertsApp.StartAsync();
        var now = app.Clock.GetUtcNow();
        var first = CapSample.Alert("storm-1", now.AddMinutes(-3));
        var second = CapSample.Alert("storm-2", now.AddMinutes(-2), CapMsgType.Update, first).With(info => info with { Headline = "Newer" });

        var update = await app.ImportAsync(second);
        update.Outcome.ShouldBe(ForeignOutcome.Issued);
        update.Notices.ShouldHaveSingleItem().Code.ShouldBe("update-of-unknown");
        await app.Sidecar.NextAsync();
        var original = await app.ImportAsync(first);
        (original.Outcome, original.AlertId).ShouldBe((ForeignOutcome.Superseded, update.Id));
        original.Notices.ShouldHaveSingleItem().Code.ShouldBe("superseded");

        (await app.OneActiveAsync()).Info[0].Headline.ShouldBe("Newer");
        app.Sidecar.HasMore.ShouldBeFalse();
        (await app.CapAsync(original.Id))["identifier"].ShouldBe("storm-1");
        var ending = await app.ImportAsync(CapSample.Alert("storm-3", now, CapMsgType.Cancel, first));
        (ending.Outcome, ending.AlertId).ShouldBe((ForeignOutcome.Cancelled, update.Id));
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WhenTheCancelComesFirst_ShowsNothingOfTheAlert()
    {
        await using var app = await AlertsApp.StartAsync();
        var now = app.Clock.GetUtcNow();
        var first = CapSample.Alert("storm-1", now.AddMinutes(-3));
        var cancel = await app.ImportAsync(CapSample.Alert("storm-2", now.AddMinutes(-2), CapMsgType.Cancel, first) with { Info = [] });
        cancel.Outcome.ShouldBe(ForeignOutcome.Kept);
        cancel.Notices.ShouldHaveSingleItem().Code.ShouldBe("cancel-of-unknown");

        var late = await app.ImportAsync(first);
        late.Outcome.ShouldBe(ForeignOutcome.Superseded);
        (await app.ActiveAsync()).ShouldBeEmpty();
        app.Sidecar.HasMore.ShouldBeFalse();
        (await app.GetAsync<AlertView>(AlertsApp.Town(late.Id))).CancelledAt.ShouldBe(cancel.Sent);
    }

    [Fact]
    public async Task Import_WhenAnOlderUpdateComesAfterANewer_ChangesNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        var now = app.Clock.GetUtcNow();
        var first = CapSample.Alert("storm-1", now.AddMinutes(-3));
        var older = CapSample.Alert("storm-2", now.AddMinutes(-2), CapMsgType.Update, first).With(info => info with { Headline = "Older" });
        var newer = CapSample.Alert("storm-3", now.AddMinutes(-1), CapMsgType.Update, first).With(info => info with { Headline = "Newer" });
        await app.ImportAsync(first);
        await app.ImportAsync(newer);
        (await app.ImportAsync(older)).Outcome.ShouldBe(ForeignOutcome.Superseded);
        (await app.OneActiveAsync()).Info[0].Headline.ShouldBe("Newer");
    }

    [Fact]
    public async Task Import_WhenWhatTiesTwoMessagesComesLast_EndsTheStrayAlert()
    {
        await using var app = await AlertsApp.StartAsync();
        var now = app.Clock.GetUtcNow();
        var first = CapSample.Alert("storm-1", now.AddMinutes(-3));
        var second = CapSample.Alert("storm-2", now.AddMinutes(-2), CapMsgType.Update, first);
        var cancel = CapSample.Alert("storm-3", now.AddMinutes(-1), CapMsgType.Cancel, second);
        await app.ImportAsync(first);
        (await app.ImportAsync(cancel)).Outcome.ShouldBe(ForeignOutcome.Kept);
        await app.OneActiveAsync();

        (await app.ImportAsync(second)).Outcome.ShouldBe(ForeignOutcome.Superseded);
        (await app.ActiveAsync()).ShouldBeEmpty();
        string[] topics = [(await app.Sidecar.NextAsync()).Topic, (await app.Sidecar.NextAsync()).Topic];
        topics.ShouldBe([Topics.AlertIssued, Topics.AlertCancelled]);
    }

    [Fact]
    public async Task Import_WhenAnUpdateJoinsTwoAlerts_LeavesOne()
    {
        await using var app = await AlertsApp.StartAsync();
        var now = app.Clock.GetUtcNow();
        var north = CapSample.Alert("north", now.AddMinutes(-3));
        var south = CapSample.Alert("south", now.AddMinutes(-2));
        await app.ImportAsync(north);
        await app.ImportAsync(south);
        var joined = await app.ImportAsync(CapSample.Alert("both", now.AddMinutes(-1), CapMsgType.Update, north, south));
        (await app.OneActiveAsync()).AlertId.ShouldBe(joined.AlertId);
    }

    [Fact]
    public async Task Import_WhenSomebodyElseCancelsTheTownsOwn_TheTownsStays()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var own = await app.OneActiveAsync();
        var forged = CapSample.Alert("end", app.Clock.GetUtcNow(), CapMsgType.Cancel) with { References = [new CapReference("bousai@city.uozu.example", own.Id, own.Sent)] };
        (await app.ImportAsync(forged)).Outcome.ShouldBe(ForeignOutcome.Kept);
        (await app.OneActiveAsync()).Id.ShouldBe(own.Id);

        var disguised = forged with { Identifier = "end-2", Sender = "bousai@city.uozu.example" };
        using var response = await app.PostCapAsync(CapWriter.Write(disguised));
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe("cap-not-issued-here");
        (await app.OneActiveAsync()).Id.ShouldBe(own.Id);
    }

    [Theory]
    [InlineData(CapMsgType.Cancel, ForeignOutcome.Kept)]
    [InlineData(CapMsgType.Update, ForeignOutcome.Issued)]
    public async Task Import_WhenAnotherAuthorityNamesTheMessage_TheFirstStays(CapMsgType msgType, ForeignOutcome outcome)
    {
        await using var app = await AlertsApp.StartAsync();
        var now = app.Clock.GetUtcNow();
        var storm = CapSample.Alert("storm", now.AddMinutes(-3));
        var first = await app.ImportAsync(storm);
        var strange = CapSample.Alert("strange", now.AddMinutes(-1), msgType, storm) with { Sender = "somebody@else.example" };

        (await app.ImportAsync(strange)).Outcome.ShouldBe(outcome);

        (await app.ActiveAsync()).Select(alert => alert.Id).ShouldContain(first.Id);
    }
}
