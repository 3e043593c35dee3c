using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class WillAndKeepAliveTests
{
    [Theory]
    [InlineData(ProtocolVersion.Version311)]
    [InlineData(ProtocolVersion.Version500)]
    public async Task Will_WhenTheConnectionBreaks_IsPublished(ProtocolVersion version)
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = await SubscribeAsync(broker);
        var device = await ConnectWithWillAsync(broker, version);

        device.Abort();

        var will = await inbox.NextAsync();
        (will.Topic, will.Text, broker.Broker.Statistics.RetainedMessages).ShouldBe(("status/device", "offline", 1));
    }

    [Theory]
    [InlineData(MqttReasonCode.Success, "bye")]
    [InlineData(MqttReasonCode.DisconnectWithWillMessage, "offline")]
    public async Task Will_WhenTheClientDisconnects_IsPublishedOnlyIfItAsks(MqttReasonCode reason, string expected)
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = await SubscribeAsync(broker);
        var device = await ConnectWithWillAsync(broker, ProtocolVersion.Version500);

        await device.SendAsync(new DisconnectPacket(reason));
        (await device.ReceiveAsync()).ShouldBeNull();
        await broker.Broker.PublishAsync("status/device", "bye"u8.ToArray());

        (await inbox.NextAsync()).Text.ShouldBe(expected);
    }

    [Fact]
    public async Task Will_WithADelay_IsPublishedWhenItIsOverAndNotBefore()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var inbox = await SubscribeAsync(broker);
        var device = await ConnectWithWillAsync(broker, ProtocolVersion.Version500, delaySeconds: 10, expirySeconds: 100);
        device.Abort();
        await broker.WhenAsync(statistics => statistics.Connections == 1);

        clock.Advance(TimeSpan.FromSeconds(8));
        await broker.Broker.PublishAsync("status/device", "still waiting"u8.ToArray());
        clock.Advance(TimeSpan.FromSeconds(3));

        (await inbox.NextTextsAsync(2)).ShouldBe(["still waiting", "offline"]);
    }

    [Fact]
    public async Task Will_WithADelay_IsForgottenWhenTheClientComesBack()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var inbox = await SubscribeAsync(broker);
        var device = await ConnectWithWillAsync(broker, ProtocolVersion.Version500, delaySeconds: 10, expirySeconds: 100);
        device.Abort();
        await broker.WhenAsync(statistics => statistics.Connections == 1);

        var again = await broker.ConnectRawAsync(RawClient.Connect("device", cleanStart: false));
        (await again.ReceiveAsync<ConnAckPacket>()).SessionPresent.ShouldBeTrue();
        clock.Advance(TimeSpan.FromSeconds(20));
        await broker.Broker.PublishAsync("status/device", "online"u8.ToArray());

        (await inbox.NextAsync()).Text.ShouldBe("online");
    }

    [Fact]
    public async Task Will_WithADelay_IsPublishedWhenTheSessionEndsFirst()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var inbox = await SubscribeAsync(broker);
        var device = await ConnectWithWillAsync(broker, ProtocolVersion.Version500, delaySeconds: 1000, expirySeconds: 5);
        device.Abort();
        await broker.WhenAsync(statistics => statistics.Connections == 1);

        clock.Advance(TimeSpan.FromSeconds(6));

        (await inbox.NextAsync()).Text.ShouldBe("offline");
    }

    [Fact]
    public async Task KeepAlive_WhenTheClientIsSilent_EndsTheConnectionAfterOneAndAHalfPeriods()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var inbox = await SubscribeAsync(broker);
        var device = await ConnectWithWillAsync(broker, ProtocolVersion.Version500, keepAliveSeconds: 10);

        clock.Advance(TimeSpan.FromSeconds(14));
        await device.SendAsync(PingPacket.Request);
        (await device.ReceiveAsync<PingPacket>()).Type.ShouldBe(PacketType.PingResp);
        clock.Advance(TimeSpan.FromSeconds(17));

        (await device.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.KeepAliveTimeout);
        (await inbox.NextAsync()).Text.ShouldBe("offline");
    }

    private static async Task<Inbox> SubscribeAsync(TestBroker broker)
    {
        var inbox = new Inbox();
        var subscriber = await broker.ConnectAsync("watcher", inbox, o => o.WithNoKeepAlive());
        await subscriber.SubscribeAsync(new MqttTopicFilter { Topic = "status/#", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce });
        return inbox;
    }

    private static async Task<RawClient> ConnectWithWillAsync(
        TestBroker broker, ProtocolVersion version, uint? delaySeconds = null, uint? expirySeconds = null, ushort keepAliveSeconds = 0)
    {
        var connect = RawClient.Connect("device", version, properties: new MqttProperties { SessionExpiryInterval = expirySeconds });
        connect.KeepAliveSeconds = keepAliveSeconds;
        connect.Will = new WillMessage
        {
            Topic = "status/device",
            Payload = "offline"u8.ToArray(),
            QualityOfService = 1,
            Retain = true,
            Properties = new MqttProperties { WillDelayInterval = delaySeconds },
        };
        var device = await broker.ConnectRawAsync(connect);
        (await device.ReceiveAsync<ConnAckPacket>()).ReasonCode.ShouldBe((byte)0);
        return device;
    }
}
