using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using SmartCity.Telemetry.Tests.Commands;

namespace SmartCity.Telemetry.Tests.Twin;

/// <summary>What a town wants of a device, and what the device says it is.</summary>
public sealed class TwinTests : IAsyncLifetime
{
    private TelemetryApp _app = null!;

    public async Task InitializeAsync() => _app = await SluiceTown.StartAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Patch_WhenTheDeviceConnectsLater_FindsTheNewestStateAndReports()
    {
        await PatchAsync("""{"intervalSeconds":60,"display":{"brightness":3}}""");
        await PatchAsync("""{"display":{"brightness":5,"colour":"red"},"intervalSeconds":null}""");
        await TwinWhenAsync(twin => (bool)twin["isPublished"]!);

        await using var sign = await TestDevice.ConnectAsync(_app, "sign-1");
        var (message, text) = await sign.NextAsync();
        (message.Topic, message.Retain).ShouldBe(($"sc/v1/{TelemetryApp.Town}/sign-1/twin-desired", true));
        JsonNode.Parse(text)!.ToJsonString()
            .ShouldBe("""{"version":2,"state":{"display":{"brightness":5,"colour":"red"}}}""");

        await sign.ReportAsync("""{"version":2,"state":{"display":{"brightness":5,"colour":"green"},"firmware":"1.2"}}""");
        var twin = await TwinWhenAsync(twin => twin["reported"] is not null);
        twin["delta"]!.ToJsonString().ShouldBe("""{"display":{"colour":"red"}}""");
        ((long)twin["reportedVersion"]!, (string?)twin["desiredBy"]).ShouldBe((2, "clerk-1"));
        twin["history"]!.AsArray().Select(change => ((long)change!["version"]!, (string?)change["by"])).ShouldBe([(2, "clerk-1"), (1, "clerk-1")]);
    }

    [Fact]
    public async Task Patch_WhenTheDeviceListens_ReachesItAtOnce()
    {
        await using var sign = await TestDevice.ConnectAsync(_app, "sign-1");

        await PatchAsync("""{"brightness":1}""");

        (await sign.NextJsonAsync("twin-desired")).ToJsonString().ShouldBe("""{"version":1,"state":{"brightness":1}}""");
        // The same again is no change.
        await PatchAsync("""{"brightness":1}""");
        await PatchAsync("""{"brightness":2}""");
        ((long)(await sign.NextJsonAsync("twin-desired"))["version"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Patch_WhenTheBrokerIsAway_IsPublishedWhenItComesBack()
    {
        await _app.StopPlatformAsync();
        await PatchAsync("""{"brightness":1}""");
        await _app.StopServiceAsync();
        await _app.StartPlatformAsync();
        await _app.StartServiceAsync();
        await TwinWhenAsync(twin => (bool)twin["isPublished"]!);

        await using var sign = await TestDevice.ConnectAsync(_app, "sign-1");
        ((int)(await sign.NextJsonAsync("twin-desired"))["state"]!["brightness"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Patch_WhenIfMatchIsOfAnotherVersion_ChangesNothing()
    {
        var before = await GetAsync();
        before.Headers.ETag!.Tag.ShouldBe("\"0\"");
        var patched = await SendAsync("""{"a":1}""", ifMatch: "\"0\"");
        (patched.StatusCode, patched.Headers.ETag!.Tag).ShouldBe((HttpStatusCode.OK, "\"1\""));

        await (await SendAsync("""{"a":2}""", ifMatch: "\"0\"")).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "twin-changed");
        await (await SendAsync("""{"a":2}""", ifMatch: "W/\"1\"")).ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "twin-changed");
        (await SendAsync("""{"a":2}""", ifMatch: "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync("""{"a":3}""", ifMatch: "*")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await GetAsync()).ReadAsync())["desired"]!.ToJsonString().ShouldBe("""{"a":3}""");
    }

    [Fact]
    public async Task Patch_WhenItCannotBeKept_SaysWhyAndChangesNothing()
    {
        (string Patch, string Code)[] refused =
        [
            ("[1]", "patch-malformed"),
            ("null", "patch-malformed"),
            ("{", "patch-malformed"),
            ("""{"a":1,"a":2}""", "patch-malformed"),
            ("""{"a":{"b":{"c":{"d":{"e":{"f":{}}}}}}}""", "patch-malformed"),
            ("""{"a":"\ud800"}""", "patch-malformed"),
            ("""{"a":"\u0000"}""", "text-not-readable"),
            ("""{"a":"1234 5678 9018"}""", "my-number-refused"),
        ];
        foreach (var (patch, code) in refused)
        {
            await (await SendAsync(patch)).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, code);
        }

        (await _app.Database.ColumnAsync("SELECT device FROM device_twin")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Patch_WhenTheStateWouldGrowTooLarge_KeepsTheOldOne()
    {
        await PatchAsync(new JsonObject { ["a"] = new string('x', 5000) }.ToJsonString());

        await (await SendAsync(new JsonObject { ["b"] = new string('x', 5000) }.ToJsonString())).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "twin-too-large");
        (await SendAsync(new JsonObject { ["b"] = new string('x', 20_000) }.ToJsonString())).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        ((long)(await (await GetAsync()).ReadAsync())["version"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Patch_WhenItIsNotOfTheTownOrOfNoMediaType_IsRefused()
    {
        (await _app.AskAsync(HttpMethod.Patch, "devices/sign-1/twin", Desk.Stranger, "{}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _app.AskAsync(HttpMethod.Get, "devices/sign-1/twin", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _app.AskAsync(HttpMethod.Get, "devices/nobody/twin", Desk.Clerk)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _app.AskAsync(HttpMethod.Patch, "devices/sign-1/twin", Desk.Clerk, "{}", mediaType: "text/plain")).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await _app.AskAsync(HttpMethod.Patch, "devices/sign-1/twin", Desk.Clerk, """{"a":1}""", mediaType: "application/json")).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The other town's device of the same name knows nothing of it.
        var stranger = await _app.AskAsync(HttpMethod.Get, "devices/siren-1/twin", Desk.Stranger, town: TelemetryApp.OtherTown);
        ((long)(await stranger.ReadAsync())["version"]!).ShouldBe(0);
    }

    [Fact]
    public async Task Patch_WhenACommandWithASecondPersonSetsIt_IsNoWayAround()
    {
        foreach (var patch in new[] { """{"openingPercent":100}""", """{"gate":{"openingPercent":100}}""", """{"gates":[{"openingPercent":100}]}""" })
        {
            await (await _app.AskAsync(HttpMethod.Patch, "devices/sluice-1/twin", Desk.Officer, patch)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "second-person-needed");
        }

        (await _app.AskAsync(HttpMethod.Patch, "devices/sluice-1/twin", Desk.Officer, """{"intervalSeconds":100}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Report_WhenAnOlderOneComesLater_DoesNotReplaceTheNewer()
    {
        await using var sign = await TestDevice.ConnectAsync(_app, "sign-1");
        var now = DateTimeOffset.UtcNow;
        await sign.ReportAsync(Report(now, "new"));
        await TwinWhenAsync(twin => (string?)twin["reported"]?["text"] == "new");

        await sign.ReportAsync(Report(now.AddSeconds(-10), "old"));
        await sign.ReportAsync(Report(now.AddDays(1), "future"));
        (await _app.DeviceWhenAsync(device => device.RefusedCount == 1, "sign-1")).LastError!.Code.ShouldBe("time-in-future");
        ((string?)(await (await GetAsync()).ReadAsync())["reported"]!["text"]).ShouldBe("new");

        await sign.ReportAsync(Report(now.AddSeconds(1), "newest"));
        var twin = await TwinWhenAsync(twin => (string?)twin["reported"]?["text"] == "newest");
        DateTimeOffset.Parse((string)twin["reportedAt"]!, CultureInfo.InvariantCulture).ShouldBe(now.AddSeconds(1), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Report_WhenItCannotBeKept_IsCountedAndShown()
    {
        await using var sign = await TestDevice.ConnectAsync(_app, "sign-1");
        (string Payload, string Code)[] refused =
        [
            ("nonsense", "twin-reported-malformed"),
            ("""{"text":"x"}""", "twin-reported-malformed"),
            ("""{"state":{"a":"1234 5678 9018"}}""", "my-number-refused"),
            ("""{"state":{"a":{"b":{"c":{"d":{"e":{"f":{}}}}}}}}""", "twin-too-deep"),
            ("""{"t":"yesterday","state":{}}""", "time-malformed"),
        ];
        for (var index = 0; index < refused.Length; index++)
        {
            await sign.ReportAsync(refused[index].Payload);
            (await _app.DeviceWhenAsync(device => device.RefusedCount == index + 1, "sign-1")).LastError!.Code.ShouldBe(refused[index].Code, refused[index].Payload);
        }

        (await _app.Database.ColumnAsync("SELECT device FROM device_twin")).ShouldBeEmpty();
    }

    private static string Report(DateTimeOffset at, string text)
        => new JsonObject { ["t"] = at.ToString("O", CultureInfo.InvariantCulture), ["state"] = new JsonObject { ["text"] = text } }.ToJsonString();

    private Task<HttpResponseMessage> GetAsync() => _app.AskAsync(HttpMethod.Get, "devices/sign-1/twin", Desk.Clerk);

    private Task<HttpResponseMessage> SendAsync(string patch, string? ifMatch = null)
        => _app.AskAsync(HttpMethod.Patch, "devices/sign-1/twin", Desk.Clerk, patch, mediaType: "application/merge-patch+json", ifMatch: ifMatch);

    private async Task PatchAsync(string patch)
    {
        using var response = await SendAsync(patch);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
    }

    private async Task<JsonObject> TwinWhenAsync(Func<JsonObject, bool> condition)
    {
        var giveUp = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            var twin = await (await GetAsync()).ReadAsync();
            if (condition(twin))
            {
                return twin;
            }

            DateTime.UtcNow.ShouldBeLessThan(giveUp, twin.ToJsonString());
            await Task.Yield();
        }
    }
}
