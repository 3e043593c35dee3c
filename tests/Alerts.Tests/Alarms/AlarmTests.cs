using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartCity.Alerts.Alarms;
using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts;
using SmartCity.Contracts.Events;
using SmartCity.ServiceTestKit;

namespace SmartCity.Alerts.Tests.Alarms;

/// <summary>The life of an alarm, as officers see it.</summary>
public sealed class AlarmTests
{
    private static readonly string Officer = TestTokens.For("sato", "officer", TestTown.Uozu);
    private static readonly string Other = TestTokens.For("suzuki", "officer", TestTown.Uozu);
    private static readonly DateTimeOffset Night = new(2026, 7, 1, 3, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public async Task Alarm_FromRaiseToClear_SaysWhoDidWhatAndWhen()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var raised = (await ListAsync(app)).ShouldHaveSingleItem();
        (raised.Kind, raised.State, raised.DeviceId, raised.Hazard, raised.Level, raised.Repeats).ShouldBe((AlarmKind.Rule, AlarmState.Raised, TestTown.Gauge, "flood", 3, 0));
        (await AcknowledgeAsync(app, raised.Id, Officer, "見に行く")).State.ShouldBe(AlarmState.Acknowledged);
        // Somebody else a moment later, and the first one again: nothing changes.
        foreach (var officer in new[] { Other, Officer })
        {
            var again = await AcknowledgeAsync(app, raised.Id, officer, "もう一度");
            (again.AcknowledgedBy, again.History!.Count).ShouldBe(("sato", 2));
        }

        await app.RestartAsync();
        await app.DeliverAsync(AlertsApp.Threshold(TestTown.Level3, ThresholdTransition.Raised, 5));
        var repeated = (await ListAsync(app, "Acknowledged")).ShouldHaveSingleItem();
        (repeated.Repeats, repeated.LastAt, repeated.RaisedAt).ShouldBe((1, Night.AddMinutes(5), Night));
        (await app.OneActiveAsync()).Level.ShouldBe(3);

        await app.ClearAsync(TestTown.Level3, minute: 60);
        var cleared = await GetAsync(app, raised.Id);
        (cleared.State, cleared.ClearedAt, cleared.AcknowledgedBy).ShouldBe((AlarmState.Cleared, Night.AddMinutes(60), "sato"));
        cleared.History!.Select(step => (step.What, step.By, step.Note)).ShouldBe(
            [(AlarmAct.Raised, null, "3.42 ≥ 3.20"), (AlarmAct.Acknowledged, "sato", "見に行く"), (AlarmAct.Repeated, null, "3.42 ≥ 3.20"), (AlarmAct.Cleared, null, "2.90 < 3.00")]);
        (await AcknowledgeAsync(app, raised.Id, Other)).AcknowledgedBy.ShouldBe("sato");

        await app.RaiseAsync(TestTown.Level3, minute: 70);
        (await ListAsync(app)).Select(alarm => alarm.State).ShouldBe([AlarmState.Raised, AlarmState.Cleared]);
    }

    [Fact]
    public async Task Acknowledge_WhenItIsOverAlready_SaysSo()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.NoPolicy, minute: 0);
        await app.ClearAsync(TestTown.NoPolicy, minute: 1);
        var alarm = (await ListAsync(app)).ShouldHaveSingleItem();
        (alarm.State, alarm.Hazard).ShouldBe((AlarmState.Cleared, null));
        using var late = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"alarms/{alarm.Id}/acknowledge"), Officer);
        (await AlertsApp.ProblemAsync(late, HttpStatusCode.Conflict)).ShouldBe("alarm-cleared");
        using var unknown = await app.SendAsync(HttpMethod.Post, AlertsApp.Town("alarms/x/acknowledge"), Officer);
        (await AlertsApp.ProblemAsync(unknown, HttpStatusCode.NotFound)).ShouldBe("unknown-alarm");
        using var number = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"alarms/{alarm.Id}/acknowledge"), Officer, new { note = "番号 1234 5678 9018" });
        (await AlertsApp.ProblemAsync(number, HttpStatusCode.UnprocessableEntity)).ShouldBe("my-number-refused");
    }

    [Fact]
    public async Task Deliver_WhenRepeatedLateOrWithoutRaise_ChangesNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.ClearAsync(TestTown.Level3, minute: 0);
        (await ListAsync(app)).ShouldBeEmpty();
        var raise = AlertsApp.Threshold(TestTown.Level3, ThresholdTransition.Raised, 10);
        await app.DeliverAsync(raise);
        await app.DeliverAsync(raise);
        await app.ClearAsync(TestTown.Level3, minute: 5);
        await app.RaiseAsync(TestTown.Level3, minute: 7);
        var alarm = (await ListAsync(app)).ShouldHaveSingleItem();
        (alarm.State, alarm.Repeats, alarm.LastAt).ShouldBe((AlarmState.Raised, 0, Night.AddMinutes(10)));
        await app.ClearAsync(TestTown.Level3, minute: 20);
        // Older than the end: no ghost of an alarm.
        await app.RaiseAsync(TestTown.Level3, minute: 15);
        (await ListAsync(app)).ShouldHaveSingleItem().State.ShouldBe(AlarmState.Cleared);
    }

    [Fact]
    public async Task Deliver_WhenTheClearOvertookItsRaise_RaisesNothingThatWouldStay()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.ClearAsync(TestTown.Level3, minute: 14);
        await app.ClearAsync(TestTown.Level3, minute: 3);
        await app.RaiseAsync(TestTown.Level3, minute: 12);
        (await ListAsync(app)).ShouldBeEmpty();
        await app.RaiseAsync(TestTown.Level3, minute: 20);
        (await ListAsync(app)).ShouldHaveSingleItem().State.ShouldBe(AlarmState.Raised);
        await app.ClearAsync(TestTown.Level3, minute: 30);
        // The same once there was one: 44 ends nothing, and 42 comes too late.
        await app.ClearAsync(TestTown.Level3, minute: 44);
        await app.RaiseAsync(TestTown.Level3, minute: 42);
        (await ListAsync(app)).ShouldHaveSingleItem().State.ShouldBe(AlarmState.Cleared);
    }

    [Fact]
    public async Task Deliver_WhenADeviceIsSilent_TellsOfficersAloneAndTouchesNoAlert()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        var before = await app.OneActiveAsync();
        await SilentAsync(app, ThresholdTransition.Raised, 10);
        await SilentAsync(app, ThresholdTransition.Raised, 10);
        var active = await ListAsync(app, "Raised");
        active.Select(alarm => (alarm.Kind, alarm.RuleId)).ShouldBe([(AlarmKind.Silence, "silent"), (AlarmKind.Rule, TestTown.Level4)]);
        active[0].Explanation.ShouldBe("no reading for 620 s (allowed: 600 s)");
        Json(await app.OneActiveAsync()).ShouldBe(Json(before));
        await SilentAsync(app, ThresholdTransition.Cleared, 20);
        (await GetAsync(app, active[0].Id)).State.ShouldBe(AlarmState.Cleared);
        (await app.OneActiveAsync()).Id.ShouldBe(before.Id);
        // What residents and other services were told is the one alert.
        (await app.Database.ColumnAsync("SELECT message_id FROM stream_event")).ShouldBe([before.Id]);
    }

    [Fact]
    public async Task Deliver_WhenTheDatabaseCannotTakeASilence_ComesAgain()
    {
        await using var app = await AlertsApp.StartAsync();
        await using (await app.Database.RefuseAsync("alarm"))
        {
            (await PostSilenceAsync(app, ThresholdTransition.Raised, 0)).ShouldContain("RETRY");
        }

        (await PostSilenceAsync(app, ThresholdTransition.Raised, 0)).ShouldBeEmpty();
        (await ListAsync(app)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task List_WhenThereAreManyPages_HasActiveOnesFirstAndEachOnce()
    {
        await using var app = await AlertsApp.StartAsync();
        for (var device = 0; device < 5; device++)
        {
            await app.RaiseAsync(TestTown.NoPolicy, minute: 0, $"river-{device}");
        }

        await app.ClearAsync(TestTown.NoPolicy, minute: 1, "river-4");
        await app.ClearAsync(TestTown.NoPolicy, minute: 1, "river-1");
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await app.GetAsync<Page<AlarmView>>(AlertsApp.Town($"alarms?limit=2&after={next}"), Officer);
            seen.AddRange(page.Items.Select(alarm => alarm.DeviceId));
            next = page.Next;
        }
        while (next is not null);
        seen.ShouldBe(["river-3", "river-2", "river-0", "river-4", "river-1"]);
        using var wrong = await app.SendAsync(HttpMethod.Get, AlertsApp.Town("alarms?state=7"), Officer);
        (await AlertsApp.ProblemAsync(wrong, HttpStatusCode.BadRequest)).ShouldBe("state-unknown");
        (await app.GetAsync<Page<AlarmView>>(AlertsApp.Town("alarms", TestTown.Nyuzen), TestTokens.For("a", "officer", TestTown.Nyuzen))).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Clean_WhenAnAlarmIsLongOver_DeletesItWithItsHistoryAndNoOther()
    {
        await using var app = await AlertsApp.StartAsync(null, "--Alerts:Alarms:KeepDays=30");
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RaiseAsync(TestTown.NoPolicy, minute: 0);
        await app.ClearAsync(TestTown.NoPolicy, minute: 1);
        var cleaner = app.Services.GetServices<IHostedService>().OfType<AlarmCleaner>().Single();
        app.Clock.Advance(TimeSpan.FromDays(29));
        await cleaner.CleanAsync(TestTown.Uozu, CancellationToken.None);
        (await app.Database.ColumnAsync("SELECT rule_id FROM alarm")).Length.ShouldBe(2);
        app.Clock.Advance(TimeSpan.FromDays(2));
        await cleaner.CleanAsync(TestTown.Uozu, CancellationToken.None);
        (await app.Database.ColumnAsync("SELECT rule_id FROM alarm")).ShouldBe([TestTown.Level3]);
        (await app.Database.ColumnAsync("SELECT what FROM alarm_step")).ShouldBe(["Raised"]);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, CityJson.Options);

    private static async Task<IReadOnlyList<AlarmView>> ListAsync(AlertsApp app, string? state = null)
        => (await app.GetAsync<Page<AlarmView>>(AlertsApp.Town("alarms" + (state is null ? "" : "?state=" + state)), Officer)).Items;

    private static Task<AlarmView> GetAsync(AlertsApp app, string id) => app.GetAsync<AlarmView>(AlertsApp.Town("alarms/" + id), Officer);

    private static async Task<AlarmView> AcknowledgeAsync(AlertsApp app, string id, string token, string? note = null)
    {
        using var response = await app.SendAsync(HttpMethod.Post, AlertsApp.Town($"alarms/{id}/acknowledge"), token, note is null ? null : new { note });
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await AlertsApp.ReadAsync<AlarmView>(response);
    }

    private static async Task SilentAsync(AlertsApp app, ThresholdTransition transition, int minute)
        => (await PostSilenceAsync(app, transition, minute)).ShouldBeEmpty();

    private static async Task<string> PostSilenceAsync(AlertsApp app, ThresholdTransition transition, int minute)
    {
        var silence = new DeviceSilent
        {
            EventId = $"{TestTown.Gauge}/silent/{transition}/{minute}",
            Municipality = TestTown.Uozu,
            DeviceId = TestTown.Gauge,
            DeviceName = new LocalizedText("片貝川", "Katakai River"),
            RuleId = "silent",
            Transition = transition,
            At = Night.AddMinutes(minute),
            Since = Night,
            Explanation = "no reading for 620 s (allowed: 600 s)",
        };
        var envelope = JsonSerializer.Serialize(
            new { specversion = "1.0", id = silence.EventId, source = "telemetry", type = "com.dapr.event.sent", datacontenttype = "application/json", data = silence }, CityJson.Options);
        using var content = new StringContent(envelope, Encoding.UTF8, "application/cloudevents+json");
        using var response = await app.Client.PostAsync(new Uri("/events/device-silent", UriKind.Relative), content);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync();
    }
}
