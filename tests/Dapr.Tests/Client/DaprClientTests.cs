using System.Net;
using System.Text.Json;
using Dapr;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Dapr.Tests.Support;

namespace SmartCity.Dapr.Tests.Client;

public sealed class DaprClientTests
{
    [Fact]
    public async Task Calls_WhenThereIsNoSidecar_ThrowDaprExceptionAndHealthIsFalse()
    {
        string endpoint;
        await using (var gone = await TestApp.StartAsync(_ => { }))
        {
            endpoint = gone.Address.ToString();
        }

        using var client = new DaprClientBuilder().UseHttpEndpoint(endpoint).Build();

        var exception = await Should.ThrowAsync<DaprException>(() => client.PublishEventAsync("pubsub", "t", new { n = 1 }).Soon());
        exception.InnerException.ShouldBeOfType<HttpRequestException>();
        await Should.ThrowAsync<DaprException>(() => client.BulkPublishEventAsync("pubsub", "t", [1]).Soon());
        await Should.ThrowAsync<DaprException>(() => client.GetMetadataAsync().Soon());
        (await client.CheckHealthAsync().Soon()).ShouldBeFalse();
        (await client.CheckOutboundHealthAsync().Soon()).ShouldBeFalse();
    }

    [Fact]
    public async Task PublishEventAsync_WhenPubsubIsUnknown_ThrowsWithTheSidecarsWords()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        using var client = sidecar.ClientOf("publisher");

        var exception = await Should.ThrowAsync<DaprException>(() => client.PublishEventAsync("nowhere", "t", 1).Soon());

        var inner = exception.InnerException.ShouldBeOfType<HttpRequestException>();
        inner.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        inner.Message.ShouldContain("ERR_PUBSUB_NOT_FOUND");
    }

    [Fact]
    public async Task PublishEventAsync_WhenCancelled_ThrowsOperationCanceled()
    {
        await using var silent = await TestApp.StartAsync(web => web.MapPost("/{**path}", (HttpContext context) => Task.Delay(-1, context.RequestAborted)));
        using var client = new DaprClientBuilder().UseHttpEndpoint(silent.Address.ToString()).Build();
        using var cancel = new CancellationTokenSource();

        var publishing = client.PublishEventAsync("pubsub", "t", 1, cancel.Token);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => publishing.Soon());
    }

    [Fact]
    public async Task PublishEventAsync_WhenSidecarDoesNotAnswerInTime_ThrowsDaprException()
    {
        await using var silent = await TestApp.StartAsync(web => web.MapPost("/{**path}", (HttpContext context) => Task.Delay(-1, context.RequestAborted)));
        using var client = new DaprClientBuilder().UseHttpEndpoint(silent.Address.ToString()).UseTimeout(TimeSpan.FromMilliseconds(50)).Build();

        await Should.ThrowAsync<DaprException>(() => client.PublishEventAsync("pubsub", "t", 1).Soon());
    }

    [Fact]
    public async Task PublishEventAsync_WhenJsonOptionsAreDefault_UsesWebDefaultsAndCustomOnesOtherwise()
    {
        await using var app = await Subscriber.StartAsync("t");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        using var web = sidecar.ClientOf("publisher");
        using var custom = new DaprClientBuilder().UseHttpEndpoint(sidecar.Sidecar.AddressOf("publisher").ToString())
            .UseJsonSerializationOptions(new JsonSerializerOptions()).Build();

        await web.PublishEventAsync("pubsub", "t", new { WaterLevel = 1 });
        await custom.PublishEventAsync("pubsub", "t", new { WaterLevel = 1 });
        await web.PublishEventAsync("pubsub", "t", new CloudEvent<int>(5) { Type = "mine" });
        await web.PublishByteEventAsync("pubsub", "t", "x"u8.ToArray(), "text/plain");

        var deliveries = await app.Deliveries.NextAsync(4);
        deliveries.Select(d => d.Data).ShouldBe(["""{"waterLevel":1}""", """{"WaterLevel":1}""", "5", "\"x\""]);
        deliveries[2].Event["type"]!.ToString().ShouldBe("mine");
    }

    [Fact]
    public async Task WaitForSidecarAsync_WhenSidecarRuns_ReturnsAndHealthIsTrue()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        using var client = sidecar.ClientOf("publisher");

        await client.WaitForSidecarAsync().Soon();

        (await client.CheckHealthAsync()).ShouldBeTrue();
        (await client.GetMetadataAsync()).Components.Select(c => c.Name).ShouldBe(["pubsub", "statestore"]);
    }

    [Fact]
    public async Task AddDaprClient_WhenCalledTwice_TheFirstCounts()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["DAPR_HTTP_PORT"] = sidecar.Sidecar.AddressOf("publisher").Port.ToString(provider: null) }).Build());

        services.AddDaprClient();
        services.AddDaprClient(builder => builder.UseHttpEndpoint("http://127.0.0.1:1"));

        await using var provider = services.BuildServiceProvider();
        (await provider.GetRequiredService<DaprClient>().CheckHealthAsync().Soon()).ShouldBeTrue();
    }
}
