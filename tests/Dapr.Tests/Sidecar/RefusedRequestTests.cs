using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using SmartCity.Dapr.Tests.Support;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class RefusedRequestTests
{
    [Theory]
    [InlineData("/v1.0/publish/nowhere/t", 404, "ERR_PUBSUB_NOT_FOUND")]
    [InlineData("/v1.0/publish/pubsub", 404, "ERR_TOPIC_NAME_EMPTY")]
    [InlineData("/v1.0/publish/pubsub/", 404, "ERR_TOPIC_NAME_EMPTY")]
    [InlineData("/v1.0/publish//t", 404, "ERR_PUBSUB_EMPTY")]
    [InlineData("/v1.0/publish/pubsub/t?metadata.rawPayload=perhaps", 400, "ERR_PUBSUB_REQUEST_METADATA")]
    [InlineData("/v1.0/publish/pubsub/t?metadata.ttlInSeconds=-1", 400, "ERR_PUBSUB_REQUEST_METADATA")]
    [InlineData("/v1.0/publish/bulk/pubsub/t", 400, "ERR_PUBSUB_EVENTS_SER")]
    [InlineData("/v1.0/nothing", 404, "ERR_DIRECT_INVOKE")]
    public async Task Request_WhenMalformed_AnswersDaprsError(string path, int status, string errorCode)
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);

        using var response = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Post, sidecar.UriOf(path)) { Content = JsonContent.Create("x") });

        ((int)response.StatusCode).ShouldBe(status);
        var error = await response.Content.ReadFromJsonAsync<JsonObject>();
        error!["errorCode"]!.ToString().ShouldBe(errorCode);
        error["message"]!.ToString().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("\"text\"")]
    [InlineData("")]
    public async Task Publish_WhenCloudEventIsNone_Is400AndNothingIsDelivered(string body)
    {
        await using var app = await Subscriber.StartAsync("t");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);

        using var refused = await sidecar.PublishAsync("t", body, "application/cloudevents+json");
        using var accepted = await sidecar.PublishAsync("t", "1");

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.Deliveries.NextAsync()).Data.ShouldBe("1");
    }

    [Fact]
    public async Task Publish_WhenBodyIsTooLarge_Is413()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null,
            o => o with { Limits = new DaprSidecarLimits { MaximumEventBytes = 1000 } });

        using var response = await sidecar.PublishAsync("t", new string('x', 1001));

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Publish_WhenMethodIsGet_Is405()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);

        using var response = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Get, sidecar.UriOf("/v1.0/publish/pubsub/t")));

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["POST", "PUT"]);
    }

    [Fact]
    public async Task Request_WhenNotHttp_IsClosedAndOthersAreServed()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, sidecar.Sidecar.AddressOf("publisher").Port).Soon();

        await socket.GetStream().WriteAsync("\0\x1\x2 nonsense\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(socket.GetStream(), Encoding.ASCII);
        (await reader.ReadToEndAsync().Soon()).ShouldStartWith("HTTP/1.1 400");

        using var response = await sidecar.PublishAsync("t", "1");
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Request_WhenTokenIsMissing_Is401ButHealthIsNot()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null, o => o with { ApiToken = "secret" });
        var withToken = new HttpRequestMessage(HttpMethod.Get, sidecar.UriOf("/v1.0/metadata")) { Headers = { { "dapr-api-token", "secret" } } };

        using var refused = await sidecar.PublishAsync("t", "1");
        using var accepted = await sidecar.SendAsync(withToken);
        using var health = await sidecar.SendAsync(new HttpRequestMessage(HttpMethod.Get, sidecar.UriOf("/v1.0/healthz")));

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
        health.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("POST /v1.0/publish/pubsub/t")]
    [InlineData("POST /v1.0/state/statestore")]
    public async Task Request_WhenAChunkIsTooLongToCount_Is400(string request)
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null);
        using var connection = await RawConnection.OpenAsync(sidecar.UriOf("/"));

        await connection.SendAsync($"{request} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n");

        (await connection.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 400");
    }
}
