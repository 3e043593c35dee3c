using System.Net;
using System.Text.Json;

namespace SmartCity.Telemetry.Tests.NgsiLd;

/// <summary>The temporal representation (ETSI GS CIM 009 clauses 4.5.6 and 4.5.9) of what the river was.</summary>
public sealed class TemporalTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 6, 30, 18, 0, 0, TimeSpan.Zero);
    private TelemetryApp _app = null!;

    public async Task InitializeAsync()
    {
        _app = await NgsiTown.StartAsync();
        for (var minute = 0; minute < 3; minute++)
        {
            await _app.PublishLevelAsync(Start.AddMinutes(minute), 1 + minute);
        }

        await _app.DeviceWhenAsync(device => device.AcceptedCount == 3);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("", new[] { 1.0, 2, 3 })]
    [InlineData("?timerel=before&timeAt=2026-06-30T18:01:00Z", new[] { 1.0 })]
    [InlineData("?timerel=after&timeAt=2026-06-30T18:01:00Z", new[] { 3.0 })]
    [InlineData("?timerel=between&timeAt=2026-06-30T18:01:00Z&endTimeAt=2026-06-30T18:02:00Z", new[] { 2.0 })]
    [InlineData("?lastN=2&attrs=currentLevel", new[] { 2.0, 3 })]
    public async Task Get_WhenATimeIsGiven_HasTheInstancesOfIt(string query, double[] values)
    {
        var entity = await _app.JsonAsync("temporal/entities/" + NgsiTown.River + query);
        entity.GetProperty("type").GetString().ShouldBe("FloodMonitoring");
        var instances = entity.GetProperty("currentLevel").EnumerateArray().ToList();
        instances.Select(instance => instance.GetProperty("value").GetDouble()).ShouldBe(values);
        instances[0].GetProperty("type").GetString().ShouldBe("Property");
        instances[0].GetProperty("unitCode").GetString().ShouldBe("MTR");
        instances[0].GetProperty("observedAt").GetString().ShouldBe($"2026-06-30T18:0{values[0] - 1}:00Z");
    }

    [Fact]
    public async Task Get_WhenSimplified_IsPairsOfValueAndTime()
        => (await _app.JsonAsync($"temporal/entities/{NgsiTown.River}?options=temporalValues&lastN=1")).GetProperty("currentLevel").GetRawText()
            .ShouldBe("""{"type":"Property","values":[[3,"2026-06-30T18:02:00Z"]]}""");

    [Fact]
    public async Task Get_WhenThereIsMoreThanFits_SaysWhichPartItIs()
    {
        const int messages = 11;
        for (var message = 0; message < messages; message++)
        {
            var parts = Enumerable.Range(message * 1000, 1000).Select(index => $"{{\"t\":\"{Start.AddHours(1).AddSeconds(index):O}\",\"waterLevelMetres\":{index}}}");
            await _app.PublishAsync($"[{string.Join(',', parts)}]");
        }

        await _app.DeviceWhenAsync(device => device.AcceptedCount == 3 + messages);
        using var response = await _app.NgsiAsync($"temporal/entities/{NgsiTown.River}?timerel=after&timeAt=2026-06-30T18:30:00Z&options=temporalValues");
        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        response.Content.Headers.GetValues("Content-Range").ShouldBe(["date-time 2026-06-30T19:00:00Z-2026-06-30T21:46:39Z/*"]);
        var values = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("currentLevel").GetProperty("values");
        values.GetArrayLength().ShouldBe(10_000);
    }

    [Theory]
    [InlineData("?timerel=during&timeAt=2026-06-30T18:01:00Z", "BadRequestData")]
    [InlineData("?timerel=after", "BadRequestData")]
    [InlineData("?timerel=after&timeAt=yesterday", "BadRequestData")]
    [InlineData("?timerel=between&timeAt=2026-06-30T18:01:00Z", "BadRequestData")]
    [InlineData("?lastN=0", "BadRequestData")]
    [InlineData("?timeproperty=modifiedAt", "OperationNotSupported")]
    [InlineData("?options=aggregatedValues", "OperationNotSupported")]
    public async Task Get_WhenAParameterIsWrong_SaysWhich(string query, string type)
        => (await _app.ProblemAsync("temporal/entities/" + NgsiTown.River + query)).Type.ShouldBe(type);

    [Fact]
    public async Task Get_WhenTheEntityIsAnotherTowns_IsNotFound()
        => (await _app.ProblemAsync("temporal/entities/urn:ngsi-ld:FloodMonitoring:163422:river-katakai-1")).Type.ShouldBe("ResourceNotFound");
}
