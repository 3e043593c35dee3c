using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using SmartCity.Contracts;
using SmartCity.Gateway.Tests.Hosting;

namespace SmartCity.Gateway.Tests.Streaming;

public sealed class StreamTests
{
    [Fact]
    public async Task Events_WhenTheyLastLongerThanTheTimeLimit_ArriveOneByOne()
    {
        using var next = new SemaphoreSlim(0);
        await using var lamps = await Backend.StartAsync(async context =>
        {
            if (context.Request.Path == "/slow")
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }

            context.Response.ContentType = "text/event-stream";
            for (var count = 1; count <= 3; count++)
            {
                await context.Response.WriteAsync($"data: {count}\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await next.WaitAsync(context.RequestAborted);
            }
        });
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(lamps.Address) with { TimeoutSeconds = 0.5 }));
        using var answer = await gateway.GetAsync("/api/162043/lamps/stream", null, ("Accept", "text/event-stream"));
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await ReadAsync(reader)).ShouldBe("data: 1");

        // The stream stands still for longer than an answer may take: another answer of the service was given up meanwhile.
        using var slow = await gateway.GetAsync("/api/162043/lamps/slow");
        slow.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        next.Release(3);

        (await ReadAsync(reader)).ShouldBe("data: 2");
        (await ReadAsync(reader)).ShouldBe("data: 3");
    }

    [Fact]
    public async Task WebSocket_WhenOpened_CarriesMessagesBothWays()
    {
        await using var echo = await Backend.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[100];
            while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } received)
            {
                await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, endOfMessage: true, context.RequestAborted);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", context.RequestAborted);
        });
        await using var gateway = await GatewayApp.StartAsync();
        gateway.Serve(TestTown.Of(TestTown.Lamps(echo.Address)));
        using var client = new ClientWebSocket();
        using var patience = new CancellationTokenSource(GatewayApp.Patience);
        await client.ConnectAsync(new Uri(gateway.Address.Replace("http:", "ws:", StringComparison.Ordinal) + "/api/162043/lamps/live"), patience.Token);

        await client.SendAsync(Encoding.UTF8.GetBytes("今日は"), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        var buffer = new byte[100];
        var received = await client.ReceiveAsync(buffer, patience.Token);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);

        Encoding.UTF8.GetString(buffer, 0, received.Count).ShouldBe("今日は");
        client.CloseStatusDescription.ShouldBe("bye");
    }

    [Fact]
    public async Task Stop_WhenAStreamIsOpen_DoesNotWaitForIt()
    {
        await using var alerts = await Backend.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var gateway = await GatewayApp.StartAsync(new Dictionary<string, Backend>(StringComparer.Ordinal) { [AppIds.Alerts] = alerts });
        gateway.Serve(TestTown.Of());
        using var answer = await gateway.GetAsync("/api/162043/alerts/stream");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await ReadAsync(reader)).ShouldBe("data: 1");

        // Less than the four seconds after which the server would end it by force.
        await gateway.StopAsync().WaitAsync(TimeSpan.FromSeconds(3));
    }

    private static async Task<string> ReadAsync(StreamReader reader)
    {
        string? line;
        do
        {
            line = await reader.ReadLineAsync().WaitAsync(GatewayApp.Patience);
        }
        while (line is "");
        return line ?? "the end";
    }
}
