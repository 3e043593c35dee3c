using SmartCity.Alerts.Tests.Hosting;
using SmartCity.Contracts.Views;

namespace SmartCity.Alerts.Tests.Streaming;

public sealed class StreamTests
{
    [Fact]
    public async Task Stream_WhenOpen_ShowsIssueUpdateAndCancelInOrder()
    {
        await using var app = await AlertsApp.StartAsync();
        await using var stream = await StreamClient.OpenAsync(app);
        stream.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        stream.Response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        stream.Response.Headers.CacheControl!.NoCache.ShouldBeTrue();

        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RaiseAsync(TestTown.Level4, minute: 1);
        await app.ClearAsync(TestTown.Level4, minute: 2);
        await app.ClearAsync(TestTown.Level3, minute: 3);

        string[] types = [await TypeAsync(stream), await TypeAsync(stream), await TypeAsync(stream), await TypeAsync(stream)];
        types.ShouldBe(["Alert", "Update", "Update", "Cancel"]);
    }

    [Fact]
    public async Task Stream_WhenOpenedWithoutAnId_BeginsWithWhatIsInForce()
    {
        await using var app = await AlertsApp.StartAsync();
        await using var watcher = await StreamClient.OpenAsync(app);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RaiseAsync(TestTown.Level3, minute: 0, TestTown.OtherGauge);
        await app.ClearAsync(TestTown.Level3, minute: 1, TestTown.OtherGauge);
        await watcher.NextAsync(count: 3);
        await using var first = await StreamClient.OpenAsync(app);
        (await first.NextAsync()).DeviceId.ShouldBe(TestTown.Gauge);

        // What it was told takes the cancel into account, so a client that resumes from there is not told it again.
        await using var second = await StreamClient.OpenAsync(app, first.LastEventId);
        await app.RaiseAsync(TestTown.Level4, minute: 2);
        (await second.NextAsync()).Level.ShouldBe(4);
        (await first.NextAsync()).Level.ShouldBe(4);
    }

    [Fact]
    public async Task Stream_WhenOpenedWithTheIdOfTheList_TellsWhatCameAfterItAlone()
    {
        await using var app = await AlertsApp.StartAsync();
        (await app.GetAsync<AlertsInForce>(AlertsApp.Town("active"))).LastEventId.ShouldBe("0");
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        var list = await app.GetAsync<AlertsInForce>(AlertsApp.Town("active"));
        list.Items.ShouldHaveSingleItem().Level.ShouldBe(3);
        await app.RaiseAsync(TestTown.Level4, minute: 1);

        await using var stream = await StreamClient.OpenAsync(app, list.LastEventId);
        (await stream.NextAsync()).Level.ShouldBe(4);
        await app.ClearAsync(TestTown.Level4, minute: 2);
        (await stream.NextAsync()).Level.ShouldBe(3);
    }

    [Fact]
    public async Task Stream_WhenCutOffAmongTheAlertsInForce_ResumesWithTheNextOne()
    {
        await using var app = await AlertsApp.StartAsync();
        await using var watcher = await StreamClient.OpenAsync(app);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.RaiseAsync(TestTown.Level3, minute: 0, TestTown.OtherGauge);
        await watcher.NextAsync(count: 2);
        await using var first = await StreamClient.OpenAsync(app);
        var seen = (await first.NextAsync()).DeviceId;
        await using var second = await StreamClient.OpenAsync(app, first.LastEventId);
        (await second.NextAsync()).DeviceId.ShouldNotBe(seen);
    }

    [Fact]
    public async Task Stream_WhenReconnectedWithAnId_MissesNothingAndRepeatsNothing()
    {
        await using var app = await AlertsApp.StartAsync();
        var expected = new List<string>();
        var received = new List<string>();
        string? lastEventId = null;
        for (var minute = 0; minute < 30; minute += 3)
        {
            // While nobody listens, and again while somebody does.
            await app.RaiseAsync(TestTown.Level3, minute);
            expected.Add("Alert");
            await using var stream = await StreamClient.OpenAsync(app, lastEventId);
            received.Add((await stream.NextAsync()).MsgType);
            await app.RaiseAsync(TestTown.Level4, minute + 1);
            expected.Add("Update");
            received.Add((await stream.NextAsync()).MsgType);
            lastEventId = stream.LastEventId;
            await app.ClearAsync(TestTown.Level3, minute + 1);
            await app.ClearAsync(TestTown.Level4, minute + 2);
            expected.Add("Cancel");
            await using var resumed = await StreamClient.OpenAsync(app, lastEventId);
            received.Add((await resumed.NextAsync()).MsgType);
            lastEventId = resumed.LastEventId;
        }

        received.ShouldBe(expected);
    }

    [Fact]
    public async Task Stream_WhenAlertsComeWhileManyConnect_GivesEachClientEachMessageOnce()
    {
        const int messages = 40;
        await using var app = await AlertsApp.StartAsync();
        await using var before = await StreamClient.OpenAsync(app, "0");
        var raising = Task.Run(async () =>
        {
            for (var number = 0; number < messages; number++)
            {
                await app.RaiseAsync(TestTown.Level3, minute: 0, $"gauge-{number}");
            }
        });
        var clients = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => StreamClient.OpenAsync(app, "0"))).WaitAsync(AlertsApp.Patience);
        await raising.WaitAsync(AlertsApp.Patience);
        foreach (var client in clients.Append(before))
        {
            var devices = new List<string>();
            for (var number = 0; number < messages; number++)
            {
                devices.Add((await client.NextAsync()).DeviceId!);
            }

            devices.ShouldBe(Enumerable.Range(0, messages).Select(number => $"gauge-{number}"));
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Stream_WhenTheServiceRestarts_EndsAndResumesById()
    {
        await using var app = await AlertsApp.StartAsync();
        await app.RaiseAsync(TestTown.Level4, minute: 0);
        await app.RaiseAsync(TestTown.Level3, minute: 1);
        await using var stream = await StreamClient.OpenAsync(app);
        await stream.NextAsync();
        await app.ClearAsync(TestTown.Level4, minute: 2);
        var update = await stream.NextAsync();

        await app.RestartAsync();
        await stream.ReadToEndAsync();
        await using var fresh = await StreamClient.OpenAsync(app);
        (await fresh.NextAsync()).Id.ShouldBe(update.Id);
        await app.ClearAsync(TestTown.Level3, minute: 3);
        await using var resumed = await StreamClient.OpenAsync(app, stream.LastEventId);
        (await resumed.NextAsync()).MsgType.ShouldBe("Cancel");
    }

    [Fact]
    public async Task Stream_WhenAnAlertHasExpired_DoesNotBeginWithIt()
    {
        await using var app = await AlertsApp.StartAsync();
        await using var watcher = await StreamClient.OpenAsync(app);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await watcher.NextAsync();
        app.Clock.Advance(TimeSpan.FromHours(7));
        await using var stream = await StreamClient.OpenAsync(app);
        await app.RaiseAsync(TestTown.Level3, minute: 430, TestTown.OtherGauge);
        (await stream.NextAsync()).DeviceId.ShouldBe(TestTown.OtherGauge);
    }

    [Fact]
    public async Task Stream_WhenTheIdWasNeverGiven_BeginsWithWhatIsInForce()
    {
        await using var app = await AlertsApp.StartAsync();
        await using var watcher = await StreamClient.OpenAsync(app);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await watcher.NextAsync();
        foreach (var id in new[] { "999999", "not-a-number", "-1" })
        {
            await using var stream = await StreamClient.OpenAsync(app, id);
            (await stream.NextAsync()).Level.ShouldBe(3);
        }
    }

    [Fact]
    public async Task Stream_WhenAnotherTownAlerts_StaysSilent()
    {
        await using var app = await AlertsApp.StartAsync();
        await using var nyuzen = await StreamClient.OpenAsync(app, municipality: TestTown.Nyuzen);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await app.DeliverAsync(AlertsApp.Threshold(TestTown.Level3, Contracts.Events.ThresholdTransition.Raised, 0, municipality: TestTown.Nyuzen));
        (await nyuzen.NextAsync()).Municipality.ShouldBe(TestTown.Nyuzen);
    }

    [Fact]
    public async Task Stream_WhenAnotherTownAlertsLater_KeepsItsOwnPlace()
    {
        await using var app = await AlertsApp.StartAsync();
        await using var watcher = await StreamClient.OpenAsync(app);
        await using var nyuzen = await StreamClient.OpenAsync(app, municipality: TestTown.Nyuzen);
        await app.RaiseAsync(TestTown.Level3, minute: 0);
        await watcher.NextAsync();
        await app.DeliverAsync(AlertsApp.Threshold(TestTown.Level3, Contracts.Events.ThresholdTransition.Raised, 0, municipality: TestTown.Nyuzen));
        await nyuzen.NextAsync();
        nyuzen.LastEventId.ShouldNotBe(watcher.LastEventId);

        // A gateway tells one stream on to all pages of a town: their ids must be ids that the stream has.
        (await app.GetAsync<AlertsInForce>(AlertsApp.Town("active"))).LastEventId.ShouldBe(watcher.LastEventId);
        await using var fresh = await StreamClient.OpenAsync(app);
        fresh.Response.Headers.GetValues("Stream-Position").ShouldHaveSingleItem().ShouldBe(watcher.LastEventId);
        await fresh.NextAsync();
        fresh.LastEventId.ShouldBe(watcher.LastEventId);
        await using var resumed = await StreamClient.OpenAsync(app, fresh.LastEventId);
        resumed.Response.Headers.GetValues("Stream-Position").ShouldHaveSingleItem().ShouldBe(watcher.LastEventId);
    }

    [Fact]
    public async Task Stream_WhenNothingHappens_BeatsItsHeart()
    {
        await using var app = await AlertsApp.StartAsync(shelters: null, "--Alerts:HeartbeatSeconds=0.05");
        using var response = await app.Client.GetAsync(new Uri(AlertsApp.Town("stream"), UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).ShouldBe("retry: 2000");
        (await lines.ReadLineAsync()).ShouldBe("");
        (await lines.ReadLineAsync().WaitAsync(AlertsApp.Patience)).ShouldStartWith(":");
    }

    private static async Task<string> TypeAsync(StreamClient stream) => (await stream.NextAsync()).MsgType;
}
