using MQTTnet.Packets;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class OutgoingAliasTests
{
    [Fact]
    public async Task Delivery_ToAClientThatTakesAliases_SendsEachTopicOnce()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await SubscribeAsync(broker, new MqttProperties { TopicAliasMaximum = 2 });
        string[] topics = ["river/katakai", "a", "river/kado", "river/jinzu"];
        foreach (var topic in topics.Concat(topics))
        {
            await broker.Broker.PublishAsync(topic, "1"u8.ToArray());
        }

        var received = new List<(string Topic, ushort? Alias)>();
        while (received.Count < 8)
        {
            var packet = await client.ReceiveAsync<PublishPacket>();
            received.Add((packet.Topic.Value, packet.Properties?.TopicAlias));
        }

        // A short topic costs less than an alias, and the third long one comes too late.
        received.ShouldBe(
        [
            ("river/katakai", 1), ("a", null), ("river/kado", 2), ("river/jinzu", null),
            (string.Empty, 1), ("a", null), (string.Empty, 2), ("river/jinzu", null),
        ]);
    }

    [Fact]
    public async Task Delivery_ToAClientThatTakesNone_SendsTheTopic()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await SubscribeAsync(broker, null);
        for (var index = 0; index < 2; index++)
        {
            await broker.Broker.PublishAsync("river/katakai", "1"u8.ToArray());
            var packet = await client.ReceiveAsync<PublishPacket>();
            (packet.Topic.Value, packet.Properties?.TopicAlias).ShouldBe(("river/katakai", null));
        }
    }

    [Fact]
    public async Task Client_ThatTakesAliases_SeesTheTopics()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox, o => o.WithTopicAliasMaximum(5));
        await MQTTnet.MqttClientExtensions.SubscribeAsync(client, "river/+");
        for (var index = 0; index < 3; index++)
        {
            await broker.Broker.PublishAsync("river/katakai", "1"u8.ToArray());
            (await inbox.NextAsync()).Topic.ShouldBe("river/katakai");
        }
    }

    private static async Task<RawClient> SubscribeAsync(TestBroker broker, MqttProperties? properties)
    {
        var client = await broker.ConnectRawAsync(RawClient.Connect("c", properties: properties));
        await client.ReceiveAsync<ConnAckPacket>();
        await client.SendAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "#" }] });
        await client.ReceiveAsync<SubscriptionAckPacket>();
        return client;
    }
}
