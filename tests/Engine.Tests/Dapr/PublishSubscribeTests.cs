using Dapr.Client;
using Microsoft.Extensions.DependencyInjection;
using SmartCity.Engine.Tests.Hosting;

namespace SmartCity.Engine.Tests.Dapr;

/// <summary>Publish and subscribe as Dapr documents it.</summary>
[Collection(nameof(EngineApp))]
public sealed class PublishSubscribeTests(EngineApp app)
{
    private readonly string _run = Guid.NewGuid().ToString("N");

    private DaprClient Client => app.Services.GetRequiredService<DaprClient>();

    [Fact]
    public async Task Events_WhenPublishedInOrder_ArriveInOrder()
    {
        for (var number = 0; number < 20; number++)
        {
            await Client.PublishEventAsync("pubsub", Events.Ordered, new Numbered(_run, number)).Soon();
        }

        for (var number = 0; number < 20; number++)
        {
            (await app.Events.Of(_run).ReadAsync().Soon()).Number.ShouldBe(number);
        }
    }

    [Fact]
    public async Task Event_WhenItsHandlerFails_ComesAgain()
    {
        await Client.PublishEventAsync("pubsub", Events.Failing, new Numbered(_run, 1)).Soon();

        var handled = await app.Events.Of(_run).ReadAsync().Soon();
        app.Events.AttemptsAt(handled).ShouldBe(2);
    }

    [Fact]
    public async Task Event_WhenDropped_GoesToTheDeadLetterTopic()
    {
        await Client.PublishEventAsync("pubsub", Events.Dropped, new Numbered(_run, 7)).Soon();

        (await app.Events.Of(_run).ReadAsync().Soon()).ShouldBe(new Numbered(_run, 7));
    }

    [Fact]
    public async Task Events_WhenPublishedInBulk_AllArrive()
    {
        var events = Enumerable.Range(0, 10).Select(number => new Numbered(_run, number)).ToArray();

        var response = await Client.BulkPublishEventAsync("pubsub", Events.Ordered, events).Soon();

        response.FailedEntries.ShouldBeEmpty();
        var arrived = new HashSet<int>();
        while (arrived.Count < events.Length)
        {
            arrived.Add((await app.Events.Of(_run).ReadAsync().Soon()).Number);
        }
    }

    [Fact]
    public async Task Event_WhenTheAppWasStoppedMeanwhile_IsThereWhenItIsBack()
    {
        await Client.PublishEventAsync("pubsub", Events.Failing, new Numbered(_run, 3)).Soon();

        await app.RestartAsync();

        (await app.Events.Of(_run).ReadAsync().Soon()).Number.ShouldBe(3);
    }
}
