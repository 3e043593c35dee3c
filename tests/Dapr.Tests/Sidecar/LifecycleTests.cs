using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Dapr.Tests.Support;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Start_WhenPortIsTaken_SaysWhichAndForWhom()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var directory = TestSidecar.NewDirectory();
        await using var sidecar = new DaprSidecar(new DaprSidecarOptions
        {
            DataDirectory = directory,
            Apps = [new DaprAppOptions { AppId = "free" }, new DaprAppOptions { AppId = "alerts", HttpPort = port }],
        });

        var exception = await Should.ThrowAsync<IOException>(() => sidecar.StartAsync().Soon());

        exception.Message.ShouldContain($"Port {port}");
        exception.Message.ShouldContain("alerts");
        taken.Stop();
        // Nothing is left behind by the failed start: the same sidecar starts once the port is free.
        await sidecar.StartAsync().Soon();
        await sidecar.StopAsync().Soon();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void Constructor_WhenOptionsAreWrong_NamesEveryFault()
    {
        var exception = Should.Throw<ArgumentException>(() => new DaprSidecar(new DaprSidecarOptions
        {
            DataDirectory = "",
            Apps = [new DaprAppOptions { AppId = "a", HttpPort = 3501 }, new DaprAppOptions { AppId = "b", HttpPort = 3501 }],
            Subscriptions = [new DeclaredSubscription("c", "t", "/t", "nowhere")],
        }));

        exception.Message.ShouldContain("DataDirectory");
        exception.Message.ShouldContain("3501");
        exception.Message.ShouldContain("'c'");
        exception.Message.ShouldContain("'nowhere'");
    }

    [Fact]
    public async Task AddressOf_WhenSeveralApps_EachHasItsPortAndIdentity()
    {
        await using var first = await Subscriber.StartAsync("t");
        await using var sidecar = await TestSidecar.StartAsync(new Dictionary<string, Uri?> { ["first"] = first.Address, ["second"] = null });
        using var client = sidecar.ClientOf("second");

        (await client.GetMetadataAsync().Soon()).Id.ShouldBe("second");
        await client.PublishEventAsync("pubsub", "t", 1).Soon();

        (await first.Deliveries.NextAsync()).Event["source"]!.ToString().ShouldBe("second");
        sidecar.Sidecar.AddressOf("first").Port.ShouldNotBe(sidecar.Sidecar.AddressOf("second").Port);
        Should.Throw<KeyNotFoundException>(() => sidecar.Sidecar.AddressOf("third"));
    }

    [Fact]
    public async Task Start_WhenAnotherSidecarUsesTheDirectory_SaysSo()
    {
        await using var first = await TestSidecar.StartAsync("app", address: null);

        var exception = await Should.ThrowAsync<IOException>(() => TestSidecar.StartAsync("app", address: null, directory: first.Options.DataDirectory));

        exception.Message.ShouldContain(first.Options.DataDirectory);
    }

    [Fact]
    public async Task Stop_WhenAStreamIsOpen_DoesNotWaitForItsEnd()
    {
        await using var app = await TestApp.StartAsync(web => web.MapGet("/stream", async context =>
        {
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        using var response = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Get, sidecar.UriOf("/v1.0/invoke/app/method/stream")));

        await sidecar.Sidecar.StopAsync().Soon();

        var stream = await response.Content.ReadAsStreamAsync();
        await Should.ThrowAsync<IOException>(() => stream.ReadAsync(new byte[1]).AsTask().Soon());
    }

    [Fact]
    public async Task Deliver_WhenAppTokenIsSet_ProvesItselfToTheApp()
    {
        var tokens = System.Threading.Channels.Channel.CreateUnbounded<string>();
        await using var app = await TestApp.StartAsync(web => web.MapPost("/t", async (HttpContext context) => await tokens.Writer.WriteAsync(context.Request.Headers["dapr-api-token"].ToString())));
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address,
            o => o with { AppApiToken = "app's", Subscriptions = [new DeclaredSubscription("app", "t", "/t")] });

        using var response = await sidecar.PublishAsync("t", "1");

        (await tokens.NextAsync()).ShouldBe("app's");
    }

    [Fact]
    public async Task Ask_WhenAnswerIsBroken_AsksAgainUntilItIsNot()
    {
        await using var app = await Subscriber.StartWithAsync("{ broken");
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        sidecar.Sidecar.SetAppAddress("app", app.Address);
        var port = app.Address.Port;
        await app.DisposeAsync();

        await app.StartAgainAsync(port, """
            [{"pubsubname":"nowhere","topic":"x","route":"/x"},{"pubsubname":"pubsub","topic":"t","routes":{"rules":[{"match":"event.","path":"/y"}]}},
             {"pubsubname":"pubsub","topic":"good","route":"good"}]
            """);
        await sidecar.Sidecar.WaitForAppAsync("app").Soon();

        using var response = await sidecar.PublishAsync("good", "1");
        (await app.Deliveries.NextAsync()).Path.ShouldBe("/good");
    }
}
