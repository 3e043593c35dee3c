using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SmartCity.ServiceTestKit;

namespace SmartCity.Telemetry.Tests.Streaming;

public sealed class StreamTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Theory]
    [InlineData("Shared")]
    [InlineData("Database")]
    public async Task Stream_WhenReadingsAreCommitted_ShowsThoseOfItsTownAlone(string isolation)
    {
        await using var app = await TelemetryApp.StartAsync(isolation);
        using var own = await ReadingStream.OpenAsync(app);
        using var other = await ReadingStream.OpenAsync(app, town: TelemetryApp.OtherTown);
        own.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        own.Response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);

        await app.PublishLevelAsync(Now.AddSeconds(-2), 1.25);
        await app.PublishLevelAsync(Now.AddSeconds(-1), 7, TelemetryApp.OtherTown);
        await app.PublishLevelAsync(Now, 1.5);

        var first = await own.NextAsync();
        first.ShouldBe(new StreamedReading(TelemetryApp.Device, "waterLevelMetres", first.T, 1.25));
        (first.T - Now.AddSeconds(-2)).Duration().ShouldBeLessThan(TimeSpan.FromMilliseconds(1));
        first.T.Offset.ShouldBe(TimeSpan.FromHours(9));
        (await own.NextAsync()).Value.ShouldBe(1.5);
        (await other.NextAsync()).Value.ShouldBe(7);
    }

    [Fact]
    public async Task Stream_WhenAReadingComesTwice_ShowsItOnce()
    {
        await using var app = await TelemetryApp.StartAsync();
        using var stream = await ReadingStream.OpenAsync(app);
        await app.PublishLevelAsync(Now, 1);
        await app.PublishLevelAsync(Now, 1);
        await app.PublishLevelAsync(Now.AddSeconds(1), 2);
        (await stream.NextAsync()).Value.ShouldBe(1);
        (await stream.NextAsync()).Value.ShouldBe(2);
    }

    [Theory]
    [InlineData("?device=weather-1")]
    [InlineData("?kind=weather&kind=tank")]
    [InlineData("?metric=temperatureCelsius")]
    public async Task Stream_WhenFiltered_ShowsWhatWasAskedFor(string query)
    {
        await using var app = await TelemetryApp.StartAsync();
        using var stream = await ReadingStream.OpenAsync(app, query);
        await app.PublishLevelAsync(Now, 1);
        await app.PublishAsync("""{"temperatureCelsius":21.5}""", $"sc/v1/{TelemetryApp.Town}/weather-1/telemetry");
        (await stream.NextAsync()).Value.ShouldBe(21.5);
    }

    [Theory]
    [InlineData("?device=nobody", HttpStatusCode.NotFound, "unknown-device")]
    [InlineData("?kind=nothing", HttpStatusCode.NotFound, "unknown-kind")]
    [InlineData("?metric=not%20a%20name", HttpStatusCode.BadRequest, "metric-name-malformed")]
    public async Task Stream_WhenTheFilterIsWrong_SaysWhat(string query, HttpStatusCode status, string code)
    {
        await using var app = await TelemetryApp.StartAsync();
        using var response = await app.Http.GetAsync(new Uri($"/api/{TelemetryApp.Town}/telemetry/stream{query}", UriKind.Relative));
        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString().ShouldBe("urn:smartcity:problem:" + code);
    }

    [Fact]
    public async Task Stream_WhenNothingHappens_BeatsItsHeart()
    {
        await using var app = await TelemetryApp.StartAsync(settings: "--Live:HeartbeatSeconds=0.05");
        using var stream = await ReadingStream.OpenAsync(app);
        using var lines = new StreamReader(await stream.Response.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).ShouldBe("retry: 2000");
        (await lines.ReadLineAsync()).ShouldBe("");
        (await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20))).ShouldStartWith(":");
    }

    [Fact]
    public async Task Stream_WhenTheServiceStops_Ends()
    {
        await using var app = await TelemetryApp.StartAsync();
        using var stream = await ReadingStream.OpenAsync(app);
        var ends = stream.EndsAsync();
        await app.StopServiceAsync();
        (await ends).ShouldBeTrue();
    }

    /// <summary>Another replica is another process on the same PostgreSQL; what it settles stands in the table of series.</summary>
    [Fact]
    public async Task Stream_WhenAnotherReplicaCommits_ShowsItWhereThereMayBeOne()
    {
        await using var app = await TelemetryApp.StartAsync(settings: "--Live:PollSeconds=0.05");
        await app.PublishLevelAsync(Now.AddSeconds(-9), 1);
        await app.DeviceWhenAsync(device => device.AcceptedCount == 1);
        using var stream = await ReadingStream.OpenAsync(app);
        await app.PublishLevelAsync(Now.AddSeconds(-8), 2);
        (await stream.NextAsync()).Value.ShouldBe(2);
        await using (var connection = await app.Database.OpenAsync())
        {
            await connection.ExecuteAsync(
                "INSERT INTO series (municipality, device, metric, last_t, last_value) VALUES "
                + $"('{TelemetryApp.Town}', 'weather-1', 'temperatureCelsius', 1800000000000000, 21.5), ('{TelemetryApp.OtherTown}', 'x', 'y', 1800000000000000, 99)");
        }

        await app.PublishLevelAsync(Now, 3);
        var next = await stream.NextAsync();
        if (next.Value == 3 && TestDatabase.IsPostgres)
        {
            next = await stream.NextAsync();
        }

        // An SQLite file has one process only: nothing is looked for there.
        next.Value.ShouldBe(TestDatabase.IsPostgres ? 21.5 : 3);
    }
}
