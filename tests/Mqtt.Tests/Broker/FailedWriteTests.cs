using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Journal;
using SmartCity.Embedded.Mqtt.Broker.Routing;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Broker.Storage;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class FailedWriteTests
{
    private static readonly Action<MqttClientOptionsBuilder> Persistent = o => o.WithCleanStart(false).WithSessionExpiryInterval(3600).WithNoKeepAlive();

    [Fact]
    public async Task Publish_AfterAFailedWrite_IsRefusedUntilTheStateIsRewritten()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var old = await broker.ConnectAsync("old", configure: Persistent);
        await old.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await old.DisconnectAsync();
        var publisher = await broker.ConnectAsync("publisher", configure: o => o.WithNoKeepAlive());
        (await PublishAsync(publisher, "before")).ShouldBe(MqttClientPublishReasonCode.Success);
        using (new BrokenFile(Path.Combine(broker.Directory.Path, "journal-000001.log")))
        {
            (await PublishAsync(publisher, "lost")).ShouldBe(MqttClientPublishReasonCode.ImplementationSpecificError);
        }

        // The journal never hears of this session: what is stored for it would be thrown away at the next start.
        var made = await broker.ConnectAsync("made", configure: Persistent);
        (await PublishAsync(publisher, "refused")).ShouldBe(MqttClientPublishReasonCode.ImplementationSpecificError);
        broker.Broker.Statistics.JournalFailure.ShouldNotBeNull();
        clock.Advance(TimeSpan.FromSeconds(1));
        await broker.WhenAsync(statistics => statistics.JournalFailure is null);
        await made.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await made.DisconnectAsync();
        (await PublishAsync(publisher, "after")).ShouldBe(MqttClientPublishReasonCode.Success);

        await using var restarted = await broker.StartFromCopyAsync();
        var inbox = new Inbox();
        await restarted.ConnectAsync("old", inbox, Persistent);
        (await inbox.NextTextsAsync(4)).ShouldBe(["before", "lost", "refused", "after"]);
        var second = new Inbox();
        await restarted.ConnectAsync("made", second, Persistent);
        (await second.NextAsync()).Text.ShouldBe("after");
    }

    [Fact]
    public async Task ExactlyOnce_WhenItsIdentifierIsNotStored_IsNotSentBeforeItIs()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var connect = RawClient.Connect("c", cleanStart: false, properties: new MqttProperties { SessionExpiryInterval = 100 });
        var client = await broker.ConnectRawAsync(connect);
        await client.ReceiveAsync<ConnAckPacket>();
        await client.SendAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "t", QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce }] });
        await client.ReceiveAsync<SubscriptionAckPacket>();
        using (new BrokenFile(Path.Combine(broker.Directory.Path, "journal-000001.log")))
        {
            await Should.ThrowAsync<IOException>(() => broker.Broker.PublishAsync("t", "x"u8.ToArray(), MqttQualityOfServiceLevel.ExactlyOnce));
            (await client.ReceiveAsync<DisconnectPacket>()).ReasonCode.ShouldBe(MqttReasonCode.ImplementationSpecificError);
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        await broker.WhenAsync(statistics => statistics.JournalFailure is null);
        var again = await broker.ConnectRawAsync(connect);
        await again.ReceiveAsync<ConnAckPacket>();
        var identifier = (await again.ReceiveAsync<PublishPacket>()).PacketIdentifier;
        await again.SendAsync(new AckPacket(PacketType.PubRec, identifier));
        (await again.ReceiveAsync<AckPacket>()).Type.ShouldBe(PacketType.PubRel);
        await again.SendAsync(new AckPacket(PacketType.PubComp, identifier));
        await broker.WhenAsync(statistics => statistics.QueuedMessages == 0);
    }

    [Fact]
    public async Task Start_WithTwoSessionsOfOneClient_TakesTheNewer()
    {
        var directory = new TemporaryDirectory();
        await using (var log = AppendLog.Open(directory.Path, static _ => { }))
        {
            Write(log, 5, "stale");
            Write(log, 9, "wanted");
        }

        await using var broker = await TestBroker.StartAsync(directory: directory);

        (broker.Broker.Statistics.Sessions, broker.Broker.Statistics.Subscriptions).ShouldBe((1, 1));
        await broker.Broker.PublishAsync("wanted", "x"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);
        broker.Broker.Statistics.QueuedMessages.ShouldBe(1);
    }

    private static void Write(AppendLog log, uint key, string filter)
    {
        var writer = new RecordWriter();
        var session = new Session(key, "c", null, new SessionLimits(10, 10_000)) { ExpirySeconds = 3600 };
        writer.Session(session);
        log.Append(writer.Written);
        writer.Subscribed(new Subscription(session, filter) { QualityOfService = 1 });
        log.Append(writer.Written);
    }

    private static async Task<MqttClientPublishReasonCode> PublishAsync(IMqttClient client, string text)
        => (await client.PublishStringAsync("t", text, MqttQualityOfServiceLevel.AtLeastOnce).WaitAsync(TestBroker.Patience)).ReasonCode;
}
