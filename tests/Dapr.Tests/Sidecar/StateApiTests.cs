using System.Text;
using System.Text.Json.Nodes;
using SmartCity.Dapr.Tests.Support;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class StateApiTests
{
    [Fact]
    public async Task Save_WhenValueIsAnyJson_IsReadBackAsItWas()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);

        (await SendAsync(sidecar, "POST", "statestore", """[{"key":"a/b 1","value":{"n": 1.50}},{"key":"t","value":"text"}]""")).Status.ShouldBe(204);

        var first = await SendAsync(sidecar, "GET", "statestore/a%2Fb%201");
        first.Body.ShouldBe("""{"n": 1.50}""");
        first.ETag.ShouldBe("1");
        (await SendAsync(sidecar, "GET", "statestore/t")).Body.ShouldBe("\"text\"");
        (await SendAsync(sidecar, "GET", "statestore/missing")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Save_WhenETagIsStale_Is409AndOthersAreSaved()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        await SendAsync(sidecar, "POST", "statestore", """[{"key":"a","value":1}]""");
        await SendAsync(sidecar, "POST", "statestore", """[{"key":"a","value":2,"etag":"1"}]""");

        var stale = await SendAsync(sidecar, "POST", "statestore", """[{"key":"a","value":3,"etag":"1"},{"key":"b","value":3}]""");

        stale.Status.ShouldBe(409);
        stale.ErrorCode.ShouldBe("ERR_STATE_SAVE");
        (await SendAsync(sidecar, "GET", "statestore/a")).Body.ShouldBe("2");
        (await SendAsync(sidecar, "GET", "statestore/b")).Body.ShouldBe("3");
        (await SendAsync(sidecar, "DELETE", "statestore/a", ifMatch: "1")).ErrorCode.ShouldBe("ERR_STATE_DELETE");
        (await SendAsync(sidecar, "DELETE", "statestore/a", ifMatch: "\"2\"")).Status.ShouldBe(204);
        (await SendAsync(sidecar, "GET", "statestore/a")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task Save_WhenFirstWriteAndKeyExists_Is409()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        const string body = """[{"key":"a","value":1,"options":{"concurrency":"first-write","consistency":"strong"}}]""";

        (await SendAsync(sidecar, "PUT", "statestore", body)).Status.ShouldBe(204);
        (await SendAsync(sidecar, "PUT", "statestore", body)).Status.ShouldBe(409);
    }

    [Fact]
    public async Task Transaction_WhenOneOperationConflicts_ChangesNothing()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        await SendAsync(sidecar, "POST", "statestore", """[{"key":"a","value":1},{"key":"b","value":1}]""");

        var conflict = await SendAsync(sidecar, "POST", "statestore/transaction",
            """{"operations":[{"operation":"upsert","request":{"key":"a","value":2}},{"operation":"delete","request":{"key":"b","etag":"9"}}]}""");
        conflict.Status.ShouldBe(409);
        conflict.ErrorCode.ShouldBe("ERR_STATE_TRANSACTION");
        (await SendAsync(sidecar, "GET", "statestore/a")).Body.ShouldBe("1");

        (await SendAsync(sidecar, "POST", "statestore/transaction",
            """{"operations":[{"operation":"upsert","request":{"key":"a","value":2}},{"operation":"delete","request":{"key":"b"}}],"metadata":{"ttlInSeconds":"60"}}""")).Status.ShouldBe(204);
        var bulk = JsonNode.Parse((await SendAsync(sidecar, "POST", "statestore/bulk", """{"keys":["b","a"],"parallelism":10}""")).Body)!;
        bulk[0]!.ToJsonString().ShouldBe("""{"key":"b"}""");
        bulk[1]!["data"]!.ToJsonString().ShouldBe("2");
        bulk[1]!["metadata"]!["ttlExpireTime"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Save_WhenTimeToLiveIsOver_IsGoneAlsoAfterRestart()
    {
        var clock = new ManualClock();
        var directory = TestSidecar.NewDirectory();
        await using (var sidecar = await TestSidecar.StartAsync("app", address: null, directory: directory, clock: clock))
        {
            await SendAsync(sidecar, "POST", "statestore?metadata.ttlInSeconds=60", """[{"key":"a","value":1}]""");
            await SendAsync(sidecar, "POST", "statestore", """[{"key":"b","value":1}]""");
            clock.Now += TimeSpan.FromSeconds(59);
            (await SendAsync(sidecar, "GET", "statestore/a")).Status.ShouldBe(200);
            clock.Now += TimeSpan.FromSeconds(1);
            (await SendAsync(sidecar, "GET", "statestore/a")).Status.ShouldBe(204);
        }

        await using (var sidecar = await TestSidecar.StartAsync("app", address: null, directory: directory, clock: clock))
        {
            (await SendAsync(sidecar, "GET", "statestore/a")).Status.ShouldBe(204);
            (await SendAsync(sidecar, "GET", "statestore/b")).Status.ShouldBe(200);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData("POST", "nowhere", "[]", 400, "ERR_STATE_STORE_NOT_FOUND")]
    [InlineData("POST", "statestore", "{", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("POST", "statestore", "[null]", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("POST", "statestore", """[{"value":1}]""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("POST", "statestore", """[{"key":"publisher||a","value":1}]""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("POST", "statestore", """[{"key":"a","value":1,"etag":"x"}]""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("POST", "statestore", """[{"key":"a","value":1,"metadata":{"ttlInSeconds":"soon"}}]""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("POST", "statestore", """[{"key":"a","value":1,"metadata":{"contentType":"x\r\ny: z"}}]""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("POST", "statestore", """[{"key":"\ud800","value":1}]""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("POST", "statestore/transaction", """{"operations":[{"operation":"rename","request":{"key":"a"}}]}""", 400, "ERR_NOT_SUPPORTED_STATE_OPERATION")]
    [InlineData("GET", "statestore/app%7C%7Ca", null, 400, "ERR_MALFORMED_REQUEST")]
    public async Task Request_WhenMalformed_AnswersDaprsError(string method, string path, string? body, int status, string errorCode)
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);

        var answer = await SendAsync(sidecar, method, path, body);

        answer.Status.ShouldBe(status);
        answer.ErrorCode.ShouldBe(errorCode);
    }

    [Fact]
    public async Task Save_WhenThereAreTooManyKeys_Is400()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);

        var answer = await SendAsync(sidecar, "POST", "statestore", "[" + string.Join(',', Enumerable.Repeat("""{"key":"a","value":1}""", 10_001)) + "]");

        answer.Status.ShouldBe(400);
        (await SendAsync(sidecar, "POST", "statestore", "[" + string.Join(',', Enumerable.Repeat("""{"key":"a","value":1}""", 10_000)) + "]")).Status.ShouldBe(204);
        (await SendAsync(sidecar, "GET", "statestore/a")).ETag.ShouldBe("10000");
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("none", true)]
    [InlineData("name", true)]
    [InlineData("shared", true)]
    public async Task Get_WhenAnotherAppSavedTheKey_DependsOnTheKeyPrefix(string prefix, bool isShared)
    {
        using var resources = new ResourceDirectory().With("a.yaml", ResourceDirectory.Component("statestore", "state.postgresql",
            prefix.Length == 0 ? "[]" : $"[{{name: keyPrefix, value: {prefix}}}]"));
        await using var sidecar = await TestSidecar.StartAsync("app", address: null, o => o with { ResourcesPaths = [resources.Path] });
        await SendAsync(sidecar, "POST", "statestore", """[{"key":"a","value":1}]""");

        (await SendAsync(sidecar, "GET", "statestore/a", appId: "publisher")).Status.ShouldBe(isShared ? 200 : 204);
    }

    [Fact]
    public async Task Save_WhenStoresAreFull_Is507AndDeletingMakesRoom()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null, o => o with { Limits = new DaprSidecarLimits { StateBytes = 2000 } });
        var body = $$"""[{"key":"a","value":"{{new string('x', 1500)}}"}]""";

        (await SendAsync(sidecar, "POST", "statestore", body)).Status.ShouldBe(204);
        (await SendAsync(sidecar, "POST", "statestore", body.Replace("\"a\"", "\"b\"", StringComparison.Ordinal))).Status.ShouldBe(507);
        (await SendAsync(sidecar, "DELETE", "statestore/a")).Status.ShouldBe(204);
        (await SendAsync(sidecar, "POST", "statestore", body.Replace("\"a\"", "\"b\"", StringComparison.Ordinal))).Status.ShouldBe(204);
    }

    private static async Task<Answer> SendAsync(TestSidecar sidecar, string method, string path, string? body = null, string? ifMatch = null, string appId = "app")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), sidecar.UriOf("/v1.0/state/" + path, appId));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await sidecar.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(),
            response.Headers.NonValidated.TryGetValues("ETag", out var etag) ? etag.ToString() : null);
    }

    private sealed record Answer(int Status, string Body, string? ETag)
    {
        public string ErrorCode => JsonNode.Parse(Body)!["errorCode"]!.ToString();
    }
}
