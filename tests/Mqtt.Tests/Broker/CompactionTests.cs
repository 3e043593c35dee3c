using MQTTnet;
using MQTTnet.Protocol;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class CompactionTests
{
    private static readonly Action<MqttClientOptionsBuilder> Persistent = o => o.WithCleanStart(false).WithSessionExpiryInterval(3600).WithNoKeepAlive();

    [Fact]
    public async Task Compaction_WhenTheJournalIsFullOfSubscriptions_IsNotRepeatedUntilItHasDoubled()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(o => o with { CompactionThresholdBytes = 20_000 }, clock);
        var client = await broker.ConnectAsync("c", configure: Persistent);
        for (var index = 0; index < 100; index++)
        {
            await client.SubscribeAsync($"{new string('x', 300)}/{index}");
        }

        for (var second = 0; second < 5; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            // Waits for the disk, and so for the rewrite.
            await broker.Broker.PublishAsync("flush", "1"u8.ToArray(), retain: true);
        }

        NameOfJournal(broker).ShouldBe("journal-000002.log");
        for (var index = 100; index < 220; index++)
        {
            await client.SubscribeAsync($"{new string('x', 300)}/{index}");
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        await broker.Broker.PublishAsync("flush", "1"u8.ToArray(), retain: true);
        NameOfJournal(broker).ShouldBe("journal-000003.log");
    }

    [Fact]
    public async Task Compaction_WhenManySessionsWaitForAMessage_WritesItOnce()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(o => o with { CompactionThresholdBytes = 20_000 }, clock);
        for (var session = 0; session < 6; session++)
        {
            var client = await broker.ConnectAsync($"absent-{session}", configure: Persistent);
            await client.SubscribeAsync("t", session % 2 == 0 ? MqttQualityOfServiceLevel.AtLeastOnce : MqttQualityOfServiceLevel.ExactlyOnce);
            await client.DisconnectAsync();
        }

        for (var index = 0; index < 40; index++)
        {
            await broker.Broker.PublishAsync("t", new byte[500], MqttQualityOfServiceLevel.ExactlyOnce);
        }

        for (var index = 0; index < 200; index++)
        {
            await broker.Broker.PublishAsync("figure", new byte[500], retain: true);
        }

        broker.Broker.Statistics.JournalBytes.ShouldBeGreaterThan(100_000);
        clock.Advance(TimeSpan.FromSeconds(1));
        await broker.WhenAsync(statistics => statistics.JournalBytes < 100_000);

        broker.Broker.Statistics.JournalBytes.ShouldBeLessThan(40_000);
        await using var after = await broker.StartFromCopyAsync();
        after.Broker.Statistics.QueuedMessages.ShouldBe(240);
        after.Broker.Statistics.RetainedMessages.ShouldBe(1);
    }

    private static string NameOfJournal(TestBroker broker)
        => Path.GetFileName(Directory.GetFiles(broker.Directory.Path, "journal-*.log").Single());
}
