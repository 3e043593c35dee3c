using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class FlowControlTests
{
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
        await FullQueueTests.SubscribeAndLeaveAsync(broker);
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
}
