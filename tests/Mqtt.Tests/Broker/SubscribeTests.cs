using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class SubscribeTests
{
    [Fact]
    public async Task Subscribe_ToTheSameFilterAgain_ReplacesTheSubscription()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.ExactlyOnce);

        (await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce)).Items.Single().ResultCode.ShouldBe(MqttClientSubscribeResultCode.GrantedQoS1);
        await broker.Broker.PublishAsync("t", "1"u8.ToArray(), MqttQualityOfServiceLevel.ExactlyOnce);
        await broker.Broker.PublishAsync("t", "2"u8.ToArray(), MqttQualityOfServiceLevel.ExactlyOnce);

        var first = await inbox.NextAsync();
        (first.Text, first.Message.QualityOfServiceLevel).ShouldBe(("1", MqttQualityOfServiceLevel.AtLeastOnce));
        (await inbox.NextAsync()).Text.ShouldBe("2");
        broker.Broker.Statistics.Subscriptions.ShouldBe(1);
    }

    [Fact]
    public async Task Subscribe_WithSeveralFilters_IsAnsweredInTheirOrder()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await ConnectAsync(broker);

        await client.SendAsync(new SubscribePacket { PacketIdentifier = 9, Filters = [Filter("a", 2), Filter("forbidden", 1), Filter("b", 0)] });

        var ack = await client.ReceiveAsync<SubscriptionAckPacket>();
        ack.PacketIdentifier.ShouldBe((ushort)9);
        ack.ReasonCodes.ShouldBe([2, (byte)MqttReasonCode.NotAuthorized, 0]);
    }

    [Fact]
    public async Task Unsubscribe_FromAFilter_EndsItsDeliveriesOnly()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync("a");
        await client.SubscribeAsync("b");
        await client.UnsubscribeAsync("a");

        await broker.Broker.PublishAsync("a", "1"u8.ToArray());
        await broker.Broker.PublishAsync("b", "2"u8.ToArray());

        (await inbox.NextAsync()).Text.ShouldBe("2");
    }

    [Fact]
    public async Task Delivery_ToSubscribersOfDifferentLevels_HasTheLowerLevelOfEach()
    {
        await using var broker = await TestBroker.StartAsync();
        var inboxes = new List<Inbox>();
        foreach (var level in Enum.GetValues<MqttQualityOfServiceLevel>())
        {
            inboxes.Add(new Inbox());
            await (await broker.ConnectAsync($"c{level}", inboxes[^1])).SubscribeAsync("t", level);
        }

        await broker.Broker.PublishAsync("t", "x"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);

        var levels = new List<int>();
        foreach (var inbox in inboxes)
        {
            levels.Add((int)(await inbox.NextAsync()).Message.QualityOfServiceLevel);
        }

        levels.ShouldBe([0, 1, 1]);
    }

    [Fact]
    public async Task Acknowledgements_OfManyPublishes_KeepTheirOrder()
    {
        await using var broker = await TestBroker.StartAsync();
        await (await broker.ConnectAsync("s", configure: o => o.WithCleanStart(false).WithSessionExpiryInterval(100)))
            .SubscribeAsync("stored", MqttQualityOfServiceLevel.AtLeastOnce);
        var client = await ConnectAsync(broker);

        // Some wait for the disk and some do not.
        for (ushort identifier = 1; identifier <= 50; identifier++)
        {
            await client.SendAsync(RawClient.Publish(identifier % 3 == 0 ? "stored" : "nobody", "x", 1, identifier));
        }

        for (ushort identifier = 1; identifier <= 50; identifier++)
        {
            (await client.ReceiveAsync<AckPacket>()).PacketIdentifier.ShouldBe(identifier);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Refusal_WhenTheClientWantsNoProblemInformation_HasNoWords(byte wants, bool expected)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(RawClient.Connect("c", properties: new MqttProperties { RequestProblemInformation = wants }));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(RawClient.Publish("forbidden", "x", 1, 1));

        var ack = await client.ReceiveAsync<AckPacket>();
        (ack.ReasonCode, ack.Properties?.ReasonString is not null).ShouldBe((MqttReasonCode.NotAuthorized, expected));
    }

    private static MqttTopicFilter Filter(string topic, int level) => new() { Topic = topic, QualityOfServiceLevel = (MqttQualityOfServiceLevel)level };

    private static async Task<RawClient> ConnectAsync(TestBroker broker)
    {
        var client = await broker.ConnectRawAsync(RawClient.Connect("c"));
        await client.ReceiveAsync<ConnAckPacket>();
        return client;
    }
}
