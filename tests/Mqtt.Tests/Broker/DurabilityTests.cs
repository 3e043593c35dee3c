using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class DurabilityTests
{
    private static readonly Action<MqttClientOptionsBuilder> Persistent = o => o.WithCleanStart(false).WithSessionExpiryInterval(3600);

    private static readonly Func<MqttBrokerOptions, MqttBrokerOptions> WithIngest = o => o with
    {
        DurableSessions =
        [
            new MqttDurableSession("ingest", null, [new MqttTopicFilter { Topic = "sc/v1/+/+/telemetry", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }]),
        ],
    };

    [Theory]
    [InlineData(MqttQualityOfServiceLevel.AtLeastOnce)]
    [InlineData(MqttQualityOfServiceLevel.ExactlyOnce)]
    public async Task Restart_WithQueuedMessages_DeliversThemInOrder(MqttQualityOfServiceLevel level)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("c", configure: Persistent);
        await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder().WithTopicFilter("t", level).WithSubscriptionIdentifier(5).Build());
        await client.DisconnectAsync();
        for (var index = 0; index < 20; index++)
        {
            await broker.Broker.PublishAsync("t", System.Text.Encoding.UTF8.GetBytes($"{index}"), level);
        }

        await broker.RestartAsync();
        var inbox = new Inbox();
        await broker.ConnectAsync("c", inbox, Persistent);

        var first = await inbox.NextAsync();
        (first.Text, first.Message.SubscriptionIdentifiers!.Single()).ShouldBe(("0", 5u));
        (await inbox.NextTextsAsync(19)).ShouldBe(Enumerable.Range(1, 19).Select(index => (string?)$"{index}"));
        await broker.Broker.PublishAsync("t", "after"u8.ToArray(), level);
        (await inbox.NextAsync()).Text.ShouldBe("after");
    }

    [Fact]
    public async Task Kill_AfterAcknowledgedPublishes_KeepsEveryOneOfThem()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("c", configure: Persistent);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await client.DisconnectAsync();
        var publisher = await broker.ConnectAsync("publisher");
        var acknowledged = await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(index => publisher.PublishStringAsync("t", $"{index}", MqttQualityOfServiceLevel.AtLeastOnce)));
        acknowledged.ShouldAllBe(result => result.IsSuccess);

        await using var after = await broker.StartFromCopyAsync();
        var inbox = new Inbox();
        await after.ConnectAsync("c", inbox, Persistent);

        (await inbox.NextTextsAsync(200)).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 200).Select(index => (string?)$"{index}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Kill_AfterAcknowledgements_DoesNotDeliverThemAgain()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox, Persistent);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.Broker.PublishAsync("t", "done"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);
        await inbox.NextAsync();
        await broker.WhenAsync(statistics => statistics.QueuedMessages == 0);
        client.Dispose();
        await broker.Broker.PublishAsync("t", "open"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);

        await using var after = await broker.StartFromCopyAsync();
        var again = new Inbox();
        await after.ConnectAsync("c", again, Persistent);

        (await again.NextAsync()).Text.ShouldBe("open");
        after.Broker.Statistics.Sessions.ShouldBe(1);
    }

    [Fact]
    public async Task DurableSession_BeforeItsFirstConnect_KeepsWhatWasAcknowledged()
    {
        await using var broker = await TestBroker.StartAsync(WithIngest);
        var device = await broker.ConnectAsync("river-1");
        (await device.PublishStringAsync("sc/v1/162043/river-1/telemetry", "3.42", MqttQualityOfServiceLevel.AtLeastOnce))
            .ReasonCode.ShouldBe(MqttClientPublishReasonCode.Success);

        await using var after = await broker.StartFromCopyAsync(WithIngest);
        var inbox = new Inbox();
        var ingest = after.NewClient();
        inbox.Listen(ingest);
        var result = await ingest.ConnectAsync(after.Options("ingest", configure: Persistent));

        result.IsSessionPresent.ShouldBeTrue();
        (await inbox.NextAsync()).Text.ShouldBe("3.42");
    }

    [Fact]
    public async Task DurableSession_WhenItsClientLeavesForGood_StaysWithItsSubscriptions()
    {
        await using var broker = await TestBroker.StartAsync(WithIngest);
        var ingest = await broker.ConnectAsync("ingest", configure: o => o.WithCleanStart().WithSessionExpiryInterval(0));
        await ingest.DisconnectAsync();
        await broker.Broker.PublishAsync("sc/v1/1/2/telemetry", "kept"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.RestartAsync(WithIngest);

        var inbox = new Inbox();
        await broker.ConnectAsync("ingest", inbox, Persistent);

        (await inbox.NextAsync()).Text.ShouldBe("kept");
    }

    [Fact]
    public async Task Restart_WithAnExactlyOncePublishInTheMiddle_DoesNotRouteItTwice()
    {
        await using var broker = await TestBroker.StartAsync(WithIngest);
        var connect = RawClient.Connect("p", cleanStart: false, properties: new MqttProperties { SessionExpiryInterval = 100 });
        var publisher = await broker.ConnectRawAsync(connect);
        await publisher.ReceiveAsync<ConnAckPacket>();
        await publisher.SendAsync(RawClient.Publish("sc/v1/1/2/telemetry", "once", 2, 4));
        (await publisher.ReceiveAsync<AckPacket>()).Type.ShouldBe(PacketType.PubRec);

        await using var after = await broker.StartFromCopyAsync(WithIngest);
        var again = await after.ConnectRawAsync(connect);
        (await again.ReceiveAsync<ConnAckPacket>()).SessionPresent.ShouldBeTrue();
        var repeated = RawClient.Publish("sc/v1/1/2/telemetry", "once", 2, 4);
        repeated.Duplicate = true;
        await again.SendAsync(repeated);

        (await again.ReceiveAsync<AckPacket>()).Type.ShouldBe(PacketType.PubRec);
        after.Broker.Statistics.QueuedMessages.ShouldBe(1);
    }

    [Fact]
    public async Task Restart_WithAReleasedMessage_ReleasesItAgainUnderItsIdentifier()
    {
        await using var broker = await TestBroker.StartAsync();
        var connect = RawClient.Connect("c", cleanStart: false, properties: new MqttProperties { SessionExpiryInterval = 100 });
        var client = await broker.ConnectRawAsync(connect);
        await client.ReceiveAsync<ConnAckPacket>();
        await client.SendAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "t", QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce }] });
        await client.ReceiveAsync<SubscriptionAckPacket>();
        await broker.Broker.PublishAsync("t", "1"u8.ToArray(), MqttQualityOfServiceLevel.ExactlyOnce);
        var identifier = (await client.ReceiveAsync<PublishPacket>()).PacketIdentifier;
        await client.SendAsync(new AckPacket(PacketType.PubRec, identifier));
        await client.ReceiveAsync<AckPacket>();

        await broker.RestartAsync();
        var again = await broker.ConnectRawAsync(connect);
        await again.ReceiveAsync<ConnAckPacket>();

        var released = await again.ReceiveAsync<AckPacket>();
        (released.Type, released.PacketIdentifier).ShouldBe((PacketType.PubRel, identifier));
    }

    [Fact]
    public async Task Compaction_WhenMostIsDone_KeepsWhatIsStillNeeded()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(o => WithIngest(o) with { CompactionThresholdBytes = 20_000 }, clock);
        var inbox = new Inbox();
        var busy = await broker.ConnectAsync("busy", inbox, o => Persistent(o.WithNoKeepAlive()));
        await busy.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.Broker.PublishAsync("sc/v1/1/2/telemetry", "needed"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.Broker.PublishAsync("retained", "kept"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        for (var index = 0; index < 100; index++)
        {
            await broker.Broker.PublishAsync("t", new byte[500], MqttQualityOfServiceLevel.AtLeastOnce);
        }

        await inbox.NextTextsAsync(100);
        await broker.WhenAsync(statistics => statistics.QueuedMessages == 1);
        broker.Broker.Statistics.JournalBytes.ShouldBeGreaterThan(50_000);
        clock.Advance(TimeSpan.FromSeconds(1));
        await broker.WhenAsync(statistics => statistics.JournalBytes < 5_000);

        await using var after = await broker.StartFromCopyAsync(WithIngest);
        var rest = new Inbox();
        await after.ConnectAsync("ingest", rest, Persistent);
        (await rest.NextAsync()).Text.ShouldBe("needed");
        after.Broker.Statistics.RetainedMessages.ShouldBe(1);
        (await after.NewClient().ConnectAsync(after.Options("busy", configure: Persistent))).IsSessionPresent.ShouldBeTrue();
        after.Broker.Statistics.Subscriptions.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_WhenNoSessionLasts_WritesNothing()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.ExactlyOnce);

        await client.PublishStringAsync("t", "x", MqttQualityOfServiceLevel.ExactlyOnce);

        await inbox.NextAsync();
        broker.Broker.Statistics.JournalBytes.ShouldBe(0);
    }

    [Fact]
    public async Task StartAsync_WhenAnotherBrokerHasTheDirectory_Throws()
    {
        await using var broker = await TestBroker.StartAsync();
        var rules = new TestRules();
        await using var second = new MqttBroker(new MqttBrokerOptions { DataDirectory = broker.Directory.Path, Port = 0 }, rules, rules);

        (await Should.ThrowAsync<IOException>(() => second.StartAsync())).Message.ShouldContain(broker.Directory.Path);
    }
}
