using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class SessionTests
{
    private static readonly Action<MqttClientOptionsBuilder> Persistent = o => o.WithCleanStart(false).WithSessionExpiryInterval(3600);

    private static readonly Action<MqttClientOptionsBuilder> Persistent311 = o => o.WithCleanSession(false);

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Session_WhenItsClientWasAway_GetsItsMessagesInOrder(MqttProtocolVersion version)
    {
        var persistent = version == MqttProtocolVersion.V311 ? Persistent311 : Persistent;
        await using var broker = await TestBroker.StartAsync();
        var first = await broker.ConnectAsync("ingest", configure: persistent, version: version);
        await first.SubscribeAsync("t/#", MqttQualityOfServiceLevel.AtLeastOnce);
        await first.DisconnectAsync();
        var publisher = await broker.ConnectAsync("publisher");
        for (var index = 0; index < 50; index++)
        {
            await publisher.PublishStringAsync("t/x", $"{index}", MqttQualityOfServiceLevel.AtLeastOnce);
        }

        var inbox = new Inbox();
        var client = broker.NewClient();
        inbox.Listen(client);
        var result = await client.ConnectAsync(broker.Options("ingest", version, persistent));

        result.IsSessionPresent.ShouldBeTrue();
        (await inbox.NextTextsAsync(50)).ShouldBe(Enumerable.Range(0, 50).Select(index => (string?)$"{index}"));
    }

    [Fact]
    public async Task Session_WithCleanStart_BeginsAnew()
    {
        await using var broker = await TestBroker.StartAsync();
        var first = await broker.ConnectAsync("c", configure: Persistent);
        await first.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await first.DisconnectAsync();
        await broker.Broker.PublishAsync("t", "lost on purpose"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);

        var result = await broker.NewClient().ConnectAsync(broker.Options("c", configure: o => o.WithCleanStart()));

        result.IsSessionPresent.ShouldBeFalse();
        broker.Broker.Statistics.QueuedMessages.ShouldBe(0);
        broker.Broker.Statistics.Subscriptions.ShouldBe(0);
    }

    [Fact]
    public async Task Session_WhenItsTimeIsOver_IsGone()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var first = await broker.ConnectAsync("c", configure: o => o.WithCleanStart(false).WithSessionExpiryInterval(60).WithNoKeepAlive());
        await first.DisconnectAsync();
        await broker.WhenAsync(statistics => statistics.Connections == 0);

        clock.Advance(TimeSpan.FromSeconds(58));
        broker.Broker.Statistics.Sessions.ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(3));

        broker.Broker.Statistics.Sessions.ShouldBe(0);
    }

    [Fact]
    public async Task Session_WhenDisconnectShortensIt_EndsAtOnce()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(RawClient.Connect("c", properties: new MqttProperties { SessionExpiryInterval = 100 }));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(new DisconnectPacket(MqttReasonCode.Success) { Properties = new MqttProperties { SessionExpiryInterval = 0 } });

        (await client.ReceiveAsync()).ShouldBeNull();
        broker.Broker.Statistics.Sessions.ShouldBe(0);
    }

    [Fact]
    public async Task Session_WhenTakenOver_TellsTheOldConnection()
    {
        await using var broker = await TestBroker.StartAsync();
        var reason = new TaskCompletionSource<MqttClientDisconnectReason>(TaskCreationOptions.RunContinuationsAsynchronously);
        var old = await broker.ConnectAsync("c", configure: Persistent);
        await old.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        old.DisconnectedAsync += args =>
        {
            reason.TrySetResult(args.Reason);
            return Task.CompletedTask;
        };

        var inbox = new Inbox();
        await broker.ConnectAsync("c", inbox, Persistent);
        await broker.Broker.PublishAsync("t", "for the new one"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);

        (await reason.Task.WaitAsync(TestBroker.Patience)).ShouldBe(MqttClientDisconnectReason.SessionTakenOver);
        old.IsConnected.ShouldBeFalse();
        (await inbox.NextAsync()).Text.ShouldBe("for the new one");
    }

    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task Messages_NotAcknowledged_ComeAgainInOrderAsDuplicatesAfterAReconnect(MqttQualityOfServiceLevel level)
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox { AutoAcknowledge = false };
        var client = await broker.ConnectAsync("ingest", inbox, Persistent);
        await client.SubscribeAsync("t", level);
        foreach (var text in new[] { "1", "2", "3" })
        {
            await broker.Broker.PublishAsync("t", System.Text.Encoding.UTF8.GetBytes(text), level);
        }

        var first = await inbox.NextAsync();
        var second = await inbox.NextAsync();
        await inbox.NextAsync();
        first.Message.Dup.ShouldBeFalse();
        await second.Args.AcknowledgeAsync(CancellationToken.None);
        (await client.TryPingAsync()).ShouldBeTrue();
        client.Dispose();
        var again = new Inbox();
        var reconnected = await broker.ConnectAsync("ingest", again, Persistent);

        (await again.NextTextsAsync(1)).ShouldBe(["1"]);
        var third = await again.NextAsync();
        (third.Text, third.Message.Dup).ShouldBe(("3", true));
        await reconnected.PingAsync();
        await broker.WhenAsync(statistics => statistics.QueuedMessages == 0);
        await Should.ThrowAsync<MQTTnet.Exceptions.MqttClientNotConnectedException>(() => first.Args.AcknowledgeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Released_WhenThePubcompWasLost_IsReleasedAgainAndNotPublishedAgain()
    {
        await using var broker = await TestBroker.StartAsync();
        var connect = RawClient.Connect("c", cleanStart: false, properties: new MqttProperties { SessionExpiryInterval = 100 });
        var first = await broker.ConnectRawAsync(connect);
        await first.ReceiveAsync<ConnAckPacket>();
        await first.SendAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MQTTnet.Packets.MqttTopicFilter { Topic = "t", QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce }] });
        await first.ReceiveAsync<SubscriptionAckPacket>();
        await broker.Broker.PublishAsync("t", "once"u8.ToArray(), MqttQualityOfServiceLevel.ExactlyOnce);
        var identifier = (await first.ReceiveAsync<PublishPacket>()).PacketIdentifier;
        await first.SendAsync(new AckPacket(PacketType.PubRec, identifier));
        (await first.ReceiveAsync<AckPacket>()).Type.ShouldBe(PacketType.PubRel);
        first.Abort();

        var second = await broker.ConnectRawAsync(connect);
        (await second.ReceiveAsync<ConnAckPacket>()).SessionPresent.ShouldBeTrue();
        var released = await second.ReceiveAsync<AckPacket>();

        (released.Type, released.PacketIdentifier).ShouldBe((PacketType.PubRel, identifier));
        await second.SendAsync(new AckPacket(PacketType.PubComp, identifier));
        await broker.WhenAsync(statistics => statistics.QueuedMessages == 0);
    }

    [Fact]
    public async Task ExactlyOnce_WhenThePublisherRepeats_IsRoutedOnce()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var subscriber = await broker.ConnectAsync("s", inbox);
        await subscriber.SubscribeAsync("t", MqttQualityOfServiceLevel.ExactlyOnce);
        var publisher = await broker.ConnectRawAsync(RawClient.Connect("p"));
        await publisher.ReceiveAsync<ConnAckPacket>();

        foreach (var duplicate in new[] { false, true, true })
        {
            var packet = RawClient.Publish("t", "once", 2, 9);
            packet.Duplicate = duplicate;
            await publisher.SendAsync(packet);
            (await publisher.ReceiveAsync<AckPacket>()).Type.ShouldBe(PacketType.PubRec);
        }

        await publisher.SendAsync(new AckPacket(PacketType.PubRel, 9));
        (await publisher.ReceiveAsync<AckPacket>()).ReasonCode.ShouldBe(MqttReasonCode.Success);
        await publisher.SendAsync(RawClient.Publish("t", "next", 2, 9));
        (await inbox.NextTextsAsync(2)).ShouldBe(["once", "next"]);
        await publisher.SendAsync(new AckPacket(PacketType.PubRel, 77));
        (await publisher.ReceiveAsync<AckPacket>()).Type.ShouldBe(PacketType.PubRec);
        (await publisher.ReceiveAsync<AckPacket>()).ReasonCode.ShouldBe(MqttReasonCode.PacketIdentifierNotFound);
    }
}
