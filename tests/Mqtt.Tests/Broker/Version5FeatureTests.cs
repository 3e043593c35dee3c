using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class Version5FeatureTests
{
    [Fact]
    public async Task Publish_WithProperties_HandsThemOn()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);

        await client.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic("t").WithPayload("{}").WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithContentType("application/json").WithResponseTopic("answer").WithCorrelationData([1, 2])
            .WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData).WithMessageExpiryInterval(100)
            .WithUserProperty("b", new ReadOnlyMemory<byte>("1"u8.ToArray())).WithUserProperty("a", new ReadOnlyMemory<byte>("2"u8.ToArray()))
            .Build());

        var message = (await inbox.NextAsync()).Message;
        (message.ContentType, message.ResponseTopic, message.PayloadFormatIndicator).ShouldBe(("application/json", "answer", MqttPayloadFormatIndicator.CharacterData));
        message.CorrelationData.ShouldBe([1, 2]);
        message.MessageExpiryInterval.ShouldBeInRange(1u, 100u);
        message.UserProperties!.Select(property => $"{property.Name}={property.ReadValueAsString()}").ShouldBe(["b=1", "a=2"]);
    }

    [Fact]
    public async Task Message_WhenItExpiresInTheQueue_IsNotDelivered()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        Action<MqttClientOptionsBuilder> persistent = o => o.WithCleanStart(false).WithSessionExpiryInterval(3600).WithNoKeepAlive();
        var first = await broker.ConnectAsync("c", configure: persistent);
        await first.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await first.DisconnectAsync();
        var publisher = await broker.ConnectAsync("p", configure: o => o.WithNoKeepAlive());
        await publisher.PublishAsync(Message("short", 10));
        await publisher.PublishAsync(Message("long", 100));

        clock.Advance(TimeSpan.FromSeconds(30));
        var inbox = new Inbox();
        await broker.ConnectAsync("c", inbox, persistent);

        var message = await inbox.NextAsync();
        (message.Text, message.Message.MessageExpiryInterval).ShouldBe(("long", 70u));
        await broker.WhenAsync(statistics => statistics.QueuedMessages == 0);
        inbox.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Retained_WhenItExpires_IsRemoved()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var publisher = await broker.ConnectAsync("p", configure: o => o.WithNoKeepAlive());
        var message = Message("x", 10);
        message.Retain = true;
        await publisher.PublishAsync(message);
        broker.Broker.Statistics.RetainedMessages.ShouldBe(1);

        clock.Advance(TimeSpan.FromSeconds(11));

        broker.Broker.Statistics.RetainedMessages.ShouldBe(0);
    }

    [Fact]
    public async Task Subscriptions_ThatOverlap_MakeOneDeliveryWithAllIdentifiers()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter("a/+").WithSubscriptionIdentifier(1).Build());
        await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter("a/#", MqttQualityOfServiceLevel.AtLeastOnce).WithSubscriptionIdentifier(2).Build());

        await broker.Broker.PublishAsync("a/b", "x"u8.ToArray(), MqttQualityOfServiceLevel.ExactlyOnce);
        await broker.Broker.PublishAsync("a", "end"u8.ToArray());

        var message = (await inbox.NextAsync()).Message;
        message.SubscriptionIdentifiers!.Order().ShouldBe([1u, 2u]);
        message.QualityOfServiceLevel.ShouldBe(MqttQualityOfServiceLevel.AtLeastOnce);
        (await inbox.NextAsync()).Text.ShouldBe("end");
    }

    [Fact]
    public async Task Subscribe_WithNoLocal_LeavesOutTheClientsOwn()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync(new MqttTopicFilter { Topic = "t", NoLocal = true });

        await client.PublishStringAsync("t", "own", MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.Broker.PublishAsync("t", "other"u8.ToArray());

        (await inbox.NextAsync()).Text.ShouldBe("other");
    }

    [Fact]
    public async Task SharedSubscription_WithTwoMembers_GivesEachMessageToOne()
    {
        await using var broker = await TestBroker.StartAsync();
        var inboxes = new[] { new Inbox(), new Inbox() };
        foreach (var index in new[] { 0, 1 })
        {
            var member = await broker.ConnectAsync($"member-{index}", inboxes[index]);
            await member.SubscribeAsync("$share/ingest/sc/v1/+/+/telemetry", MqttQualityOfServiceLevel.AtLeastOnce);
        }

        for (var index = 0; index < 10; index++)
        {
            await broker.Broker.PublishAsync("sc/v1/1/2/telemetry", System.Text.Encoding.UTF8.GetBytes($"{index}"), MqttQualityOfServiceLevel.AtLeastOnce);
        }

        var received = (await inboxes[0].NextTextsAsync(5)).Concat(await inboxes[1].NextTextsAsync(5));
        received.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 10).Select(index => (string?)$"{index}"));
    }

    [Fact]
    public async Task SharedSubscription_WhenAMemberIsAway_GoesToTheOther()
    {
        await using var broker = await TestBroker.StartAsync();
        var away = await broker.ConnectAsync("away", configure: o => o.WithCleanStart(false).WithSessionExpiryInterval(100));
        await away.SubscribeAsync("$share/g/t", MqttQualityOfServiceLevel.AtLeastOnce);
        await away.DisconnectAsync();
        var inbox = new Inbox();
        var here = await broker.ConnectAsync("here", inbox);
        await here.SubscribeAsync("$share/g/t", MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.WhenAsync(statistics => statistics.Connections == 1);

        for (var index = 0; index < 4; index++)
        {
            await broker.Broker.PublishAsync("t", new byte[1], MqttQualityOfServiceLevel.AtLeastOnce);
        }

        await inbox.NextTextsAsync(4);
        broker.Broker.Statistics.QueuedBytes.ShouldBeLessThan(1000);
    }

    [Fact]
    public async Task TopicAlias_WhenSet_StandsForTheTopic()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var subscriber = await broker.ConnectAsync("s", inbox);
        await subscriber.SubscribeAsync("long/topic");
        var publisher = await broker.ConnectAsync("p");

        await publisher.PublishAsync(new MqttApplicationMessage { Topic = "long/topic", TopicAlias = 1, PayloadSegment = "1"u8.ToArray() });
        await publisher.PublishAsync(new MqttApplicationMessage { TopicAlias = 1, PayloadSegment = "2"u8.ToArray() });

        (await inbox.NextTextsAsync(2)).ShouldBe(["1", "2"]);
    }

    [Theory]
    [InlineData(65, MqttReasonCode.TopicAliasInvalid)]
    [InlineData(2, MqttReasonCode.ProtocolError)]
    public async Task TopicAlias_WhenTooHighOrNeverSet_EndsTheConnection(ushort alias, MqttReasonCode expected)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(RawClient.Connect("c"));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(new PublishPacket { Properties = new MqttProperties { TopicAlias = alias } });

        (await client.ReceiveCloseAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task Publish_LargerThanTheServerTakes_EndsTheConnection()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumPacketSizeBytes = 2000 });
        var client = await broker.ConnectRawAsync(RawClient.Connect("c"));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(RawClient.Publish("t", new string('x', 3000)));

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.PacketTooLarge);
    }

    [Fact]
    public async Task Message_LargerThanTheClientTakes_IsLeftOut()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox, o => o.WithMaximumPacketSize(200));
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);

        await broker.Broker.PublishAsync("t", new byte[500], MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.Broker.PublishAsync("t", "small"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);

        (await inbox.NextAsync()).Text.ShouldBe("small");
        await broker.WhenAsync(statistics => statistics.QueuedMessages == 0);
    }

    private static MqttApplicationMessage Message(string payload, uint expirySeconds) => new MqttApplicationMessageBuilder()
        .WithTopic("t").WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithMessageExpiryInterval(expirySeconds).Build();
}
