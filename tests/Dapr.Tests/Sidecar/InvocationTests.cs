using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Dapr.Tests.Support;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class InvocationTests
{
    [Theory]
    [InlineData("/v1.0/invoke/callee/method/echo/a%2Fb?x=1&y=%20z", null)]
    [InlineData("/echo/a%2Fb?x=1&y=%20z", "callee")]
    public async Task Invoke_WhenCalleeAnswers_PassesStatusHeadersAndBodyUnchanged(string path, string? appIdHeader)
    {
        await using var app = await TestApp.StartAsync(web => web.MapMethods("/echo/{**rest}", ["PATCH"], async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Response.StatusCode = 418;
            context.Response.Headers["X-Answer"] = "from callee";
            context.Response.ContentType = "text/x-test; charset=utf-8";
            await context.Response.WriteAsync($"{context.Request.Path.ToUriComponent()}{context.Request.QueryString}|{context.Request.ContentType}|{body}");
        }));
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address);
        var request = new HttpRequestMessage(HttpMethod.Patch, sidecar.UriOf(path)) { Content = new StringContent("本文", Encoding.UTF8, "text/y") };
        if (appIdHeader is not null)
        {
            request.Headers.Add("dapr-app-id", appIdHeader);
        }

        using var response = await sidecar.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(418);
        response.Headers.GetValues("X-Answer").ShouldBe(["from callee"]);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/x-test; charset=utf-8");
        (await response.Content.ReadAsStringAsync()).ShouldBe("/echo/a%2Fb?x=1&y=%20z|text/y; charset=utf-8|本文");
    }

    [Fact]
    public async Task Invoke_WithHeadersThatAreNotAscii_PassesTheirBytes()
    {
        await using var app = await TestApp.StartAsync(web => web.MapGet("/town", context =>
        {
            context.Response.Headers["X-Town"] = context.Request.Headers["X-Town"];
            return Task.CompletedTask;
        }), latin1Headers: true);
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        });
        var request = new HttpRequestMessage(HttpMethod.Get, sidecar.UriOf("/v1.0/invoke/callee/method/town"));
        request.Headers.TryAddWithoutValidation("X-Town", "魚津");

        using var response = await http.SendAsync(request).Soon();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("X-Town").ShouldBe(["魚津"]);
    }

    [Fact]
    public async Task Invoke_WhenCalled_TellsTheCalleeWhoCallsAndHidesTheCallersSecrets()
    {
        await using var app = await TestApp.StartAsync(web => web.MapGet("/headers", (HttpContext context)
            => context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address, o => o with { ApiToken = "caller's" });
        using var client = DaprClient.CreateInvokeHttpClient("callee", sidecar.Sidecar.AddressOf("publisher").ToString(), "caller's");
        client.DefaultRequestHeaders.Add("dapr-caller-app-id", "forged");
        client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        client.DefaultRequestHeaders.Add("Connection", "X-Hop");
        client.DefaultRequestHeaders.Add("X-Hop", "1");

        var headers = (await client.GetFromJsonAsync<Dictionary<string, string>>("/headers").Soon())!;

        headers = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase);
        headers["dapr-caller-app-id"].ShouldBe("publisher");
        headers["dapr-callee-app-id"].ShouldBe("callee");
        headers["traceparent"].ShouldBe("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        headers["host"].ShouldBe(app.Address.Authority);
        headers.ShouldNotContainKey("dapr-api-token");
        headers.ShouldNotContainKey("X-Hop");
    }

    [Fact]
    public async Task Invoke_WhenAnswerIsStreamed_EachPartArrivesBeforeTheNextIsSent()
    {
        var next = new SemaphoreSlim(0);
        await using var app = await TestApp.StartAsync(web => web.MapGet("/stream", async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            for (var i = 0; i < 3; i++)
            {
                (await next.WaitAsync(Waiting.Limit)).ShouldBeTrue();
                await context.Response.WriteAsync($"data: {i}\n\n");
                await context.Response.Body.FlushAsync();
            }
        }));
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address);

        using var response = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Get, sidecar.UriOf("/v1.0/invoke/callee/method/stream")));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        for (var i = 0; i < 3; i++)
        {
            next.Release();
            (await reader.ReadLineAsync().Soon()).ShouldBe($"data: {i}");
            (await reader.ReadLineAsync().Soon()).ShouldBe("");
        }

        (await reader.ReadLineAsync().Soon()).ShouldBeNull();
    }

    [Fact]
    public async Task Invoke_WhenRequestIsStreamed_EachPartArrivesBeforeTheNextIsSent()
    {
        var arrived = System.Threading.Channels.Channel.CreateUnbounded<string>();
        await using var app = await TestApp.StartAsync(web => web.MapPost("/stream", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            while (await reader.ReadLineAsync() is { } line)
            {
                await arrived.Writer.WriteAsync(line);
            }
        }));
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address);
        var pipe = new Pipe();
        var answer = sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Post, sidecar.UriOf("/v1.0/invoke/callee/method/stream"))
        {
            Content = new PipeContent(pipe.Reader),
        });

        for (var i = 0; i < 3; i++)
        {
            await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes($"{i}\n"));
            (await arrived.NextAsync()).ShouldBe(i.ToString(provider: null));
        }

        await pipe.Writer.CompleteAsync();
        using var response = await answer;
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("unknown", "couldn't find service: unknown")]
    [InlineData("callee", "refused")]
    [InlineData("unstarted", "has not started yet")]
    public async Task Invoke_WhenAppCannotAnswer_Is500ThatSaysWhy(string appId, string reason)
    {
        Uri deadAddress;
        await using (var app = await TestApp.StartAsync(_ => { }))
        {
            deadAddress = app.Address;
        }

        await using var sidecar = await TestSidecar.StartAsync(new Dictionary<string, Uri?> { ["callee"] = null, ["unstarted"] = null });
        sidecar.Sidecar.SetAppAddress("callee", deadAddress);

        using var response = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Get, sidecar.UriOf($"/v1.0/invoke/{appId}/method/x")));

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var error = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        error["errorCode"]!.ToString().ShouldBe("ERR_DIRECT_INVOKE");
        error["message"]!.ToString().ShouldStartWith($"failed to invoke, id: {appId}, err: ");
        error["message"]!.ToString().ShouldContain(reason);
    }

    [Fact]
    public async Task Invoke_WhenAppDoesNotAnswerInTime_Is500()
    {
        var release = new TaskCompletionSource();
        await using var app = await TestApp.StartAsync(web => web.MapGet("/slow", () => release.Task));
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address,
            o => o with { Limits = new DaprSidecarLimits { InvocationTimeout = TimeSpan.FromMilliseconds(100) } });

        using var response = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Get, sidecar.UriOf("/v1.0/invoke/callee/method/slow")));

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await response.Content.ReadAsStringAsync()).ShouldContain("no answer within");
        release.SetResult();
    }

    [Fact]
    public async Task Invoke_WhenBodyIsTooLarge_Is413()
    {
        await using var app = await TestApp.StartAsync(web => web.MapPost("/x", async context => await context.Request.Body.CopyToAsync(Stream.Null)));
        await using var sidecar = await TestSidecar.StartAsync("callee", app.Address,
            o => o with { Limits = new DaprSidecarLimits { MaximumInvocationBytes = 1000 } });

        using var response = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Post, sidecar.UriOf("/v1.0/invoke/callee/method/x"))
        {
            Content = new ByteArrayContent(new byte[1001]),
        });

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private sealed class PipeContent(PipeReader reader) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            while (true)
            {
                var result = await reader.ReadAsync();
                foreach (var segment in result.Buffer)
                {
                    await stream.WriteAsync(segment);
                }

                await stream.FlushAsync();
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return;
                }
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
