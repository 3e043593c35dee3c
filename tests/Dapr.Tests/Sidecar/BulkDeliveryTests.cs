using System.Threading.Channels;
using Dapr.AspNetCore;
using Microsoft.AspNetCore.Builder;
using SmartCity.Dapr.Tests.Support;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class BulkDeliveryTests
{
    private const BulkSubscribeAppResponseStatus Success = BulkSubscribeAppResponseStatus.SUCCESS;

    [Fact]
    public async Task Deliver_WhenBulkIsAsked_BringsSeveralEventsInOrder()
    {
        var bulks = Channel.CreateUnbounded<int[]>();
        await using var app = await StartAsync(bulks, static _ => Success);
        await using var sidecar = await TestSidecar.StartAsync("app", address: null,
            o => o with { Subscriptions = [new("app", "t", "/bulk"), new("app", "dead", "/dead")] });
        using var client = sidecar.ClientOf("publisher");
        await client.BulkPublishEventAsync("pubsub", "t", [.. Enumerable.Range(0, 25)]).Soon();

        sidecar.Sidecar.SetAppAddress("app", app.Address);

        var received = new List<int>();
        while (received.Count < 25)
        {
            var bulk = await bulks.NextAsync();
            bulk.Length.ShouldBeLessThanOrEqualTo(10);
            received.AddRange(bulk);
        }

        received.ShouldBe(Enumerable.Range(0, 25));
    }

    [Fact]
    public async Task Deliver_WhenVerdictsDiffer_RepeatsAndDropsEachForItself()
    {
        var bulks = Channel.CreateUnbounded<int[]>();
        var seen = new HashSet<int>();
        await using var app = await StartAsync(bulks, n => n == 2 ? BulkSubscribeAppResponseStatus.DROP
            : n == 1 && seen.Add(n) ? BulkSubscribeAppResponseStatus.RETRY
            : n == 3 && seen.Add(n) ? null : Success);
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        using var client = sidecar.ClientOf("publisher");

        foreach (var n in Enumerable.Range(0, 5))
        {
            await client.PublishEventAsync("pubsub", "t", n).Soon();
        }

        var received = new List<int>();
        while (received.Count < 8)
        {
            received.AddRange(await bulks.NextAsync());
        }

        received.Where(n => n < 100).GroupBy(n => n).OrderBy(g => g.Key).Select(g => g.Count()).ShouldBe([1, 2, 1, 2, 1]);
        received.ShouldContain(102);
    }

    private static Task<TestApp> StartAsync(Channel<int[]> bulks, Func<int, BulkSubscribeAppResponseStatus?> verdict) => TestApp.StartAsync(web =>
    {
        web.UseCloudEvents();
        web.MapSubscribeHandler();
        web.MapPost("/bulk", async (BulkSubscribeMessage<BulkMessageModel<int>> message) =>
        {
            await bulks.Writer.WriteAsync([.. message.Entries.Select(e => e.Event.Data)]);
            return new BulkSubscribeAppResponse([.. message.Entries.Select(e => (e.EntryId, Verdict: verdict(e.Event.Data))).Where(e => e.Verdict is not null)
                .Select(e => new BulkSubscribeAppResponseEntry(e.EntryId, e.Verdict!.Value))]);
        }).WithTopic(new global::Dapr.TopicOptions { PubsubName = "pubsub", Name = "t", DeadLetterTopic = "dead" })
            .WithBulkSubscribe(new BulkSubscribeTopicOptions { TopicName = "t", MaxMessagesCount = 10 });
        web.MapPost("/dead", async ([Microsoft.AspNetCore.Mvc.FromBody] int n) => await bulks.Writer.WriteAsync([100 + n])).WithTopic("pubsub", "dead");
    });
}
