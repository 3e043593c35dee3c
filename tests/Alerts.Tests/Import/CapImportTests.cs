using System.Net;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Import;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Alerts.Tests.Streaming;
using SmartCity.Contracts;
using SmartCity.ServiceTestKit;
using SmartCity.TestKit;

namespace SmartCity.Alerts.Tests.Import;

public sealed class CapImportTests
{
    [Fact]
    public async Task Import_WhenAnotherAuthorityWarns_ShowsItWithoutALevel()
    {
        await using var app = await AlertsApp.StartAsync();
        await using var stream = await StreamClient.OpenAsync(app);
        var alert = CapSample.Alert("storm-1", app.Clock.GetUtcNow());
        var answer = await app.ImportAsync(alert);

        (answer.Outcome, answer.Status, answer.MsgType, answer.Identifier).ShouldBe((ForeignOutcome.Issued, CapStatus.Actual, CapMsgType.Alert, "storm-1"));
        answer.Notices.ShouldBeEmpty();
        var view = await app.OneActiveAsync();
        (view.Id, view.Level, view.Severity, view.Urgency, view.Certainty).ShouldBe((answer.Id, null, "Severe", "Expected", "Likely"));
        (view.Origin, view.OriginIdentifier, view.Info[0].Headline, view.Info[0].SenderName).ShouldBe((CapSample.Sender, "storm-1", "暴風に警戒してください", "気象台"));
        view.Info.ShouldAllBe(info => info.LevelName == null);
        view.Area!.Value.GetProperty("type").GetString().ShouldBe("Polygon");
        view.Expires.ShouldBe(alert.Info[0].Expires!.Value);
        (await stream.NextAsync()).Id.ShouldBe(view.Id);
        var published = await app.Sidecar.NextAsync();
        (published.Topic, published.EventId, published.Event.Alert.Level).ShouldBe((Topics.AlertIssued, view.Id, null));
        (await app.CapAsync(view.Id))["identifier"].ShouldBe("storm-1");
    }

    [Fact]
    public async Task Import_WhenItComesAgain_AnswersTheSameAndAddsNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        var xml = CapWriter.Write(CapSample.Alert("storm-1", app.Clock.GetUtcNow()));
        using var first = await app.PostCapAsync(xml);
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var again = await app.PostCapAsync(xml.Replace("\n", "\r\n  ", StringComparison.Ordinal));
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        await app.OneActiveAsync();
        await app.Sidecar.NextAsync();
        app.Sidecar.HasMore.ShouldBeFalse();

        using var other = await app.PostCapAsync(xml.Replace("Beware of", "Enjoy", StringComparison.Ordinal));
        (await AlertsApp.ProblemAsync(other, HttpStatusCode.Conflict)).ShouldBe("cap-conflict");
        (await app.OneActiveAsync()).Info[1].Headline.ShouldBe("Beware of the storm");
    }

    [Fact]
    public async Task Import_WhenAThousandWarningsHideAFault_IsRefusedForTheFault()
    {
        await using var app = await AlertsApp.StartAsync();
        var strange = string.Concat(Enumerable.Range(0, 1000).Select(number => $"<x:e{number} xmlns:x=\"urn:x\"/>"));
        var xml = CapWriter.Write(CapSample.Alert("storm", app.Clock.GetUtcNow()));
        xml = xml.Replace("<status>Actual", strange + "<status>actually", StringComparison.Ordinal);

        using var response = await app.PostCapAsync(xml);

        (await AlertsApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe("cap-refused");
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WhenItHasAThousandCircles_ShowsOneAreaOfFewPoints()
    {
        await using var app = await AlertsApp.StartAsync();
        var circles = Enumerable.Range(0, 1000).Select(number => new CapCircle(36.5 + (number % 40 * 0.01), 137.1 + (number / 40 * 0.01), 1)).ToList();
        var alert = CapSample.Alert("storm", app.Clock.GetUtcNow()).With(info => info with { Areas = [new CapArea { Description = "Coast", Circles = circles }] });

        await app.ImportAsync(alert);

        (await app.OneActiveAsync()).Area!.Value.GetRawText().Length.ShouldBeLessThan(100_000);
    }

    [Fact]
    public async Task Import_WhenTheTownsOwnMessageComesBack_AddsNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var own = await app.OneActiveAsync();
        var xml = await app.Client.GetStringAsync(new Uri(AlertsApp.Town(own.Id + ".cap.xml"), UriKind.Relative));
        using var same = await app.PostCapAsync(xml);
        same.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.OneActiveAsync()).Id.ShouldBe(own.Id);
        using var forged = await app.PostCapAsync(xml.Replace("避難", "帰宅", StringComparison.Ordinal));
        (await AlertsApp.ProblemAsync(forged, HttpStatusCode.Conflict)).ShouldBe("cap-conflict");
    }

    [Fact]
    public async Task Import_WhenUpdatedAndCancelled_StaysOneAlertAndEnds()
    {
        await using var app = await AlertsApp.StartAsync();
        await using var stream = await StreamClient.OpenAsync(app);
        var now = app.Clock.GetUtcNow();
        var first = CapSample.Alert("storm-1", now.AddMinutes(-3));
        var second = CapSample.Alert("storm-2", now.AddMinutes(-2), CapMsgType.Update, first).With(info => info with { Severity = CapSeverity.Extreme });
        var third = CapSample.Alert("storm-3", now.AddMinutes(-1), CapMsgType.Cancel, second);

        var issued = await app.ImportAsync(first);
        var updated = await app.ImportAsync(second);
        (updated.Outcome, updated.AlertId).ShouldBe((ForeignOutcome.Updated, issued.Id));
        (await app.OneActiveAsync()).Severity.ShouldBe("Extreme");
        var cancelled = await app.ImportAsync(third);
        (cancelled.Outcome, cancelled.AlertId).ShouldBe((ForeignOutcome.Cancelled, issued.Id));
        (await app.ActiveAsync()).ShouldBeEmpty();

        string[] types = [(await stream.NextAsync()).MsgType, (await stream.NextAsync()).MsgType, (await stream.NextAsync()).MsgType];
        types.ShouldBe(["Alert", "Update", "Cancel"]);
        string[] topics = [(await app.Sidecar.NextAsync()).Topic, (await app.Sidecar.NextAsync()).Topic, (await app.Sidecar.NextAsync()).Topic];
        topics.ShouldBe([Topics.AlertIssued, Topics.AlertUpdated, Topics.AlertCancelled]);
        (await app.GetAsync<Contracts.Views.AlertView>(AlertsApp.Town(issued.Id))).CancelledAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Import_WhenItIsADrill_StaysApartFromWhatIsReal()
    {
        await using var app = await AlertsApp.StartAsync();
        var now = app.Clock.GetUtcNow();
        var real = CapSample.Alert("storm-1", now.AddMinutes(-3));
        await app.ImportAsync(real);
        var drill = await app.ImportAsync(CapSample.Alert("drill-1", now.AddMinutes(-2)) with { Status = CapStatus.Exercise, Note = "Autumn drill" });
        var ending = await app.ImportAsync(CapSample.Alert("drill-2", now.AddMinutes(-1), CapMsgType.Cancel, real) with { Status = CapStatus.Test });

        ending.Outcome.ShouldBe(ForeignOutcome.Kept);
        (await app.GetAsync<Page<Contracts.Views.AlertView>>(AlertsApp.Town("active?status=Actual"))).Items.ShouldHaveSingleItem().OriginIdentifier.ShouldBe("storm-1");
        var shown = (await app.GetAsync<Page<Contracts.Views.AlertView>>(AlertsApp.Town("active?status=Exercise"))).Items.ShouldHaveSingleItem();
        (shown.Id, shown.Status).ShouldBe((drill.Id, "Exercise"));
        shown.Info.Select(info => info.Headline).ShouldBe(["【訓練】暴風に警戒してください", "[DRILL] Beware of the storm"]);
        using var unknown = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("active?status=Real"));
        (await AlertsApp.ProblemAsync(unknown, HttpStatusCode.BadRequest)).ShouldBe("status-unknown");
    }

    [Theory]
    [InlineData(CapStatus.Draft, CapMsgType.Alert, CapScope.Public)]
    [InlineData(CapStatus.System, CapMsgType.Alert, CapScope.Public)]
    [InlineData(CapStatus.Actual, CapMsgType.Ack, CapScope.Public)]
    [InlineData(CapStatus.Actual, CapMsgType.Error, CapScope.Public)]
    [InlineData(CapStatus.Actual, CapMsgType.Alert, CapScope.Restricted)]
    [InlineData(CapStatus.Actual, CapMsgType.Alert, CapScope.Private)]
    public async Task Import_WhenItIsNotForThePublic_IsStoredAndShownToNobody(CapStatus status, CapMsgType msgType, CapScope scope)
    {
        await using var app = await AlertsApp.StartAsync();
        var now = app.Clock.GetUtcNow();
        var answer = await app.ImportAsync(CapSample.Alert("x-1", now, msgType, CapSample.Alert("x-0", now.AddMinutes(-1))) with
        {
            Status = status,
            Scope = scope,
            Restriction = scope == CapScope.Restricted ? "fire brigade" : null,
            Addresses = scope == CapScope.Private ? ["a@example", "b c"] : [],
        });
        (answer.Outcome, answer.Scope, answer.AlertId).ShouldBe((ForeignOutcome.Kept, scope, null));
        (await app.ActiveAsync()).ShouldBeEmpty();
        foreach (var path in new[] { answer.Id, answer.Id + ".cap.xml" })
        {
            using var response = await app.SendAsync(HttpMethod.Get, AlertsApp.Town(path));
            (await AlertsApp.ProblemAsync(response, HttpStatusCode.NotFound)).ShouldBe("unknown-alert");
        }

        app.Sidecar.HasMore.ShouldBeFalse();
        (await app.Database.ColumnAsync("SELECT identifier FROM foreign_message")).ShouldBe(["x-1"]);
    }

    [Fact]
    public async Task Import_WhenAServiceRelays_IsTakenAndAClerkIsRefused()
    {
        await using var app = await AlertsApp.StartAsync();
        var xml = CapWriter.Write(CapSample.Alert("storm-1", app.Clock.GetUtcNow()));
        using var clerk = await app.PostCapAsync(xml, TestTokens.For("clerk", "clerk", TestTown.Uozu));
        clerk.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var service = await app.PostCapAsync(xml, TestTokens.For("relay", "service", TestTown.Uozu));
        service.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await app.Database.ColumnAsync("SELECT imported_by FROM foreign_message")).ShouldBe(["relay"]);
        using var json = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("cap"), TestTokens.For("relay", "service", TestTown.Uozu), new { });
        (await AlertsApp.ProblemAsync(json, HttpStatusCode.UnsupportedMediaType)).ShouldBe("unsupported-media-type");
    }

    [TheoryIfSharedData]
    [InlineData("australia.cap", "tag:www.rfs.nsw.gov.au2011-10-06:40184")]
    [InlineData("wcatwc-warning.cap", "PAAQ-2-lqw6d6")]
    public async Task Import_WhenARealMessageIsLongOver_KeepsItForReadersAndTellsNobody(string file, string identifier)
    {
        await using var app = await AlertsApp.StartAsync();
        using var response = await app.PostCapAsync(await File.ReadAllTextAsync(SharedData.PathOf("cap", file)));
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        var answer = await AlertsApp.ReadAsync<ImportAnswer>(response);
        answer.Outcome.ShouldBe(ForeignOutcome.Expired);
        (await app.ActiveAsync()).ShouldBeEmpty();
        app.Sidecar.HasMore.ShouldBeFalse();
        (await app.CapAsync(answer.Id))["identifier"].ShouldBe(identifier);
    }
}
