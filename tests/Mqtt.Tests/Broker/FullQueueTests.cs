using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

/// <summary>A session whose queue is full slows those who publish to it.</summary>
public sealed class FullQueueTests
{
    private static readonly Action<MqttClientOptionsBuilder> Persistent = o => o.WithCleanStart(false).WithSessionExpiryInterval(3600).WithNoKeepAlive();

    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task Publish_WhenTheQueueOfALastingSessionIsFull_IsRefusedAfterTheDelay(MqttQualityOfServiceLevel level)
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumQueuedMessagesPerSession = 2 }, clock);
        await SubscribeAndLeaveAsync(broker);
        var publisher = await broker.ConnectAsync("p", configure: o => o.WithNoKeepAlive());
        (await publisher.PublishStringAsync("t", "1", level)).IsSuccess.ShouldBeTrue();
        (await publisher.PublishStringAsync("t", "2", level)).IsSuccess.ShouldBeTrue();

        var third = publisher.PublishStringAsync("t", "3", level);
        (await publisher.PublishStringAsync("t", "at most once: no room needed")).IsSuccess.ShouldBeTrue();
        await AdvanceUntilAsync(clock, third);

        (await third).ReasonCode.ShouldBe(MqttClientPublishReasonCode.QuotaExceeded);
        publisher.IsConnected.ShouldBeTrue();
        broker.Broker.Statistics.QueuedMessages.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_WhenTheQueueIsFullWithVersion311_ClosesTheConnection()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumQueuedMessagesPerSession = 1, MaximumPublishDelay = TimeSpan.Zero });
        await SubscribeAndLeaveAsync(broker);
        var publisher = await broker.ConnectAsync("p", version: MqttProtocolVersion.V311);
        await publisher.PublishStringAsync("t", "1", MqttQualityOfServiceLevel.AtLeastOnce);

        await Should.ThrowAsync<MQTTnet.Exceptions.MqttCommunicationException>(
            () => publisher.PublishStringAsync("t", "2", MqttQualityOfServiceLevel.AtLeastOnce).WaitAsync(TestBroker.Patience));
    }

    [Fact]
    public async Task Publish_WhenTheQueueGetsRoomAgain_IsTaken()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumQueuedMessagesPerSession = 1 }, clock);
        await SubscribeAndLeaveAsync(broker);
        var publisher = await broker.ConnectAsync("p", configure: o => o.WithNoKeepAlive());
        await publisher.PublishStringAsync("t", "1", MqttQualityOfServiceLevel.AtLeastOnce);
        var second = publisher.PublishStringAsync("t", "2", MqttQualityOfServiceLevel.AtLeastOnce);

        var inbox = new Inbox();
        await broker.ConnectAsync("slow", inbox, Persistent);

        (await second.WaitAsync(TestBroker.Patience)).ReasonCode.ShouldBe(MqttClientPublishReasonCode.Success);
        (await inbox.NextTextsAsync(2)).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Publish_WhenManyWaitForAFullQueue_EachHasItsTurnInTheOrderTheyCame()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumQueuedMessagesPerSession = 1 }, clock);
        await SubscribeAndLeaveAsync(broker);
        var first = await broker.ConnectAsync("first", configure: o => o.WithNoKeepAlive());
        await first.PublishStringAsync("t", "0", MqttQualityOfServiceLevel.AtLeastOnce);
        var waiting = new List<Task<MqttClientPublishResult>>();
        for (var number = 1; number <= 20; number++)
        {
            var publisher = await broker.ConnectAsync($"p{number}", configure: o => o.WithNoKeepAlive());
            waiting.Add(publisher.PublishStringAsync("t", $"{number}", MqttQualityOfServiceLevel.AtLeastOnce));
            await broker.WhenAsync(figures => figures.WaitingForRoom == waiting.Count);
        }

        var inbox = new Inbox();
        await broker.ConnectAsync("slow", inbox, Persistent);

        (await Task.WhenAll(waiting).WaitAsync(TestBroker.Patience)).ShouldAllBe(result => result.IsSuccess);
        (await inbox.NextTextsAsync(21)).ShouldBe(Enumerable.Range(0, 21).Select(number => $"{number}"));
    }

    [Fact]
    public async Task Publish_WhenOneWhoWaitedIsGone_TheRoomIsTheNextOnes()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumQueuedMessagesPerSession = 1 }, clock);
        await SubscribeAndLeaveAsync(broker);
        var first = await broker.ConnectAsync("first", configure: o => o.WithNoKeepAlive());
        await first.PublishStringAsync("t", "1", MqttQualityOfServiceLevel.AtLeastOnce);
        var gone = await broker.ConnectRawAsync(RawClient.Connect("gone"));
        await gone.ReceiveAsync<ConnAckPacket>();
        await gone.SendAsync(RawClient.Publish("t", "lost", 1, 1));
        await broker.WhenAsync(figures => figures.WaitingForRoom == 1);
        var next = first.PublishStringAsync("t", "2", MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.WhenAsync(figures => figures.WaitingForRoom == 2);
        // Taken over by another connection of the same client, which ends the first.
        await broker.ConnectAsync("gone");
        await broker.WhenAsync(figures => figures.WaitingForRoom == 1);

        var inbox = new Inbox();
        await broker.ConnectAsync("slow", inbox, Persistent);

        (await next.WaitAsync(TestBroker.Patience)).IsSuccess.ShouldBeTrue();
        (await inbox.NextTextsAsync(2)).ShouldBe(["1", "2"]);
        // And no promise is left over that would hold the queue back.
        (await first.PublishStringAsync("t", "3", MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task Publish_WhenASubscriberThatWouldNotLastIsTooSlow_DropsThatSubscriber()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumQueuedMessagesPerSession = 1, MaximumPublishDelay = TimeSpan.FromMilliseconds(1) });
        var slow = await broker.ConnectRawAsync(RawClient.Connect("slow"));
        await slow.ReceiveAsync<ConnAckPacket>();
        await slow.SendAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "t", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }] });
        await slow.ReceiveAsync<SubscriptionAckPacket>();
        var publisher = await broker.ConnectAsync("p");
        await publisher.PublishStringAsync("t", "1", MqttQualityOfServiceLevel.AtLeastOnce);

        var second = await publisher.PublishStringAsync("t", "2", MqttQualityOfServiceLevel.AtLeastOnce).WaitAsync(TestBroker.Patience);

        second.IsSuccess.ShouldBeTrue();
        (await slow.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.QuotaExceeded);
    }

    internal static async Task SubscribeAndLeaveAsync(TestBroker broker)
    {
        var slow = await broker.ConnectAsync("slow", configure: Persistent);
        await slow.SubscribeAsync("t", MqttQualityOfServiceLevel.ExactlyOnce);
        await slow.DisconnectAsync();
    }

    // The publish begins to wait at some time of its own: the clock is moved until it has waited long enough.
    private static async Task AdvanceUntilAsync(FakeClock clock, Task task)
    {
        using var patience = new CancellationTokenSource(TestBroker.Patience);
        while (!task.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }
}
