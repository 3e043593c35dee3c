using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using SmartCity.Dapr.Tests.Support;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class DeliveryTests
{
    [Fact]
    public async Task Deliver_WhenManyEventsAndSomeFail_KeepsTheOrder()
    {
        await using var app = await Subscriber.StartAsync("t");
        var failed = new ConcurrentDictionary<string, bool>();
        // Every third event fails at first; none may overtake it.
        app.Answer = d => Task.FromResult(int.Parse(d.Data!, null) % 3 == 0 && failed.TryAdd(d.Id, true) ? Results.StatusCode(500) : Results.Ok());
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        using var client = sidecar.ClientOf("publisher");

        for (var i = 0; i < 30; i++)
        {
            await client.PublishEventAsync("pubsub", "t", i);
        }

        var attempts = await app.Deliveries.NextAsync(40);
        attempts.Select(a => a.Data).Distinct().ShouldBe(Enumerable.Range(0, 30).Select(i => i.ToString(provider: null)));
        attempts.Select(a => int.Parse(a.Data!, null)).ShouldBeInOrder();
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(400, "")]
    [InlineData(200, """{"status":"RETRY"}""")]
    [InlineData(200, """{"status":"PERHAPS"}""")]
    public async Task Deliver_WhenAppWantsRetry_DeliversTheSameEventAgain(int status, string body)
    {
        await using var app = await Subscriber.StartAsync("t");
        var attempts = 0;
        app.Answer = _ => Task.FromResult(Interlocked.Increment(ref attempts) <= 3 ? Results.Text(body, "application/json", statusCode: status) : Results.Ok());
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);

        using var first = await sidecar.PublishAsync("t", "1");
        using var second = await sidecar.PublishAsync("t", "2");

        var deliveries = await app.Deliveries.NextAsync(5);
        deliveries.Select(d => d.Data).ShouldBe(["1", "1", "1", "1", "2"]);
        deliveries.Take(4).Select(d => d.Id).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(204, "")]
    [InlineData(200, """{"status":"SUCCESS"}""")]
    [InlineData(201, """{"other":1}""")]
    [InlineData(200, "not json")]
    [InlineData(200, """{"status":"DROP"}""")]
    [InlineData(404, "")]
    public async Task Deliver_WhenAppIsDone_DeliversOnce(int status, string body)
    {
        await using var app = await Subscriber.StartAsync("t");
        app.Answer = _ => Task.FromResult(body.Length == 0 ? Results.StatusCode(status) : Results.Text(body, "application/json", statusCode: status));
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);

        using var first = await sidecar.PublishAsync("t", "1");
        using var second = await sidecar.PublishAsync("t", "2");

        (await app.Deliveries.NextAsync(2)).Select(d => d.Data).ShouldBe(["1", "2"]);
    }

    [Theory]
    [InlineData("""{"status":"DROP"}""", 200, 1)]
    [InlineData("", 404, 1)]
    [InlineData("", 500, 3)]
    public async Task Deliver_WhenGivenUp_GoesToDeadLetterTopicUnchanged(string body, int status, int attempts)
    {
        await using var app = await Subscriber.StartWithAsync(
            """[{"pubsubname":"pubsub","topic":"t","route":"/t","deadLetterTopic":"dead"},{"pubsubname":"pubsub","topic":"dead","route":"/dead"}]""");
        app.Answer = d => Task.FromResult(d.Path == "/dead" ? Results.Ok() : Results.Text(body, "application/json", statusCode: status));
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address, o => o with { Delivery = TestSidecar.Quick with { MaximumRetries = 2 } });

        using var response = await sidecar.PublishAsync("t", "7");

        var deliveries = await app.Deliveries.NextAsync(attempts + 1);
        deliveries.Select(d => d.Path).ShouldBe([.. Enumerable.Repeat("/t", attempts), "/dead"]);
        deliveries[^1].Event.ToJsonString().ShouldBe(deliveries[0].Event.ToJsonString());
    }

    [Fact]
    public async Task Deliver_WhenOneAppHangs_OthersAndOtherTopicsGetTheirs()
    {
        var release = new TaskCompletionSource();
        await using var slow = await Subscriber.StartAsync("t", "other");
        await using var healthy = await Subscriber.StartAsync("t");
        slow.Answer = async d =>
        {
            await (d.Path == "/t" ? release.Task : Task.CompletedTask);
            return Results.Ok();
        };
        await using var sidecar = await TestSidecar.StartAsync(new Dictionary<string, Uri?> { ["slow"] = slow.Address, ["healthy"] = healthy.Address });

        using var first = await sidecar.PublishAsync("t", "1");
        using var second = await sidecar.PublishAsync("t", "2");
        using var third = await sidecar.PublishAsync("other", "3");

        (await healthy.Deliveries.NextAsync(2)).Select(d => d.Data).ShouldBe(["1", "2"]);
        (await slow.Deliveries.NextAsync(2)).Select(d => d.Data).ShouldBe(["1", "3"], ignoreOrder: true);
        release.SetResult();
        (await slow.Deliveries.NextAsync()).Data.ShouldBe("2");
    }

    [Fact]
    public async Task Deliver_WhenConcurrencyIsAllowed_SeveralAreUnderWayAtOnce()
    {
        await using var app = await Subscriber.StartAsync("t");
        var together = new TaskCompletionSource();
        var under = 0;
        app.Answer = async _ =>
        {
            if (Interlocked.Increment(ref under) == 3)
            {
                together.SetResult();
            }

            await together.Task.Soon();
            return Results.Ok();
        };
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address, o => o with { Delivery = TestSidecar.Quick with { ConcurrentDeliveries = 3 } });

        for (var i = 0; i < 3; i++)
        {
            using var response = await sidecar.PublishAsync("t", "1");
        }

        await together.Task.Soon();
    }

    [Fact]
    public async Task Deliver_WhenTimeToLiveIsOver_SkipsTheEvent()
    {
        var clock = new ManualClock();
        await using var app = await Subscriber.StartAsync("t");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address, clock: clock);
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        app.Answer = async _ =>
        {
            entered.TrySetResult();
            await release.Task.Soon();
            return Results.Ok();
        };

        using var first = await sidecar.PublishAsync("t", "1");
        await entered.Task.Soon();
        using var second = await sidecar.PublishAsync("t", "2", query: "?metadata.ttlInSeconds=10");
        using var third = await sidecar.PublishAsync("t", "3");
        clock.Now += TimeSpan.FromSeconds(11);
        release.SetResult();

        (await app.Deliveries.NextAsync(2)).Select(d => d.Data).ShouldBe(["1", "3"]);
    }

    [Fact]
    public async Task Deliver_WhenSubscriptionHasRules_TakesTheFirstThatHolds()
    {
        await using var app = await Subscriber.StartWithAsync("""
            [{"pubsubname":"pubsub","topic":"t","routes":{"rules":[
              {"match":"event.type == \"alert\" && event.data.level >= 4","path":"/urgent"},
              {"match":"event.type == \"alert\"","path":"/alert"}],"default":"/other"}}]
            """);
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);

        using var first = await sidecar.PublishAsync("t", """{"level":5}""", query: "?metadata.cloudevent.type=alert");
        using var second = await sidecar.PublishAsync("t", """{"level":3}""", query: "?metadata.cloudevent.type=alert");
        using var third = await sidecar.PublishAsync("t", """{"level":5}""");

        (await app.Deliveries.NextAsync(3)).Select(d => d.Path).ShouldBe(["/urgent", "/alert", "/other"]);
    }
}
