using System.Net;
using Microsoft.AspNetCore.Http;
using SmartCity.Dapr.Tests.Support;
using SmartCity.Embedded.Dapr.Sidecar;

namespace SmartCity.Dapr.Tests.Sidecar;

public sealed class DurabilityTests
{
    [Fact]
    public async Task Publish_WhenAppIsDown_DeliversWhenItIsUpAgain()
    {
        await using var app = await Subscriber.StartAsync("t");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        var port = app.Address.Port;
        await app.DisposeAsync();

        using var response = await sidecar.PublishAsync("t", "1");
        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.StartAgainAsync(port);

        (await app.Deliveries.NextAsync()).Data.ShouldBe("1");
    }

    [Fact]
    public async Task Publish_WhenAppWasNeverUp_IsKeptForItsDeclaredSubscription()
    {
        await using var sidecar = await TestSidecar.StartAsync("app", address: null,
            o => o with { Subscriptions = [new DeclaredSubscription("app", "t", "/declared")] });
        using var response = await sidecar.PublishAsync("t", "1");

        // The app itself does not name the topic, so the declaration stays in force.
        await using var app = await Subscriber.StartAsync("other");
        sidecar.Sidecar.SetAppAddress("app", app.Address);

        var delivery = await app.Deliveries.NextAsync();
        delivery.Path.ShouldBe("/declared");
        delivery.Data.ShouldBe("1");
    }

    [Fact]
    public async Task Restart_WhenKilled_DeliversWhatWasNotAcknowledgedInOrder()
    {
        await using var app = await Subscriber.StartAsync("t");
        app.Answer = d => Task.FromResult(d.Data == "0" ? Results.Ok() : Results.StatusCode(500));
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        for (var i = 0; i < 5; i++)
        {
            using var response = await sidecar.PublishAsync("t", i.ToString(provider: null));
            response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        await WaitUntilAcknowledgedAsync(app, "0");
        // The log is in order: when this event is safe, so is the removal of the first.
        using var last = await sidecar.PublishAsync("t", "5");
        var directory = sidecar.CopyOfDirectory();
        await using var successor = await Subscriber.StartAsync("t");
        await using (await TestSidecar.StartAsync("app", successor.Address, directory: directory))
        {
            (await successor.Deliveries.NextAsync(5)).Select(d => d.Data).ShouldBe(["1", "2", "3", "4", "5"]);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Restart_WhenAppIsNotUpYet_KeepsItsSubscriptionsFromTheEarlierRun()
    {
        var directory = TestSidecar.NewDirectory();
        await using (var app = await Subscriber.StartAsync("t"))
        {
            await using var first = await TestSidecar.StartAsync("app", app.Address, directory: directory);
        }

        await using (var second = await TestSidecar.StartAsync("app", address: null, directory: directory))
        {
            using var response = await second.PublishAsync("t", "1");
            await using var app = await Subscriber.StartAsync("t");
            second.Sidecar.SetAppAddress("app", app.Address);
            (await app.Deliveries.NextAsync()).Data.ShouldBe("1");
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Deliver_WhenAcknowledgementIsLost_DeliversTheSameEventAgain()
    {
        await using var app = await Subscriber.StartAsync("t");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        var port = app.Address.Port;
        var never = new TaskCompletionSource<IResult>();
        app.Answer = _ => never.Task;
        using var response = await sidecar.PublishAsync("t", "1");
        var first = await app.Deliveries.NextAsync();

        // Dies after it has done its work and before it could say so.
        await app.DisposeAsync();
        app.Answer = null;
        await app.StartAgainAsync(port);

        (await app.Deliveries.NextAsync()).Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task Publish_WhenQueueIsFull_Is429UntilThereIsRoom()
    {
        await using var app = await Subscriber.StartAsync("t");
        var release = new TaskCompletionSource();
        app.Answer = async _ =>
        {
            await release.Task.Soon();
            return Results.Ok();
        };
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address, o => o with { Limits = new DaprSidecarLimits { QueueEvents = 2 } });

        using var first = await sidecar.PublishAsync("t", "1");
        using var second = await sidecar.PublishAsync("t", "2");
        using var full = await sidecar.PublishAsync("t", "3");
        using var elsewhere = await sidecar.PublishAsync("unrelated", "4");

        full.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        full.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        release.SetResult();
        (await app.Deliveries.NextAsync(2)).Select(d => d.Data).ShouldBe(["1", "2"]);
        // The second delivery's acknowledgement frees the last place; until then publishing is refused.
        await PublishUntilAcceptedAsync(sidecar, "t", "5");
        (await app.Deliveries.NextAsync()).Data.ShouldBe("5");
    }

    [Fact]
    public async Task Subscriptions_WhenAppRestartsWithOthers_FollowAndKeepWhatWaits()
    {
        await using var app = await Subscriber.StartAsync("a");
        await using var sidecar = await TestSidecar.StartAsync("app", app.Address);
        var port = app.Address.Port;
        await app.DisposeAsync();
        using var waiting = await sidecar.PublishAsync("a", "1");
        await app.StartAgainAsync(port, """[{"pubsubname":"pubsub","topic":"b","route":"/b"}]""");
        sidecar.Sidecar.SetAppAddress("app", app.Address);
        await sidecar.Sidecar.WaitForAppAsync("app").Soon();

        using var toB = await sidecar.PublishAsync("b", "2");
        (await app.Deliveries.NextAsync()).Data.ShouldBe("2");
        await app.DisposeAsync();
        await app.StartAgainAsync(port, """[{"pubsubname":"pubsub","topic":"a","route":"/a"}]""");
        sidecar.Sidecar.SetAppAddress("app", app.Address);

        (await app.Deliveries.NextAsync()).Data.ShouldBe("1");
    }

    [Fact]
    public async Task Log_WhenMostIsDelivered_IsRewrittenAndKeepsWhatIsNot()
    {
        await using var done = await Subscriber.StartAsync("done");
        await using var sidecar = await TestSidecar.StartAsync(new Dictionary<string, Uri?> { ["done"] = done.Address, ["late"] = null }, o => o with
        {
            Limits = new DaprSidecarLimits { CompactionBytes = 64 * 1024 },
            Subscriptions = [new DeclaredSubscription("late", "kept", "/kept")],
        });
        using var kept = await sidecar.PublishAsync("kept", "1");
        for (var i = 0; i < 300; i++)
        {
            using var response = await sidecar.PublishAsync("done", $"\"{new string('x', 1000)}\"");
        }

        await done.Deliveries.NextAsync(300);
        await sidecar.Sidecar.StopAsync().Soon();
        Directory.GetFiles(sidecar.Options.DataDirectory).Sum(f => new FileInfo(f).Length).ShouldBeLessThan(200_000);
        await using var late = await Subscriber.StartAsync("kept");
        await using var successor = await TestSidecar.StartAsync("late", late.Address, directory: sidecar.Options.DataDirectory);
        (await late.Deliveries.NextAsync()).Data.ShouldBe("1");
    }

    private static async Task WaitUntilAcknowledgedAsync(Subscriber app, string data)
    {
        while ((await app.Deliveries.NextAsync()).Data == data)
        {
            continue;
        }
    }

    private static async Task PublishUntilAcceptedAsync(TestSidecar sidecar, string topic, string body)
    {
        using var limit = new CancellationTokenSource(Waiting.Limit);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            using var response = await sidecar.PublishAsync(topic, body);
            if (response.StatusCode == HttpStatusCode.NoContent)
            {
                return;
            }
        }
    }
}
