using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class WillAfterKillTests
{
    private static readonly MqttProperties WillProperties = new() { WillDelayInterval = 60, ContentType = "text/plain" };

    [Theory]
    [InlineData(0u, false, 30)]
    [InlineData(0u, true, 30)]
    [InlineData(3600u, false, 60)]
    [InlineData(3600u, true, 60)]
    public async Task Kill_OfTheBroker_PublishesTheWillAfterItsDelay(uint expirySeconds, bool isStopped, int seconds)
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        await ConnectAsync(broker, expirySeconds);
        await broker.Broker.PublishAsync("flush", "1"u8.ToArray(), retain: true);
        if (isStopped)
        {
            await broker.Broker.StopAsync();
        }

        await using var after = await broker.StartFromCopyAsync(clock: clock);
        var inbox = await WatchAsync(after);
        clock.Advance(TimeSpan.FromSeconds(seconds - 2));
        await after.Broker.PublishAsync("status/device", "still waiting"u8.ToArray());
        clock.Advance(TimeSpan.FromSeconds(3));

        (await inbox.NextAsync()).Text.ShouldBe("still waiting");
        var will = await inbox.NextAsync();
        (will.Text, will.Message.ContentType).ShouldBe(("offline", "text/plain"));
        after.Broker.Statistics.Sessions.ShouldBe(expirySeconds == 0 ? 1 : 2);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(3600u)]
    public async Task Kill_WhenTheClientComesBack_ForgetsTheWill(uint expirySeconds)
    {
        await using var broker = await TestBroker.StartAsync();
        await ConnectAsync(broker, expirySeconds);
        await broker.Broker.PublishAsync("flush", "1"u8.ToArray(), retain: true);

        var clock = new FakeClock();
        await using var after = await broker.StartFromCopyAsync(clock: clock);
        var inbox = await WatchAsync(after);
        var again = await after.ConnectRawAsync(RawClient.Connect("device", cleanStart: false, properties: new MqttProperties { SessionExpiryInterval = 3600 }));
        (await again.ReceiveAsync<ConnAckPacket>()).SessionPresent.ShouldBe(expirySeconds > 0);
        clock.Advance(TimeSpan.FromMinutes(5));
        await after.Broker.PublishAsync("status/device", "online"u8.ToArray());

        (await inbox.NextAsync()).Text.ShouldBe("online");
    }

    [Fact]
    public async Task Kill_AfterANormalDisconnect_PublishesNothing()
    {
        await using var broker = await TestBroker.StartAsync();
        var device = await ConnectAsync(broker, 3600);
        await device.SendAsync(new DisconnectPacket(MqttReasonCode.Success));
        (await device.ReceiveAsync()).ShouldBeNull();
        await broker.Broker.PublishAsync("flush", "1"u8.ToArray(), retain: true);

        var clock = new FakeClock();
        await using var after = await broker.StartFromCopyAsync(clock: clock);
        var inbox = await WatchAsync(after);
        clock.Advance(TimeSpan.FromMinutes(5));
        await after.Broker.PublishAsync("status/device", "end"u8.ToArray());

        (await inbox.NextAsync()).Text.ShouldBe("end");
    }

    [Fact]
    public async Task Kill_AfterTheWillWasPublished_DoesNotPublishItAgain()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var before = await WatchAsync(broker);
        (await ConnectAsync(broker, 3600)).Abort();
        await broker.WhenAsync(statistics => statistics.Connections == 1);
        clock.Advance(TimeSpan.FromSeconds(61));
        (await before.NextAsync()).Text.ShouldBe("offline");
        await broker.Broker.PublishAsync("flush", "1"u8.ToArray(), retain: true);

        await using var after = await broker.StartFromCopyAsync(clock: clock);
        var inbox = await WatchAsync(after);
        clock.Advance(TimeSpan.FromMinutes(5));
        await after.Broker.PublishAsync("status/device", "end"u8.ToArray());

        (await inbox.NextAsync()).Text.ShouldBe("end");
    }

    [Fact]
    public async Task Kill_WhenTheSessionWasToEndWithItsConnection_QueuesNothingMoreForIt()
    {
        await using var broker = await TestBroker.StartAsync();
        var device = await ConnectAsync(broker, 3600);
        await device.SendAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "t", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }] });
        await device.ReceiveAsync<SubscriptionAckPacket>();
        await ConnectAsync(broker, 0, cleanStart: false);
        await broker.Broker.PublishAsync("flush", "1"u8.ToArray(), retain: true);

        await using var after = await broker.StartFromCopyAsync(o => o with { MaximumQueuedMessagesPerSession = 1, MaximumPublishDelay = TimeSpan.FromMilliseconds(1) });
        var publisher = await after.ConnectAsync("publisher");
        for (var index = 0; index < 3; index++)
        {
            await publisher.PublishStringAsync("t", "x", MqttQualityOfServiceLevel.AtLeastOnce).WaitAsync(TestBroker.Patience);
        }

        (after.Broker.Statistics.Subscriptions, after.Broker.Statistics.QueuedMessages).ShouldBe((0, 0));
    }

    private static async Task<Inbox> WatchAsync(TestBroker broker)
    {
        var inbox = new Inbox();
        var watcher = await broker.ConnectAsync("watcher", inbox, o => o.WithNoKeepAlive());
        await watcher.SubscribeAsync("status/#");
        return inbox;
    }

    private static async Task<RawClient> ConnectAsync(TestBroker broker, uint expirySeconds, bool cleanStart = true)
    {
        var connect = RawClient.Connect("device", cleanStart: cleanStart, properties: new MqttProperties { SessionExpiryInterval = expirySeconds });
        connect.Will = new WillMessage { Topic = "status/device", Payload = "offline"u8.ToArray(), QualityOfService = 1, Properties = WillProperties };
        var device = await broker.ConnectRawAsync(connect);
        (await device.ReceiveAsync<ConnAckPacket>()).ReasonCode.ShouldBe((byte)0);
        return device;
    }
}
