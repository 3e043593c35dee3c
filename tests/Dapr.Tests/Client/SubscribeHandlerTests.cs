using System.Text.Json.Nodes;
using Dapr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SmartCity.Dapr.Tests.Support;

namespace SmartCity.Dapr.Tests.Client;

public sealed class SubscribeHandlerTests
{
    [Fact]
    public async Task Subscribe_WhenEndpointsHaveTopics_ListsThemInDaprsForm()
    {
        var document = await DocumentOfAsync(web =>
        {
            web.MapPost("/events/alert-issued", () => Results.Ok())
                .WithTopic(new TopicOptions { PubsubName = "pubsub", Name = "alert.issued", DeadLetterTopic = "dead" });
            web.MapPost("/plain", [Topic("pubsub", "plain")] () => Results.Ok());
            web.MapPost("/raw", () => Results.Ok()).WithTopic("pubsub", "raw", enableRawPayload: true, new Dictionary<string, string> { ["k"] = "v" });
            web.MapGet("/other", () => Results.Ok());
        });

        ShouldBeJson(document, """
            [{"topic":"alert.issued","pubsubName":"pubsub","route":"events/alert-issued","deadLetterTopic":"dead"},
             {"topic":"plain","pubsubName":"pubsub","route":"plain"},
             {"topic":"raw","pubsubName":"pubsub","route":"raw","metadata":{"k":"v","rawPayload":"true"}}]
            """);
    }

    [Fact]
    public async Task Subscribe_WhenSeveralRoutesForOneTopic_ListsRulesByPriority()
    {
        var document = await DocumentOfAsync(web =>
        {
            web.MapPost("/default", () => Results.Ok()).WithTopic("pubsub", "t");
            web.MapPost("/second", [Topic("pubsub", "t", "event.type == \"b\"", 2)] () => Results.Ok());
            web.MapPost("/first", [Topic("pubsub", "t", "event.type == \"a\"", 1)] () => Results.Ok());
        });

        ShouldBeJson(document, """
            [{"topic":"t","pubsubName":"pubsub","routes":{
              "rules":[{"match":"event.type == \"a\"","path":"first"},{"match":"event.type == \"b\"","path":"second"}],"default":"default"}}]
            """);
    }

    [Fact]
    public async Task Subscribe_WhenThereIsNoTopic_IsAnEmptyList() => (await DocumentOfAsync(_ => { })).AsArray().ShouldBeEmpty();

    [Fact]
    public async Task Events_WhenAppUsesTheWholeSurface_ReachItsTypedHandler()
    {
        var handled = System.Threading.Channels.Channel.CreateUnbounded<Reading>();
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseCloudEvents();
            web.MapSubscribeHandler();
            web.MapPost("/events/reading", async (Reading reading) =>
            {
                await handled.Writer.WriteAsync(reading);
                return Results.Ok();
            }).WithTopic("pubsub", "reading");
        });
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        using var client = sidecar.ClientOf("publisher");

        await client.PublishEventAsync("pubsub", "reading", new Reading("片貝川", 3.42));

        (await handled.NextAsync()).ShouldBe(new Reading("片貝川", 3.42));
    }

    private static async Task<JsonNode> DocumentOfAsync(Action<WebApplication> map)
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            map(web);
            web.MapSubscribeHandler();
        });
        using var client = new HttpClient { BaseAddress = app.Address };
        return JsonNode.Parse(await client.GetStringAsync("/dapr/subscribe").Soon())!;
    }

    private static void ShouldBeJson(JsonNode actual, string expected)
        => JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).ShouldBeTrue(actual.ToJsonString());

    private sealed record Reading(string Station, double WaterLevelMetres);
}
