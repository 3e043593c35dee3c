using System.Net;
using System.Net.Sockets;
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
