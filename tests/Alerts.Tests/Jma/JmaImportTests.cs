using System.Net;
using System.Text;
using System.Text.Json;
using SmartCity.Alerts.Jma.Importing;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Jma;

public sealed class JmaImportTests
{
    [Fact]
    public async Task Import_WhenAnEarlyWarningConcernsTheTown_ResidentsSeeItAtOnce()
    {
        await using var app = await AlertsApp.StartAsync();
        var answer = await app.ImportAsync(Now(app, BulletinXml.EarlyWarning()));
        (answer.Status, answer.MsgType, answer.Outcome, answer.ConcernsTown, answer.Level).ShouldBe(("Actual", "Alert", BulletinOutcome.Published, true, null));
        answer.Info.Select(info => info.Language).ShouldBe(["ja", "en", "ja-Hira"]);

        var alert = await app.OneActiveAsync();
        (alert.Id, alert.Hazard, alert.Level, alert.Severity, alert.Origin).ShouldBe((answer.Id, "earthquake", null, "Severe", "JMA"));
        alert.Info[2].Headline.ShouldBe("うおづし：もうすぐ つよい じしんが きます");
        var published = await app.Sidecar.NextAsync();
        (published.Topic, published.Event.Alert.Id).ShouldBe((Topics.AlertIssued, answer.Id));
        (await app.CapAsync(answer.Id))["sender"].ShouldBe("xml.kishou.go.jp");
    }

    [Fact]
    public async Task Import_WhenTheSameBulletinComesAgain_AddsNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        var bulletin = Now(app, BulletinXml.EarlyWarning());
        var first = await app.ImportAsync(bulletin);
        var again = await app.ImportAsync(bulletin);
        (again.Id, again.IsRepeated, again.Outcome).ShouldBe((first.Id, true, BulletinOutcome.Published));
        (await app.BulletinsAsync()).ShouldHaveSingleItem();
        await app.OneActiveAsync();
        await app.Sidecar.NextAsync();
        app.Sidecar.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Import_WhenAWarningFollowsAndIsTakenBack_OneAlertIsUpdatedAndCancelled()
    {
        await using var app = await AlertsApp.StartAsync();
        var first = await app.ImportAsync(Now(app, BulletinXml.EarlyWarning("1")));
        var second = await app.ImportAsync(Now(app, BulletinXml.EarlyWarning("2", intensity: "6-"), seconds: 2));
        (second.MsgType, second.AlertId).ShouldBe(("Update", first.AlertId));
        (await app.OneActiveAsync()).Severity.ShouldBe("Extreme");

        // It repeats the last serial, and names no area.
        var cancel = await app.ImportAsync(Now(app, new BulletinXml { Serial = "2", InfoType = "取消", Body = "<Text>先ほどの、緊急地震速報（予報）を取り消します。</Text>" }, seconds: 5));
        (cancel.MsgType, cancel.Outcome, cancel.AlertId).ShouldBe(("Cancel", BulletinOutcome.Published, first.AlertId));
        (await app.ActiveAsync()).ShouldBeEmpty();
        (await app.CapAsync(cancel.Id)).References.ShouldBe([first.BulletinId, second.BulletinId]);
    }

    [Fact]
    public async Task Import_WhenTheCancellationComesBeforeItsOriginal_TheOriginalIsNeverPublished()
    {
        await using var app = await AlertsApp.StartAsync();
        var cancel = await app.ImportAsync(Now(app, new BulletinXml { Serial = "1", InfoType = "取消", Body = "<Text>取り消します。</Text>" }, seconds: 3));
        (cancel.MsgType, cancel.Outcome).ShouldBe(("Cancel", BulletinOutcome.NothingToEnd));
        var original = await app.ImportAsync(Now(app, BulletinXml.EarlyWarning("1")));
        original.Outcome.ShouldBe(BulletinOutcome.Superseded);
        (await app.ActiveAsync()).ShouldBeEmpty();
        app.Sidecar.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Import_WhenSerialsComeOutOfOrder_TheOlderDoesNotReplaceTheNewer()
    {
        await using var app = await AlertsApp.StartAsync();
        // In the same second: only the serial tells them apart.
        var second = Now(app, BulletinXml.EarlyWarning("2", intensity: "6+"));
        var newer = await app.ImportAsync(second);
        var older = await app.ImportAsync(BulletinXml.EarlyWarning("1", intensity: "4") with { At = second.At });
        older.Outcome.ShouldBe(BulletinOutcome.Superseded);
        (await app.OneActiveAsync()).Id.ShouldBe(newer.Id);
        (await app.BulletinsAsync()).Select(row => row.Outcome).ShouldBe([BulletinOutcome.Superseded, BulletinOutcome.Published], ignoreOrder: true);
    }

    [Fact]
    public async Task Import_WhenItDoesNotConcernTheTown_SaysSoAndPublishesNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        var answer = await app.ImportAsync(Now(app, BulletinXml.EarlyWarning(code: "622", name: "愛媛県南予") with
        {
            Body = BulletinXml.EarlyWarning(code: "622", name: "愛媛県南予").Body.Replace("<Code>9160</Code>", "<Code>9380</Code>", StringComparison.Ordinal),
        }));
        (answer.Outcome, answer.ConcernsTown, answer.Status, answer.MsgType).ShouldBe((BulletinOutcome.DoesNotConcern, false, "Actual", "Alert"));
        answer.Explanation.ShouldContain("does not concern");
        answer.Info[0].Headline.ShouldStartWith("愛媛県南予");
        (await app.ActiveAsync()).ShouldBeEmpty();
        (await app.BulletinsAsync()).ShouldHaveSingleItem().Outcome.ShouldBe(BulletinOutcome.DoesNotConcern);
    }

    [Theory]
    [InlineData("訓練", "Exercise")]
    [InlineData("試験", "Test")]
    public async Task Import_WhenItIsADrill_ItIsNeverActualAndNeverTouchesTheRealAlert(string status, string expected)
    {
        await using var app = await AlertsApp.StartAsync();
        await app.ImportAsync(Now(app, BulletinXml.EarlyWarning("1")));
        var drill = await app.ImportAsync(Now(app, new BulletinXml { Serial = "1", InfoType = "取消", Status = status, Body = "<Text>取り消します。</Text>" }, seconds: 1));
        drill.Status.ShouldBe(expected);
        (await app.OneActiveAsync()).Status.ShouldBe("Actual");
        var other = await app.ImportAsync(Now(app, BulletinXml.EarlyWarning("3") with { Status = status, EventId = "20260701999999" }, seconds: 2));
        (await app.ActiveAsync()).Single(alert => alert.Id == other.Id).Status.ShouldBe(expected);
    }

    [Fact]
    public async Task Import_WhenAWeatherWarningIsRaisedAndLifted_ItsOfficesNewestCounts()
    {
        await using var app = await AlertsApp.StartAsync();
        var raised = await app.ImportAsync(Now(app, BulletinXml.Landslide("レベル３土砂災害警報", "09")));
        (raised.MsgType, raised.Level).ShouldBe(("Alert", 3));
        var worse = await app.ImportAsync(Now(app, BulletinXml.Landslide("レベル４土砂災害危険警報", "49"), seconds: 60));
        (worse.MsgType, worse.Level, worse.AlertId).ShouldBe(("Update", 4, raised.AlertId));
        var alert = await app.OneActiveAsync();
        (alert.Level, alert.Hazard, alert.Info[0].LevelName).ShouldBe((4, "landslide", "レベル４土砂災害危険警報"));
        var lifted = await app.ImportAsync(Now(app, BulletinXml.Landslide("レベル２土砂災害注意報", "29", status: "解除"), seconds: 120));
        (lifted.MsgType, lifted.Outcome).ShouldBe(("Cancel", BulletinOutcome.Published));
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WhenTheOfficeUsesTheNewForm_TheOldFormSaysNothingMore()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.ImportAsync(Now(app, BulletinXml.Landslide("レベル３土砂災害警報", "09")));
        var old = await app.ImportAsync(Now(app, BulletinXml.Landslide("大雨警報", "03") with { Title = "気象特別警報・警報・注意報" }, seconds: 1));
        old.Outcome.ShouldBe(BulletinOutcome.SaidAlready);
        await app.OneActiveAsync();
    }

    [Fact]
    public async Task Import_WhenAForecastBecomesAWarning_ItIsOneAlert()
    {
        await using var app = await AlertsApp.StartAsync();
        var forecast = await app.ImportAsync(Now(app, BulletinXml.EarlyWarning("3")));
        var warning = await app.ImportAsync(Now(app, BulletinXml.EarlyWarning("1") with { Title = "緊急地震速報（警報）" }, seconds: 1));
        (warning.MsgType, warning.AlertId).ShouldBe(("Update", forecast.AlertId));
        // The forecast goes on beside the warning and says nothing more; what takes back the forecast leaves the warning.
        (await app.ImportAsync(Now(app, BulletinXml.EarlyWarning("4"), seconds: 2))).Outcome.ShouldBe(BulletinOutcome.SaidAlready);
        var cancel = new BulletinXml { InfoType = "取消", Body = "<Text>取り消します。</Text>" };
        (await app.ImportAsync(Now(app, cancel with { Serial = "4" }, seconds: 3))).Outcome.ShouldBe(BulletinOutcome.NothingToEnd);
        await app.OneActiveAsync();
        (await app.ImportAsync(Now(app, cancel with { Title = "緊急地震速報（警報）", Serial = "1" }, seconds: 4))).Outcome.ShouldBe(BulletinOutcome.Published);
        (await app.ActiveAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WhenTheManifestWantsAnOfficer_ItWaitsUntilOneSaysSo()
    {
        await using var app = await AlertsApp.StartAsync();
        var bulletin = Now(app, BulletinXml.Landslide("レベル３土砂災害警報", "09", "1634200", "入善町")).ToBytes();
        var officer = TestTokens.For("officer-2", "officer", TestTown.Nyuzen);
        var waiting = await app.ImportAsync(bulletin, TestTown.Nyuzen);
        waiting.Outcome.ShouldBe(BulletinOutcome.Waiting);
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldBeEmpty();

        using var published = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"jma/{waiting.BulletinId}/publish", TestTown.Nyuzen), officer);
        (await AlertsApp.ReadAsync<BulletinAnswer>(published)).Outcome.ShouldBe(BulletinOutcome.Published);
        (await app.ActiveAsync(TestTown.Nyuzen)).ShouldHaveSingleItem().Level.ShouldBe(3);
        using var again = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"jma/{waiting.BulletinId}/ignore", TestTown.Nyuzen), officer);
        (await AlertsApp.ProblemAsync(again, HttpStatusCode.Conflict)).ShouldBe("bulletin-not-waiting");
    }

    [Fact]
    public async Task Import_WhenItWasOverBeforeItCame_IsOnRecordOnly()
    {
        await using var app = await AlertsApp.StartAsync();
        var answer = await app.ImportAsync(BulletinXml.EarlyWarning() with { At = app.Clock.GetUtcNow().AddHours(-1).ToOffset(TimeSpan.FromHours(9)) });
        answer.Outcome.ShouldBe(BulletinOutcome.Expired);
        app.Sidecar.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Import_WhenItCannotBeRead_NamesTheFaultsAndSavesNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        using var response = await app.PostBulletinAsync(Encoding.UTF8.GetBytes(BulletinXml.EarlyWarning().ToString().Replace("発表", "予告", StringComparison.Ordinal)));
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await AlertsApp.ReadAsync<JsonElement>(response);
        problem.GetProperty("type").GetString().ShouldBe("urn:smartcity:problem:bulletin-refused");
        var notice = problem.GetProperty("notices")[0];
        (notice.GetProperty("code").GetString(), notice.GetProperty("field").GetString()).ShouldBe(("info-type-unknown", "Head/InfoType"));
        (await app.BulletinsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WhenItIsTooLarge_IsRefusedBeforeItIsRead()
    {
        await using var app = await AlertsApp.StartAsync();
        using var response = await app.PostBulletinAsync(new byte[5 * 1024 * 1024]);
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge)).ShouldBe("too-large");
    }

    [Fact]
    public async Task Import_WhenSomebodyTypedAnIndividualNumber_IsRefused()
    {
        await using var app = await AlertsApp.StartAsync();
        // A river's code of twelve digits is none, also where it passes the check.
        using var response = await app.PostBulletinAsync((BulletinXml.EarlyWarning() with { Headline = "連絡先 123456789018" }).ToBytes());
        (await AlertsApp.ProblemAsync(response, HttpStatusCode.UnprocessableEntity)).ShouldBe("my-number-refused");
        (await app.ImportAsync(Now(app, BulletinXml.EarlyWarning() with { EventId = "123456789018" }))).Outcome.ShouldBe(BulletinOutcome.Published);
    }

    [Fact]
    public async Task Import_WhenAServiceRelays_MayDoSoAndOthersMayNot()
    {
        await using var app = await AlertsApp.StartAsync();
        using var relay = await app.PostBulletinAsync(Now(app, BulletinXml.EarlyWarning()).ToBytes(), TestTokens.For("relay", "service", TestTown.Uozu));
        relay.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var clerk = await app.PostBulletinAsync(BulletinXml.EarlyWarning().ToBytes(), TestTokens.For("clerk", "clerk", TestTown.Uozu));
        clerk.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>Early warnings hold for five minutes, so they are told around the test's time, and never after it.</summary>
    internal static BulletinXml Now(AlertsApp app, BulletinXml bulletin, double seconds = 0)
        => bulletin with { At = app.Clock.GetUtcNow().AddSeconds(seconds - 180).ToOffset(TimeSpan.FromHours(9)) };
}
