using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class FlowControlTests
{
    private static readonly Action<MqttClientOptionsBuilder> Persistent = o => o.WithCleanStart(false).WithSessionExpiryInterval(3600).WithNoKeepAlive();

    [Fact]
    public async Task Delivery_WithAReceiveMaximum_WaitsForAcknowledgements()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox { AutoAcknowledge = false };
        var client = await broker.ConnectAsync("c", inbox, o => o.WithReceiveMaximum(2));
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        for (var index = 0; index < 5; index++)
        {
            await broker.Broker.PublishAsync("t", System.Text.Encoding.UTF8.GetBytes($"{index}"), MqttQualityOfServiceLevel.AtLeastOnce);
        }

        var first = await inbox.NextAsync();
        var second = await inbox.NextAsync();
        await client.PingAsync();
        inbox.IsEmpty.ShouldBeTrue();
        await second.Args.AcknowledgeAsync(CancellationToken.None);
        var third = await inbox.NextAsync();
        await client.PingAsync();

        inbox.IsEmpty.ShouldBeTrue();
        new[] { first.Text, second.Text, third.Text }.ShouldBe(["0", "1", "2"]);
    }

    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task Resume_WithASmallerReceiveMaximum_SendsAgainAsMuchAsItAllows(MqttQualityOfServiceLevel level)
    {
        await using var broker = await TestBroker.StartAsync();
        var properties = new MqttProperties { SessionExpiryInterval = 100 };
        var first = await broker.ConnectRawAsync(RawClient.Connect("c", cleanStart: false, properties: properties));
        await first.ReceiveAsync<ConnAckPacket>();
        await first.SendAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "t", QualityOfServiceLevel = level }] });
        await first.ReceiveAsync<SubscriptionAckPacket>();
        var identifiers = new List<ushort>();
        for (var index = 0; index < 6; index++)
        {
            await broker.Broker.PublishAsync("t", "x"u8.ToArray(), level);
            identifiers.Add((await first.ReceiveAsync<PublishPacket>()).PacketIdentifier);
        }

        properties.ReceiveMaximum = 2;
        var again = await broker.ConnectRawAsync(RawClient.Connect("c", cleanStart: false, properties: properties));
        (await again.ReceiveAsync<ConnAckPacket>()).SessionPresent.ShouldBeTrue();
        await broker.Broker.PublishAsync("t", "new"u8.ToArray(), level);
        var received = new List<ushort>();
        for (var index = 0; index < 6; index += 2)
        {
            received.Add((await again.ReceiveAsync<PublishPacket>()).PacketIdentifier);
            received.Add((await again.ReceiveAsync<PublishPacket>()).PacketIdentifier);
            await again.SendAsync(PingPacket.Request);
            (await again.ReceiveAsync<PingPacket>()).Type.ShouldBe(PacketType.PingResp);
            await AcknowledgeAsync(again, received[^2..], level);
        }

        received.ShouldBe(identifiers);
        var last = await again.ReceiveAsync<PublishPacket>();
        (last.Duplicate, System.Text.Encoding.UTF8.GetString(last.Payload.FirstSpan)).ShouldBe((false, "new"));
    }

    [Fact]
    public async Task Publish_BeyondTheServersReceiveMaximum_EndsTheConnection()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { ReceiveMaximum = 2 });
        var client = await broker.ConnectRawAsync(RawClient.Connect("c"));
        await client.ReceiveAsync<ConnAckPacket>();
        for (ushort identifier = 1; identifier <= 3; identifier++)
        {
            await client.SendAsync(RawClient.Publish("t", "x", 2, identifier));
        }

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.ReceiveMaximumExceeded);
    }

    [Fact]
    public async Task Publish_UpToTheServersReceiveMaximum_IsTakenAlsoWhenItIsRepeated()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { ReceiveMaximum = 20 });
        await SubscribeAndLeaveAsync(broker);
        var connect = RawClient.Connect("c", cleanStart: false, properties: new MqttProperties { SessionExpiryInterval = 100 });
        foreach (var duplicate in new[] { false, true })
        {
            var client = await broker.ConnectRawAsync(connect);
            (await client.ReceiveAsync<ConnAckPacket>()).SessionPresent.ShouldBe(duplicate);
            // At once, so that their answers wait for the disk together.
            var bytes = Enumerable.Range(1, 20).SelectMany(identifier =>
            {
                var packet = RawClient.Publish("t", "x", 2, (ushort)identifier);
                packet.Duplicate = duplicate;
                return Codec.PacketBytes.Encode(packet, ProtocolVersion.Version500);
            });
            await client.SendAsync(bytes.ToArray());
            for (ushort identifier = 1; identifier <= 20; identifier++)
            {
                (await client.ReceiveAsync<AckPacket>()).PacketIdentifier.ShouldBe(identifier);
            }

            client.Abort();
        }

        broker.Broker.Statistics.QueuedMessages.ShouldBe(20);
    }

    [Fact]
    public async Task PublishAsync_WhenTheServerTakesOneAtATime_WaitsForASlot()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { ReceiveMaximum = 1 });
        var publisher = await broker.ConnectAsync("p");

        var results = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(index => publisher.PublishStringAsync("t", $"{index}", (MqttQualityOfServiceLevel)(1 + (index % 2))))).WaitAsync(TestBroker.Patience);

        results.ShouldAllBe(result => result.IsSuccess);
    }

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

    [Fact]
    public async Task AtMostOnce_WhenTheSubscriberDoesNotRead_IsDroppedAndCounted()
    {
        await using var broker = await TestBroker.StartAsync();
        var slow = await broker.ConnectRawAsync(RawClient.Connect("slow"));
        await slow.ReceiveAsync<ConnAckPacket>();
        await slow.SendAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "t" }] });
        await slow.ReceiveAsync<SubscriptionAckPacket>();
        var payload = new byte[512 * 1024];

        for (var index = 0; index < 60; index++)
        {
            await broker.Broker.PublishAsync("t", payload);
        }

        broker.Broker.Statistics.DroppedAtMostOnce.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Subscribe_WhenTheRetainedMessagesDoNotFit_IsRefused()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumQueuedMessagesPerSession = 2 });
        for (var index = 0; index < 3; index++)
        {
            await broker.Broker.PublishAsync($"r/{index}", new byte[1], MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        }

        var client = await broker.ConnectAsync("c");

        (await client.SubscribeAsync("r/+", MqttQualityOfServiceLevel.AtLeastOnce)).Items.Single().ResultCode.ShouldBe(MqttClientSubscribeResultCode.QuotaExceeded);
        (await client.SubscribeAsync("r/1", MqttQualityOfServiceLevel.AtLeastOnce)).Items.Single().ResultCode.ShouldBe(MqttClientSubscribeResultCode.GrantedQoS1);
    }

    // All PUBRECs before the first PUBCOMP, which lets the next message go.
    private static async Task AcknowledgeAsync(RawClient client, List<ushort> identifiers, MqttQualityOfServiceLevel level)
    {
        var isExactlyOnce = level == MqttQualityOfServiceLevel.ExactlyOnce;
        foreach (var identifier in identifiers)
        {
            await client.SendAsync(new AckPacket(isExactlyOnce ? PacketType.PubRec : PacketType.PubAck, identifier));
            if (isExactlyOnce)
            {
                (await client.ReceiveAsync<AckPacket>()).Type.ShouldBe(PacketType.PubRel);
            }
        }

        foreach (var identifier in isExactlyOnce ? identifiers : [])
        {
            await client.SendAsync(new AckPacket(PacketType.PubComp, identifier));
        }
    }

    private static async Task SubscribeAndLeaveAsync(TestBroker broker)
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
