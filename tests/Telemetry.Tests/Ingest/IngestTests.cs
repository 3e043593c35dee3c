using System.Net;
using System.Net.Http.Json;
using SmartCity.Contracts.Events;

namespace SmartCity.Telemetry.Tests.Ingest;

public sealed class IngestTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await TelemetryApp.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Publish_WhenReadingIsGood_IsStoredAndShownAtTheDevice()
    {
        await _app.PublishLevelAsync(Now, 1.25);

        var device = await _app.DeviceWhenAsync(view => view.AcceptedCount == 1);
        device.Latest["waterLevelMetres"].Value.ShouldBe(1.25);
        device.LastError.ShouldBeNull();
        (await _app.ValuesAsync()).ShouldBe([1.25]);
    }

    [Fact]
    public async Task Publish_WhenLevelCrossesAndFalls_EventsTellBothOnce()
    {
        await _app.PublishLevelAsync(Now.AddSeconds(-3), 3.42);
        await _app.PublishLevelAsync(Now.AddSeconds(-2), 3.5);
        await _app.PublishLevelAsync(Now.AddSeconds(-1), 2.5);

        var raised = await _app.Subscriber.NextAsync();
        var cleared = await _app.Subscriber.NextAsync();
        raised.Transition.ShouldBe(ThresholdTransition.Raised);
        raised.Value.ShouldBe(3.42);
        raised.Municipality.ShouldBe(TelemetryApp.Town);
        cleared.Transition.ShouldBe(ThresholdTransition.Cleared);
        _app.Subscriber.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Publish_WhenSameReadingComesAgain_IsStoredOnceAndFiresOnce()
    {
        await _app.PublishLevelAsync(Now, 3.42);
        await _app.PublishLevelAsync(Now, 3.42);
        await _app.PublishLevelAsync(Now.AddSeconds(1), 2.0);

        (await _app.Subscriber.NextAsync()).Transition.ShouldBe(ThresholdTransition.Raised);
        (await _app.Subscriber.NextAsync()).Transition.ShouldBe(ThresholdTransition.Cleared);
        await _app.DeviceWhenAsync(view => view.AcceptedCount == 3);
        (await _app.ValuesAsync()).ShouldBe([3.42, 2.0]);
    }

    [Fact]
    public async Task Publish_WhenPartIsInTheFuture_GoodPartIsStoredAndFaultIsShown()
    {
        await _app.PublishAsync($$"""[{"t":"{{Now.AddHours(1):O}}","waterLevelMetres":9},{"t":"{{Now:O}}","waterLevelMetres":1}]""");

        var device = await _app.DeviceWhenAsync(view => view.RefusedCount == 1);
        device.LastError!.Code.ShouldBe("time-in-future");
        device.AcceptedCount.ShouldBe(1);
        (await _app.ValuesAsync()).ShouldBe([1]);
        _app.Subscriber.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Publish_WhenPayloadIsPoison_LaterReadingsStillArrive()
    {
        await _app.PublishAsync("not json at all");
        await _app.PublishAsync("");
        await _app.PublishLevelAsync(Now, 1.5);

        var device = await _app.DeviceWhenAsync(view => view.AcceptedCount == 1);
        device.RefusedCount.ShouldBe(2);
        device.LastError!.Code.ShouldBe("payload-malformed");
    }

    [Fact]
    public async Task Publish_WhenAFaultRepeatsANulOfThePayload_LaterReadingsStillArrive()
    {
        await _app.PublishAsync("""[{"n":"level\u0000","v":1}]""", contentType: "application/senml+json");
        await _app.PublishLevelAsync(Now, 1.5);

        var device = await _app.DeviceWhenAsync(view => view.AcceptedCount == 1);
        device.LastError!.Message.ShouldContain("'level\uFFFD'");
        (await _app.ValuesAsync()).ShouldBe([1.5]);
    }

    [Fact]
    public async Task Publish_WhenReadingIsOld_IsStoredButRaisesNothing()
    {
        await _app.PublishLevelAsync(Now.AddHours(-5), 9);
        await _app.PublishLevelAsync(Now, 3.3);

        (await _app.Subscriber.NextAsync()).Value.ShouldBe(3.3);
        (await _app.ValuesAsync()).ShouldBe([9, 3.3]);
    }

    [Fact]
    public async Task Publish_WhenSenMl_IsStoredWithUnitInTheName()
    {
        await _app.PublishAsync("""[{"n":"waterLevel","u":"m","v":1.75}]""", contentType: "application/senml+json");

        (await _app.DeviceWhenAsync(view => view.AcceptedCount == 1)).Latest["waterLevelMetres"].Value.ShouldBe(1.75);
    }

    [Fact]
    public async Task Publish_WhenServiceIsDown_IsTakenInAfterItsRestart()
    {
        await _app.StopServiceAsync();
        await _app.PublishLevelAsync(Now, 3.42);
        await _app.StartServiceAsync();

        (await _app.Subscriber.NextAsync()).Value.ShouldBe(3.42);
        (await _app.ValuesAsync()).ShouldBe([3.42]);
    }

    [Fact]
    public async Task Publish_WhenDatabaseIsLocked_WaitsAndLosesNothing()
    {
        await using (await _app.Database.LockAsync(TelemetryApp.FirstTable))
        {
            await _app.PublishLevelAsync(Now, 3.42);
            _app.Subscriber.Waiting.ShouldBe(0);
        }

        (await _app.Subscriber.NextAsync()).Value.ShouldBe(3.42);
        (await _app.ValuesAsync()).ShouldBe([3.42]);
    }

    [Fact]
    public async Task Publish_WhenStatusChanges_DeviceShowsIt()
    {
        await _app.PublishAsync("online", $"sc/v1/{TelemetryApp.Town}/{TelemetryApp.Device}/status");

        (await _app.DeviceWhenAsync(view => view.ConnectionStatus is not null)).ConnectionStatus.ShouldBe("online");
    }

    [Theory]
    [InlineData("status", "call 1234 5678 9018")]
    [InlineData("telemetry", """{"waterLevelMetres":"123456789018"}""")]
    [InlineData("telemetry", """[{"bver":10,"bn":"１２３４５６７８９０１８"},{"n":"/","v":1}]""")]
    public async Task Publish_WhenATextHoldsAnIndividualNumber_IsCountedAndNotStored(string channel, string payload)
    {
        await _app.PublishAsync(payload, $"sc/v1/{TelemetryApp.Town}/{TelemetryApp.Device}/{channel}");

        var device = await _app.DeviceWhenAsync(view => view.RefusedCount > 0);
        device.LastError!.Code.ShouldBe("my-number-refused");
        device.LastError.Message.ShouldNotContain("5678");
        device.ConnectionStatus.ShouldBeNull();
    }

    [Fact]
    public async Task Publish_WhenAMetricsNameIsAnIndividualNumber_KeepsTheGoodParts()
    {
        await _app.PublishAsync("""{"a123456789018":1,"waterLevelMetres":2}""");

        var device = await _app.DeviceWhenAsync(view => view.AcceptedCount == 1);
        device.RefusedCount.ShouldBe(1);
        (await _app.ValuesAsync()).ShouldBe([2]);
    }

    [Fact]
    public async Task Publish_WhenTwoTownsUseOneDeviceId_EachSeesItsOwn()
    {
        await _app.PublishAsync("""{"waterLevelMetres":7}""", $"sc/v1/163422/{TelemetryApp.Device}/telemetry");
        await _app.PublishLevelAsync(Now, 1);

        await _app.DeviceWhenAsync(view => view.AcceptedCount == 1);
        (await _app.ValuesAsync()).ShouldBe([1]);
    }

    [Theory]
    [InlineData("/api/999999/telemetry/devices", "unknown-municipality")]
    [InlineData("/api/162043/telemetry/devices/nobody", "unknown-device")]
    [InlineData("/api/162043/telemetry/devices/nobody/readings", "unknown-device")]
    public async Task Get_WhenTownOrDeviceIsUnknown_IsAProblemThatSaysSo(string path, string code)
    {
        using var answer = await _app.Http.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("urn:smartcity:problem:" + code);
    }

    [Fact]
    public async Task Get_WhenReadingsArePaged_EveryReadingComesOnce()
    {
        await _app.PublishAsync("[" + string.Join(',', Enumerable.Range(0, 25).Select(second => $$"""{"t":"{{Now.AddSeconds(second - 60):O}}","a":{{second}},"b":{{second}}}""")) + "]");
        await _app.DeviceWhenAsync(view => view.AcceptedCount == 1);

        var seen = new List<(string, double)>();
        string? after = null;
        do
        {
            var page = await _app.Http.GetFromJsonAsync<System.Text.Json.JsonElement>(
                $"/api/162043/telemetry/devices/{TelemetryApp.Device}/readings?limit=7" + (after is null ? "" : "&after=" + Uri.EscapeDataString(after)));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("metric").GetString()!, item.GetProperty("value").GetDouble())));
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);

        seen.Count.ShouldBe(50);
        seen.Distinct().Count().ShouldBe(50);
    }

    [Theory]
    [InlineData("from=2026-07-01T03:00:00%2B09:00", HttpStatusCode.OK)]
    [InlineData("from=2026-07-01T03:00:00+09:00&to=2026-07-02T00:00:00.5Z", HttpStatusCode.OK)]
    [InlineData("from=2026-07-01T03:00:00", HttpStatusCode.BadRequest)]
    [InlineData("to=tomorrow", HttpStatusCode.BadRequest)]
    [InlineData("limit=0", HttpStatusCode.BadRequest)]
    [InlineData("after=nonsense", HttpStatusCode.BadRequest)]
    public async Task Get_WhenQueryIsGiven_OnlyTimesWithOffsetAndSaneLimitsPass(string query, HttpStatusCode expected)
    {
        using var answer = await _app.Http.GetAsync($"/api/162043/telemetry/devices/{TelemetryApp.Device}/readings?{query}");

        answer.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.BadRequest)
        {
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
    }
}
