using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using SmartCity.Gateway.Tests.Hosting;

namespace SmartCity.Gateway.Tests.Forwarding;

public sealed class FailureTests
{
    [Fact]
    public async Task Replica_WhenItIsKilled_ReadersNoticeNothing()
    {
        await using var first = await Backend.SayingAsync("first");
        await using var second = await Backend.SayingAsync("second");
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(first.Address, second.Address)));
        var before = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => gateway.GetTextAsync("/api/162043/lamps/x")));
        before.ShouldContain("first");
        before.ShouldContain("second");

        await first.KillAsync();

        var after = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.GetTextAsync("/api/162043/lamps/x")));
        after.ShouldAllBe(text => text == "second");
    }

    [Fact]
    public async Task Replica_WhenItAnswersThatItCannot_AnotherIsAsked()
    {
        await using var broken = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers["x-from"] = "broken";
            return context.Response.WriteAsync("broken");
        });
        await using var well = await Backend.SayingAsync("well");
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(broken.Address, well.Address)));

        for (var request = 0; request < 4; request++)
        {
            using var answer = await gateway.GetAsync("/api/162043/lamps/x");
            (await answer.Content.ReadAsStringAsync()).ShouldBe("well");
            answer.Headers.Contains("x-from").ShouldBeFalse();
        }

        broken.Requests.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Post_WhenTheReplicaBreaksOff_IsNotSentAgain()
    {
        RequestDelegate breakOff = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await using var first = await Backend.StartAsync(breakOff);
        await using var second = await Backend.StartAsync(breakOff);
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(first.Address, second.Address)));

        using var answer = await gateway.SendAsync(HttpMethod.Post, "/api/162043/lamps/x", body: new StringContent("on"));

        (await GatewayApp.ProblemAsync(answer, HttpStatusCode.BadGateway)).ShouldBe("service-unreachable");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("not known");
        (first.Requests.Count + second.Requests.Count).ShouldBe(1);
    }

    [Fact]
    public async Task Service_WhenAllReplicasFailed_IsLeftAlone()
    {
        await using var only = await Backend.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(only.Address)));
        for (var request = 0; request < 3; request++)
        {
            using var failed = await gateway.GetAsync("/api/162043/lamps/x");
            failed.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        }

        using var answer = await gateway.GetAsync("/api/162043/lamps/x");

        (await GatewayApp.ProblemAsync(answer, HttpStatusCode.ServiceUnavailable)).ShouldBe("service-unavailable");
        answer.Headers.RetryAfter.ShouldNotBeNull();
        only.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Service_WhenItIsSlow_IsA504()
    {
        await using var slow = await Backend.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(slow.Address) with { TimeoutSeconds = 0.2 }));

        using var answer = await gateway.GetAsync("/api/162043/lamps/x");

        (await GatewayApp.ProblemAsync(answer, HttpStatusCode.GatewayTimeout)).ShouldBe("service-timeout");
        (await answer.Content.ReadAsStringAsync()).ShouldContain("0.2 s");
    }

    [Fact]
    public async Task Caller_WhenRequestsAreMadeToFail_DoesNotCloseTheServiceToOthers()
    {
        await using var service = await Backend.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.StatusCode = context.Request.Path == "/busy" ? 503 : 200;
            await context.Response.WriteAsync("well");
        });
        await using var gateway = await GatewayApp.StartAsync();
        // Long enough for the honest answers on a busy machine: only the body that never comes may time out.
        gateway.Serve(TestTown.Of(TestTown.Lamps(service.Address) with { TimeoutSeconds = 2 }));

        for (var time = 0; time < 4; time++)
        {
            using var traced = await gateway.SendAsync(HttpMethod.Trace, "/api/162043/lamps/x");
            using var busy = await gateway.GetAsync("/api/162043/lamps/busy");
            var slow = await NeverSendAsync(new Uri(gateway.Address));

            traced.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
            busy.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            slow.ShouldBe("HTTP/1.1 504 Gateway Timeout");
        }

        (await gateway.GetTextAsync("/api/162043/lamps/x")).ShouldBe("well");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_WhenItIsTooLarge_IsA413(bool saysItsLength)
    {
        await using var service = await Backend.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("taken");
        });
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(service.Address) with { MaximumRequestBytes = 1000 }));

        using var fits = await gateway.SendAsync(HttpMethod.Post, "/api/162043/lamps/x", body: Body(900, saysItsLength));
        using var tooLarge = await gateway.SendAsync(HttpMethod.Post, "/api/162043/lamps/x", body: Body(200_000, saysItsLength));

        (await fits.Content.ReadAsStringAsync()).ShouldBe("taken");
        (await GatewayApp.ProblemAsync(tooLarge, HttpStatusCode.RequestEntityTooLarge)).ShouldBe("too-large");
    }

    [Fact]
    public async Task Town_WhenItsServiceHangs_OthersAreAnswered()
    {
        await using var slow = await Backend.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var quick = await Backend.SayingAsync("quick");
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(slow.Address) with { TimeoutSeconds = 300 }));
        gateway.Serve(TestTown.In(TestTown.Nyuzen, TestTown.Lamps(quick.Address)));
        using var stop = new CancellationTokenSource();
        var hanging = Enumerable.Range(0, 100).Select(_ => gateway.Client.GetAsync(new Uri("/api/162043/lamps/x", UriKind.Relative), stop.Token)).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.GetTextAsync("/api/163422/lamps/x"))).WaitAsync(GatewayApp.Patience);

        answers.ShouldAllBe(text => text == "quick");
        await stop.CancelAsync();
        foreach (var request in hanging)
        {
            await Should.ThrowAsync<OperationCanceledException>(request);
        }
    }

    /// <summary>Says that a body comes and sends none.</summary>
    /// <returns>The first line of the answer.</returns>
    private static async Task<string?> NeverSendAsync(Uri gateway)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host, gateway.Port);
        await client.GetStream().WriteAsync("POST /api/162043/lamps/x HTTP/1.1\r\nHost: gateway\r\nContent-Length: 10\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync().WaitAsync(GatewayApp.Patience);
    }

    private static HttpContent Body(int bytes, bool saysItsLength)
    {
        var body = Encoding.ASCII.GetBytes(new string('x', bytes));
        return saysItsLength ? new ByteArrayContent(body) : new Unsized(body);
    }

    /// <summary>Is sent in chunks.</summary>
    private sealed class Unsized : HttpContent
    {
        private readonly byte[] _body;

        public Unsized(byte[] body)
        {
            _body = body;
            Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
