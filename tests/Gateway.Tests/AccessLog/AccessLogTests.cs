using System.Text.Json;
using SmartCity.Contracts;
using SmartCity.Gateway.Tests.Hosting;
using SmartCity.ServiceDefaults.Identity;

namespace SmartCity.Gateway.Tests.AccessLog;

public sealed class AccessLogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-");

    private string LogFile => Path.Combine(_folder.FullName, "access.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Line_WhenAPersonAsks_SaysWhatHappenedAndNothingAboutThem()
    {
        await using var alerts = await Backend.SayingAsync("alerts");
        await using (var gateway = await StartAsync(alerts))
        {
            await gateway.GetTextAsync("/api/162043/alerts/a-secret-id?name=taro", gateway.Issuer.TokenFor("hanako@example.jp", CityRoles.Resident, TestTown.Uozu));
            await gateway.GetTextAsync("/api/162043/alerts/active");
            await gateway.GetTextAsync("/api/162043/alerts/active");
            using var refused = await gateway.GetAsync("/api/162043/alerts/drafts/7");
        }

        var text = await File.ReadAllTextAsync(LogFile);
        foreach (var secret in new[] { "secret", "taro", "hanako", "127.0.0.1" })
        {
            text.ShouldNotContain(secret);
        }

        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        lines.Length.ShouldBe(4);
        var first = lines[0];
        first.GetProperty("method").GetString().ShouldBe("GET");
        first.GetProperty("service").GetString().ShouldBe("alerts");
        first.GetProperty("route").GetString().ShouldBe("/{id}");
        first.GetProperty("municipality").GetString().ShouldBe(TestTown.Uozu);
        first.GetProperty("status").GetInt32().ShouldBe(200);
        first.GetProperty("bytes").GetInt64().ShouldBe(6);
        first.GetProperty("durationMilliseconds").GetDouble().ShouldBeGreaterThan(0);
        alerts.Requests[0].Headers["traceparent"].ShouldContain(first.GetProperty("traceId").GetString()!);
        lines.Select(line => line.GetProperty("fromCache").GetBoolean()).ShouldBe([false, false, true, false]);
        lines[3].GetProperty("status").GetInt32().ShouldBe(401);
    }

    [Fact]
    public async Task Lines_WhenTheyComeFasterThanTheyAreWritten_AreDroppedAndCounted()
    {
        await using var alerts = await Backend.SayingAsync("alerts");
        await using (var gateway = await StartAsync(alerts, "--Gateway:AccessLog:Buffer", "16"))
        {
            await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => gateway.GetTextAsync("/api/162043/alerts/active")));
        }

        var lines = (await File.ReadAllLinesAsync(LogFile)).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var dropped = lines.Where(line => line.TryGetProperty("droppedLines", out _)).Sum(line => line.GetProperty("droppedLines").GetInt64());
        dropped.ShouldBeGreaterThan(0);
        (lines.Count(line => line.TryGetProperty("status", out _)) + dropped).ShouldBe(400);
    }

    private async Task<GatewayApp> StartAsync(Backend alerts, params string[] arguments)
    {
        var gateway = await GatewayApp.StartAsync(
            new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Alerts] = alerts },
            arguments: ["--Gateway:AccessLog:Enabled", "true", "--Gateway:AccessLog:File", LogFile, .. arguments]);
        gateway.Serve(TestTown.Of());
        return gateway;
    }
}
