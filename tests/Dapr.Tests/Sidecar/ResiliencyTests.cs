using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Dapr.Tests.Support;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class ResiliencyTests
{
    [Fact]
    public async Task Invoke_WhenCalleeFailsAtFirst_IsTriedAgainWithTheSameBody()
    {
        var bodies = new List<string>();
        await using var app = await TestApp.StartAsync(web => web.MapPost("/work", async (HttpContext context) =>
        {
            bodies.Add(await new StreamReader(context.Request.Body).ReadToEndAsync());
            return bodies.Count < 3 ? Results.StatusCode(503) : Results.Text("done");
        }));
        using var resources = Resiliency("retries: {again: {duration: 1ms, maxRetries: 3}}", "apps: {callee: {retry: again}}");
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address, o => o with { ResourcesPaths = [resources.Path] });

        using var response = await InvokeAsync(sidecar, new StringContent("work"));

        (await response.Content.ReadAsStringAsync()).ShouldBe("done");
        bodies.ShouldBe(["work", "work", "work"]);
    }

    [Theory]
    [InlineData("retries: {again: {duration: 1ms, maxRetries: 2}}", false, 3)]
    [InlineData("retries: {again: {duration: 1ms, maxRetries: 2, matching: {httpStatusCodes: '429,500-502'}}}", false, 1)]
    [InlineData("retries: {again: {duration: 1ms, maxRetries: 2}}", true, 1)]
    public async Task Invoke_WhenCalleeKeepsFailing_GivesTheLastAnswer(string retries, bool isStream, int calls)
    {
        var called = 0;
        await using var app = await TestApp.StartAsync(web => web.MapPost("/work", async (HttpContext context) =>
        {
            await new StreamReader(context.Request.Body).ReadToEndAsync();
            return Results.Text($"call {Interlocked.Increment(ref called)}", statusCode: 503);
        }));
        using var resources = Resiliency(retries, "apps: {callee: {retry: again}}");
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address, o => o with { ResourcesPaths = [resources.Path] });

        using var response = await InvokeAsync(sidecar, isStream ? new StreamContent(new NoLengthStream("work"u8.ToArray())) : new StringContent("work"));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync()).ShouldBe($"call {calls}");
    }

    [Fact]
    public async Task Invoke_WhenPolicyHasATimeout_EndsTheWait()
    {
        var release = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(web => web.MapPost("/work", () => release.Task));
        using var resources = Resiliency("timeouts: {short: 50ms}", "apps: {callee: {timeout: short}}");
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address, o => o with { ResourcesPaths = [resources.Path] });

        using var response = await InvokeAsync(sidecar, new StringContent("work"));

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).ShouldContain("no answer within");
        release.SetResult();
    }

    [Fact]
    public async Task Invoke_WhenBreakerTrips_IsRefusedUntilTheCalleeRecovers()
    {
        var isBroken = true;
        var called = 0;
        await using var app = await TestApp.StartAsync(web => web.MapPost("/work", () =>
        {
            called++;
            return isBroken ? Results.StatusCode(500) : Results.Ok();
        }));
        var clock = new StepClock();
        using var resources = Resiliency("circuitBreakers: {cb: {maxRequests: 1, timeout: 10s, trip: consecutiveFailures >= 2}}", "apps: {callee: {circuitBreaker: cb}}");
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address, o => o with { ResourcesPaths = [resources.Path] }, clock: clock);

        for (var i = 0; i < 2; i++)
        {
            using var failing = await InvokeAsync(sidecar, new StringContent("x"));
        }

        using var refused = await InvokeAsync(sidecar, new StringContent("x"));
        (await refused.Content.ReadAsStringAsync()).ShouldContain("circuit breaker is open");
        called.ShouldBe(2);
        (await MetadataAsync(sidecar))["circuitBreaker callee:/work"]!.ToString().ShouldBe("open");

        clock.Step(TimeSpan.FromSeconds(10));
        isBroken = false;
        (await MetadataAsync(sidecar))["circuitBreaker callee:/work"]!.ToString().ShouldBe("half-open");
        using var recovered = await InvokeAsync(sidecar, new StringContent("x"));
        recovered.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await MetadataAsync(sidecar)).ContainsKey("circuitBreaker callee:/work").ShouldBeFalse();
        sidecar.Logs.All.Count(l => l.Contains("Circuit breaker of app publisher for callee:/work", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Theory]
    [InlineData("consecutiveFailures > 2", "fffs", CircuitState.Open)]
    [InlineData("consecutiveFailures > 2", "ffsff", CircuitState.Closed)]
    [InlineData("totalFailures >= 2 && requests > 3", "fsff", CircuitState.Open)]
    [InlineData("", "fffff", CircuitState.Closed)]
    [InlineData("", "ffffff", CircuitState.Open)]
    public void Breaker_WhenRequestsSucceedAndFail_FollowsItsCondition(string trip, string outcomes, object expected)
    {
        var policy = new CircuitBreakerPolicy { Trip = trip.Length == 0 ? null : CelExpression.ParseOver(CircuitBreakerPolicy.Variables, trip) };
        var breaker = new CircuitBreaker(policy, new StepClock(), (_, _) => { });

        foreach (var outcome in outcomes.TakeWhile(_ => breaker.State == CircuitState.Closed))
        {
            breaker.Report(breaker.Enter(), outcome == 's');
        }

        breaker.State.ShouldBe((CircuitState)expected);
    }

    [Fact]
    public void Breaker_WhenHalfOpen_LetsOnlySoManyThroughAndOpensAgainOnFailure()
    {
        var clock = new StepClock();
        var breaker = new CircuitBreaker(new CircuitBreakerPolicy { MaximumRequests = 2, Timeout = TimeSpan.FromSeconds(5) }, clock, (_, _) => { });
        for (var i = 0; i < 6; i++)
        {
            breaker.Report(breaker.Enter(), isSuccess: false);
        }

        clock.Step(TimeSpan.FromSeconds(5));
        var first = breaker.Enter();
        var second = breaker.Enter();
        Should.Throw<CircuitOpenException>(() => breaker.Enter()).Message.ShouldBe("too many requests");
        breaker.Report(first, isSuccess: true);
        breaker.State.ShouldBe(CircuitState.HalfOpen);
        breaker.Report(second, isSuccess: false);
        breaker.State.ShouldBe(CircuitState.Open);
    }

    [Fact]
    public async Task Deliver_WhenPolicyIsExhausted_GoesToTheDeadLetterTopic()
    {
        await using var app = await Subscriber.StartWithAsync(
            """[{"pubsubname":"pubsub","topic":"t","route":"/t","deadLetterTopic":"dead"},{"pubsubname":"pubsub","topic":"dead","route":"/dead"}]""");
        app.Answer = d => Task.FromResult(d.Path == "/dead" ? Results.Ok() : Results.StatusCode(500));
        using var resources = Resiliency("retries: {few: {duration: 1ms, maxRetries: 2}}", "components: {pubsub: {inbound: {retry: few}}}");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address, o => o with { ResourcesPaths = [resources.Path] });

        using var response = await sidecar.PublishAsync("t", "7");

        (await app.Deliveries.NextAsync(4)).Select(d => d.Path).ShouldBe(["/t", "/t", "/t", "/dead"]);
    }

    [Fact]
    public async Task Deliver_WhenBreakerOpens_HoldsTheQueueAndLosesNothing()
    {
        await using var app = await Subscriber.StartAsync("t");
        var failures = 0;
        app.Answer = _ => Task.FromResult(Interlocked.Increment(ref failures) <= 2 ? Results.StatusCode(500) : Results.Ok());
        using var resources = Resiliency("retries: {r: {duration: 1ms}}\n    circuitBreakers: {cb: {timeout: 20ms, trip: consecutiveFailures >= 2}}",
            "components: {pubsub: {inbound: {retry: r, circuitBreaker: cb}}}");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address, o => o with { ResourcesPaths = [resources.Path] });

        using var first = await sidecar.PublishAsync("t", "1");
        using var second = await sidecar.PublishAsync("t", "2");

        (await app.Deliveries.NextAsync(4)).Select(d => d.Data).ShouldBe(["1", "1", "1", "2"]);
        await sidecar.Logs.ContainsAsync("for pubsub inbound went from Closed to Open");
        await sidecar.Logs.ContainsAsync("for pubsub inbound went from HalfOpen to Closed");
    }

    private static ResourceDirectory Resiliency(string policies, string targets) => new ResourceDirectory().With("r.yaml",
        ResourceDirectory.Component("pubsub", "pubsub.redis")
        + $"apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata: {{name: r}}\nspec:\n  policies:\n    {policies}\n  targets:\n    {targets}\n");

    private static Task<HttpResponseMessage> InvokeAsync(TestSidecar sidecar, HttpContent content)
        => sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Post, sidecar.UriOf("/v1.0/invoke/callee/method/work?x=1")) { Content = content });

    private static async Task<JsonObject> MetadataAsync(TestSidecar sidecar)
    {
        using var response = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Get, sidecar.UriOf("/v1.0/metadata")));
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["extended"]!.AsObject();
    }

    private sealed class NoLengthStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
