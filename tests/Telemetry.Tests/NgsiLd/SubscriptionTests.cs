using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SmartCity.ServiceTestKit;

namespace SmartCity.Telemetry.Tests.NgsiLd;

/// <summary>Subscriptions (ETSI GS CIM 009 clauses 5.8 and 6.10 to 6.11) and their notifications.</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow.AddMinutes(-5);
    private static readonly string[] Settings = ["--NgsiLd:AllowPrivateReceivers=true", "--NgsiLd:PollSeconds=0.1", "--NgsiLd:RetrySeconds=0.02", "--NgsiLd:MostAttempts=3"];
    private TelemetryApp _app = null!;
    private Receiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _app = await NgsiTown.StartAsync("Database", Settings);
        _receiver = await Receiver.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Notify_WhenAWatchedAttributeChanges_TellsOnce()
    {
        await LevelAsync(0, 1.0);
        await _app.DeviceWhenAsync(device => device.AcceptedCount == 1);
        var location = await CreateAsync();
        location.ShouldStartWith("/api/162043/telemetry/ngsi-ld/v1/subscriptions/");
        await LevelAsync(1, 3.42);

        var notification = await _receiver.NextAsync();
        notification.ContentType.ShouldBe("application/json");
        notification.Link.ShouldContain(NgsiTown.ContextRelation);
        notification.Body.GetProperty("type").GetString().ShouldBe("Notification");
        notification.Body.GetProperty("id").GetString().ShouldStartWith("urn:ngsi-ld:Notification:");
        notification.Body.GetProperty("subscriptionId").GetString().ShouldBe(Uri.UnescapeDataString(location[(location.LastIndexOf('/') + 1)..]));
        notification.Body.GetProperty("notifiedAt").GetString().ShouldEndWith("Z");
        notification.Single.GetProperty("id").GetString().ShouldBe(NgsiTown.River);
        notification.Single.GetProperty("currentLevel").GetProperty("value").GetDouble().ShouldBe(3.42);

        // The same reading once more, another attribute, another town: nothing of it is news.
        await LevelAsync(1, 3.42);
        await _app.PublishFromAsync("river-katakai-1", """{"batteryVolts":3.5}""");
        await _app.PublishLevelAsync(Now, 9.9, TelemetryApp.OtherTown);
        await LevelAsync(2, 3.5);
        (await _receiver.NextAsync()).Single.GetProperty("currentLevel").GetProperty("value").GetDouble().ShouldBe(3.5);
        var state = await WhenAsync(location, subscription => subscription.GetProperty("notification").GetProperty("timesSent").GetInt32() == 2);
        state.GetProperty("status").GetString().ShouldBe("active");
        state.GetProperty("notification").GetProperty("status").GetString().ShouldBe("ok");
        state.GetProperty("notification").TryGetProperty("lastSuccess", out _).ShouldBeTrue();
        _receiver.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Notify_WhenTheServiceWasDown_TellsWhatChangedMeanwhileAndNothingTwice()
    {
        var location = await CreateAsync();
        await LevelAsync(0, 3.3);
        await _receiver.NextAsync();
        await WhenAsync(location, subscription => subscription.GetProperty("notification").TryGetProperty("lastSuccess", out _));
        await _app.StopServiceAsync();
        await LevelAsync(1, 3.6);
        await _app.StartServiceAsync();
        (await _receiver.NextAsync()).Single.GetProperty("currentLevel").GetProperty("value").GetDouble().ShouldBe(3.6);
        await WhenAsync(location, subscription => subscription.GetProperty("notification").GetProperty("timesSent").GetInt32() == 2);
        await _app.StopServiceAsync();
        await _app.StartServiceAsync();
        await LevelAsync(2, 3.7);
        (await _receiver.NextAsync()).Single.GetProperty("currentLevel").GetProperty("value").GetDouble().ShouldBe(3.7);
        _receiver.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Notify_WhenTheReceiverFails_TriesAgainAndSaysSo()
    {
        _receiver.AnswerWith(500, 503);
        var location = await CreateAsync(format: "keyValues", accept: "application/ld+json");
        await LevelAsync(0, 3.3);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var notification = await _receiver.NextAsync();
            notification.ContentType.ShouldBe("application/ld+json");
            notification.Body.GetProperty("@context").GetString().ShouldEndWith("/context.jsonld");
            notification.Single.GetProperty("currentLevel").GetDouble().ShouldBe(3.3);
        }

        var state = await WhenAsync(location, subscription => subscription.GetProperty("notification").TryGetProperty("lastSuccess", out _));
        state.GetProperty("notification").GetProperty("timesSent").GetInt32().ShouldBe(3);
        state.GetProperty("notification").GetProperty("timesFailed").GetInt32().ShouldBe(2);
        state.GetProperty("notification").TryGetProperty("lastFailure", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Notify_WhenTheReceiverFailsTooOften_GivesUpThatChangeAlone()
    {
        _receiver.AnswerWith(500, 500, 500);
        var location = await CreateAsync();
        await LevelAsync(0, 3.3);
        var state = await WhenAsync(location, subscription => subscription.GetProperty("notification") is var notification
            && notification.TryGetProperty("timesFailed", out var failed) && failed.GetInt32() == 3);
        state.GetProperty("notification").GetProperty("status").GetString().ShouldBe("failed");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await _receiver.NextAsync();
        }

        await LevelAsync(1, 3.4);
        (await _receiver.NextAsync()).Single.GetProperty("currentLevel").GetProperty("value").GetDouble().ShouldBe(3.4);
    }

    [Fact]
    public async Task Notify_WhenThrottled_TellsTheNewestAfterTheTime()
    {
        await CreateAsync(extra: """, "throttling": 600""");
        await LevelAsync(0, 3.3);
        await _receiver.NextAsync();
        await LevelAsync(1, 3.4);
        await LevelAsync(2, 3.5);
        await _app.DeviceWhenAsync(device => device.AcceptedCount == 3);
        _receiver.Waiting.ShouldBe(0);
        _app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await _receiver.NextAsync()).Single.GetProperty("currentLevel").GetProperty("value").GetDouble().ShouldBe(3.5);
    }

    [Fact]
    public async Task Patch_WhenPausedOrExpired_TellsNothingUntilItIsActive()
    {
        var location = await CreateAsync();
        (await SendAsync(HttpMethod.Patch, location, """{"isActive":false}""")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ReadAsync(location)).GetProperty("status").GetString().ShouldBe("paused");
        await LevelAsync(0, 3.3);
        await _app.DeviceWhenAsync(device => device.AcceptedCount == 1);
        (await SendAsync(HttpMethod.Patch, location, """{"isActive":true,"expiresAt":"2099-01-01T00:00:00Z"}""")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await LevelAsync(1, 3.4);
        (await _receiver.NextAsync()).Single.GetProperty("currentLevel").GetProperty("value").GetDouble().ShouldBe(3.4);
        _app.Clock.Advance(TimeSpan.FromDays(365 * 80));
        (await ReadAsync(location)).GetProperty("status").GetString().ShouldBe("expired");
        _receiver.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Notify_WhenTheConditionDoesNotHold_TellsNothing()
    {
        await CreateAsync(extra: """, "q": "currentLevel>=3.2" """);
        await LevelAsync(0, 1.0);
        await LevelAsync(1, 3.2);
        (await _receiver.NextAsync()).Single.GetProperty("currentLevel").GetProperty("value").GetDouble().ShouldBe(3.2);
        _receiver.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task Delete_WhenItIsThere_RemovesItAndOtherTownsNeverSeeIt()
    {
        var location = await CreateAsync();
        var others = location.Replace(TelemetryApp.Town, TelemetryApp.OtherTown, StringComparison.Ordinal);
        (await SendAsync(HttpMethod.Get, others, null, TelemetryApp.OtherTown)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(HttpMethod.Delete, others, null, TelemetryApp.OtherTown)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(HttpMethod.Get, others[..others.LastIndexOf('/')], null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(HttpMethod.Delete, location, null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(HttpMethod.Get, location, null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"type":"Subscription"}""", "BadRequestData")]
    [InlineData("""{"type":"Subscription","entities":[{"type":"Device"}]}""", "BadRequestData")]
    [InlineData("""{"type":"Subscription","entities":[],"notification":{"endpoint":{"uri":"https://example.org/"}}}""", "BadRequestData")]
    [InlineData("""{"type":"Subscription","entities":[{"id":"urn:a:b"}],"notification":{"endpoint":{"uri":"https://example.org/"}}}""", "BadRequestData")]
    [InlineData("""{"type":"Subscription","entities":[{"type":"Device"}],"notification":{"endpoint":{"uri":"ftp://example.org/"}}}""", "BadRequestData")]
    [InlineData("""{"type":"Subscription","entities":[{"type":"Device"}],"throttling":-1,"notification":{"endpoint":{"uri":"https://example.org/"}}}""", "BadRequestData")]
    [InlineData("""{"type":"Subscription","entities":[{"type":"Device"}],"throttling":"often","notification":{"endpoint":{"uri":"https://example.org/"}}}""", "BadRequestData")]
    [InlineData("""{"type":"Subscription","entities":[{"type":"Device"}],"expiresAt":"2001-01-01T00:00:00Z","notification":{"endpoint":{"uri":"https://example.org/"}}}""", "BadRequestData")]
    [InlineData("""{"type":"Subscription","entities":[{"type":"Device"}],"q":"a>","notification":{"endpoint":{"uri":"https://example.org/"}}}""", "BadRequestData")]
    [InlineData("""{"type":"Subscription","entities":[{"type":"Device"}],"timeInterval":5,"notification":{"endpoint":{"uri":"https://example.org/"}}}""", "OperationNotSupported")]
    [InlineData("""{"type":"Subscription","@context":"https://example.org/c.jsonld","entities":[{"type":"Device"}],"notification":{"endpoint":{"uri":"https://example.org/"}}}""", "BadRequestData")]
    [InlineData("""{"type":""", "InvalidRequest")]
    public async Task Create_WhenItIsWrong_SaysWhat(string body, string type)
    {
        using var response = await SendAsync(HttpMethod.Post, Path, body);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        problem.GetProperty("type").GetString().ShouldBe("https://uri.etsi.org/ngsi-ld/errors/" + type);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Create_WhenTheIdIsTaken_IsAConflict()
    {
        await CreateAsync(extra: """, "id": "urn:ngsi-ld:Subscription:one" """);
        using var again = await SendAsync(HttpMethod.Post, Path, Body("normalized", "application/json", """, "id": "urn:ngsi-ld:Subscription:one" """));
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var list = await SendAsync(HttpMethod.Get, Path + "?count=true", null);
        list.Headers.GetValues("NGSILD-Results-Count").ShouldBe(["1"]);
        using var text = await SendAsync(HttpMethod.Post, Path, "{}", mediaType: "text/plain");
        text.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Get_WhenAStoredOneIsNoLongerAllowed_ShowsItPausedAndTheOthersGoOn()
    {
        var location = await CreateAsync(extra: """, "id": "urn:ngsi-ld:Subscription:old" """);
        await CreateAsync(extra: """, "id": "urn:ngsi-ld:Subscription:other" """);
        await using (var connection = await _app.Database.OpenAsync(TelemetryApp.Town))
        {
            await connection.ExecuteAsync("UPDATE ngsi_subscription SET definition = REPLACE(definition, 'http:', 'ftp:') WHERE id LIKE '%:old'");
        }

        await LevelAsync(0, 3.3);
        await _receiver.NextAsync();
        var old = await ReadAsync(location);
        (old.GetProperty("status").GetString(), old.GetProperty("isActive").GetBoolean()).ShouldBe(("paused", false));
        (await ReadAsync(Path)).GetArrayLength().ShouldBe(2);
        _receiver.Waiting.ShouldBe(0);
        (await SendAsync(HttpMethod.Delete, location, null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    internal const string Path = "/api/162043/telemetry/ngsi-ld/v1/subscriptions";

    private string Body(string format, string accept, string extra) => $$$"""
        {"type":"Subscription","entities":[{"type":"FloodMonitoring"}],"watchedAttributes":["currentLevel"],
         "notification":{"format":"{{{format}}}","attributes":["currentLevel"],"endpoint":{"uri":"{{{_receiver.Url}}}","accept":"{{{accept}}}"}}{{{extra}}}}
        """;

    private async Task<string> CreateAsync(string format = "normalized", string accept = "application/json", string extra = "")
    {
        using var response = await SendAsync(HttpMethod.Post, Path, Body(format, accept, extra));
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.ToString();
    }

    private Task LevelAsync(int second, double metres) => _app.PublishLevelAsync(Now.AddSeconds(second), metres);

    private async Task<JsonElement> ReadAsync(string location)
    {
        using var response = await SendAsync(HttpMethod.Get, location, null);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<JsonElement> WhenAsync(string location, Func<JsonElement, bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            timeout.Token.ThrowIfCancellationRequested();
            var subscription = await ReadAsync(location);
            if (condition(subscription))
            {
                return subscription;
            }

            await Task.Yield();
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, string town = TelemetryApp.Town, string mediaType = "application/json")
        => SendAsync(_app, method, path, body, town, mediaType);

    internal static async Task<HttpResponseMessage> SendAsync(
        TelemetryApp app, HttpMethod method, string path, string? body, string town = TelemetryApp.Town, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestTokens.For("clerk", "clerk", town));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, mediaType);
        }

        return await app.Http.SendAsync(request);
    }
}
