using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Dapr.Tests.Support;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class PublishTests
{
    [Fact]
    public async Task Publish_WhenDataIsJson_DeliversCloudEventWithDaprsAttributes()
    {
        await using var app = await Subscriber.StartAsync("alert.issued");
        await using var sidecar = await TestSidecar.StartAsync("alerts", app.Address);

        using var response = await sidecar.PublishAsync("alert.issued", """{"level":4}""");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var delivery = await app.Deliveries.NextAsync();
        delivery.Path.ShouldBe("/alert.issued");
        delivery.ContentType.ShouldBe("application/cloudevents+json");
        var cloudEvent = delivery.Event;
        cloudEvent["specversion"]!.ToString().ShouldBe("1.0");
        cloudEvent["type"]!.ToString().ShouldBe("com.dapr.event.sent");
        cloudEvent["source"]!.ToString().ShouldBe("publisher");
        cloudEvent["topic"]!.ToString().ShouldBe("alert.issued");
        cloudEvent["pubsubname"]!.ToString().ShouldBe("pubsub");
        cloudEvent["datacontenttype"]!.ToString().ShouldBe("application/json");
        cloudEvent["traceparent"]!.ToString().ShouldMatch("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$");
        cloudEvent["traceid"]!.ToString().ShouldBe(cloudEvent["traceparent"]!.ToString());
        DateTimeOffset.Parse(cloudEvent["time"]!.ToString(), null).Offset.ShouldBe(TimeSpan.Zero);
        Guid.TryParse(delivery.Id, out _).ShouldBeTrue();
        delivery.Data.ShouldBe("""{"level":4}""");
    }

    [Theory]
    [InlineData("text/plain", "川の水位", "data", "\"川の水位\"")]
    [InlineData(null, "plain", "data", "\"plain\"")]
    [InlineData("application/json", "{not json", "data", "\"{not json\"")]
    [InlineData("application/vnd.town+json; charset=utf-8", "[1,2]", "data", "[1,2]")]
    [InlineData("application/octet-stream", "abc", "data_base64", "\"YWJj\"")]
    public async Task Publish_WhenMediaTypeIsGiven_CarriesDataInItsForm(string? contentType, string body, string attribute, string expected)
    {
        await using var app = await Subscriber.StartAsync("t");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);

        using var response = await sidecar.PublishAsync("t", body, contentType);

        var cloudEvent = (await app.Deliveries.NextAsync()).Event;
        JsonNode.DeepEquals(cloudEvent[attribute], JsonNode.Parse(expected)).ShouldBeTrue(cloudEvent.ToJsonString());
        cloudEvent["datacontenttype"]!.ToString().ShouldBe(contentType ?? "text/plain");
    }

    [Fact]
    public async Task Publish_WhenBodyIsCloudEvent_KeepsItsAttributesAndAddsMissingOnes()
    {
        await using var app = await Subscriber.StartAsync("t");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        const string body = """{"id":"mine","type":"sensor","topic":"forged","data":{"n":12345678901234567890},"extra":true}""";

        using var response = await sidecar.PublishAsync("t", body, "application/cloudevents+json; charset=utf-8");

        var delivery = await app.Deliveries.NextAsync();
        delivery.Id.ShouldBe("mine");
        delivery.Event["type"]!.ToString().ShouldBe("sensor");
        delivery.Event["topic"]!.ToString().ShouldBe("t");
        delivery.Event["source"]!.ToString().ShouldBe("Dapr");
        delivery.Event["specversion"]!.ToString().ShouldBe("1.0");
        delivery.Event["time"].ShouldNotBeNull();
        delivery.Event["traceparent"].ShouldNotBeNull();
        delivery.Event["extra"]!.GetValue<bool>().ShouldBeTrue();
        delivery.Data.ShouldBe("""{"n":12345678901234567890}""");
    }

    [Fact]
    public async Task Publish_WhenMetadataOverridesAttributes_UsesThem()
    {
        await using var app = await Subscriber.StartAsync("t");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        using var client = sidecar.ClientOf("publisher");

        await client.PublishEventAsync("pubsub", "t", new { n = 1 }, new Dictionary<string, string>
        {
            ["cloudevent.id"] = "outbox-7",
            ["cloudevent.type"] = "alert",
            ["cloudevent.source"] = "urn:a b",
            ["cloudevent.subject"] = "162043",
            ["cloudevent.traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        });

        var cloudEvent = (await app.Deliveries.NextAsync()).Event;
        cloudEvent["id"]!.ToString().ShouldBe("outbox-7");
        cloudEvent["type"]!.ToString().ShouldBe("alert");
        cloudEvent["source"]!.ToString().ShouldBe("urn:a b");
        cloudEvent["subject"]!.ToString().ShouldBe("162043");
        cloudEvent["traceid"]!.ToString().ShouldBe("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    [Fact]
    public async Task Publish_WhenPayloadIsRaw_ReachesRawSubscriberUnchangedAsBase64()
    {
        await using var app = await Subscriber.StartWithAsync(
            """[{"pubsubname":"pubsub","topic":"t","route":"/t","metadata":{"rawPayload":"true"}}]""");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);

        using var response = await sidecar.PublishAsync("t", "raw bytes", "text/plain", "?metadata.rawPayload=true");

        var cloudEvent = (await app.Deliveries.NextAsync()).Event;
        Convert.FromBase64String(cloudEvent["data_base64"]!.ToString()).ShouldBe("raw bytes"u8.ToArray());
        cloudEvent["datacontenttype"]!.ToString().ShouldBe("application/octet-stream");
        cloudEvent["source"]!.ToString().ShouldBe("Dapr");
    }

    [Fact]
    public async Task BulkPublish_WhenSeveralEvents_DeliversAllInOrder()
    {
        await using var app = await Subscriber.StartAsync("t");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        using var client = sidecar.ClientOf("publisher");

        var response = await client.BulkPublishEventAsync("pubsub", "t", [.. Enumerable.Range(0, 50)]);

        response.FailedEntries.ShouldBeEmpty();
        (await app.Deliveries.NextAsync(50)).Select(d => d.Data).ShouldBe(Enumerable.Range(0, 50).Select(i => i.ToString(provider: null)));
    }

    [Fact]
    public async Task Publish_WhenTopicHasSlashes_IsOneTopic()
    {
        await using var app = await Subscriber.StartWithAsync("""[{"pubsubname":"pubsub","topic":"a/b c","route":"x"}]""");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        using var client = sidecar.ClientOf("publisher");

        await client.PublishEventAsync("pubsub", "a/b c", new { n = 1 });

        var delivery = await app.Deliveries.NextAsync();
        delivery.Path.ShouldBe("/x");
        delivery.Event["topic"]!.ToString().ShouldBe("a/b c");
    }

    [Fact]
    public async Task Publish_ToATopicThatLooksEncoded_ReachesThatTopic()
    {
        const string topic = "a%41/b c";
        await using var app = await Subscriber.StartWithAsync(JsonSerializer.Serialize(new[] { new { pubsubname = "pubsub", topic, route = "/odd" } }));
        await using var sidecar = await TestSidecar.StartAsync("subscriber", app.Address);

        await sidecar.ClientOf("publisher").PublishEventAsync("pubsub", topic, 1).Soon();

        (await app.Deliveries.NextAsync()).Path.ShouldBe("/odd");
    }

    [Fact]
    public async Task Event_AsDeepAsReadersAllow_IsRoutedByRules()
    {
        const string subscriptions = """
            [{"pubsubname":"pubsub","topic":"deep","routes":{"rules":[{"match":"event.type == \"x\"","path":"/x"}],"default":"/other"}}]
            """;
        var taken = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await TestApp.StartAsync(web =>
        {
            web.MapGet("/dapr/subscribe", () => Results.Text(subscriptions, "application/json"));
            web.MapPost("/{**path}", (HttpContext context) => taken.TrySetResult(context.Request.Path));
        });
        await using var sidecar = await TestSidecar.StartAsync("subscriber", app.Address);

        (await sidecar.PublishAsync("deep", new string('[', 64) + new string(']', 64))).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await taken.Task.Soon()).ShouldBe("/other");
    }
}
