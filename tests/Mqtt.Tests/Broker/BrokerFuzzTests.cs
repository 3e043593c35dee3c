using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class BrokerFuzzTests
{
    private const long MaximumGrowthBytes = 64 * 1024 * 1024;
    private const int RoundsBetweenChecks = 500;

    // What a stranger may leave behind is bounded by these, so that memory can be compared.
    private static readonly Func<MqttBrokerOptions, MqttBrokerOptions> Bounded = o => o with
    {
        EnhancedAuthenticator = new TestExchanges(),
        MaximumSessions = 500,
        MaximumSessionExpiry = TimeSpan.FromSeconds(1),
        MaximumRetainedMessages = 500,
        MaximumQueuedMessagesPerSession = 100,
        MaximumPublishDelay = TimeSpan.FromMilliseconds(1),
        CompactionThresholdBytes = 1024 * 1024,
    };

    [Fact]
    public async Task Broker_WhenSentMutatedPackets_ServesOthersAndKeepsNothing()
    {
        await using var broker = await TestBroker.StartAsync(Bounded);
        var mutator = new PacketMutator(FuzzBudget.Seed);
        var budget = FuzzBudget.Start(share: 0.7);
        var inbox = new Inbox();
        var honest = await broker.ConnectAsync("honest", inbox, o => o.WithCredentials("honest", "key"));
        await honest.SubscribeAsync("still/here", MqttQualityOfServiceLevel.AtLeastOnce);
        long packets = 0;
        long round = 0;
        long? memory = null;
        try
        {
            for (; budget.HasMore(packets); round++)
            {
                packets += await AttackAsync(broker.Port, mutator);
                if (round % RoundsBetweenChecks == RoundsBetweenChecks - 1)
                {
                    await CheckAsync(broker, honest, inbox);
                    memory ??= GC.GetTotalMemory(forceFullCollection: true);
                }
            }

            await CheckAsync(broker, honest, inbox);
            (GC.GetTotalMemory(forceFullCollection: true) - (memory ?? long.MaxValue)).ShouldBeLessThan(MaximumGrowthBytes);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {FuzzBudget.Seed}, round {round}, about packet {packets}: {exception.Message}", exception);
        }
    }

    // One connection with some packets, which ends with a reset, or politely and then must be closed by the broker.
    private static async Task<int> AttackAsync(int port, PacketMutator mutator)
    {
        var version = mutator.NextVersion();
        var count = mutator.Random.Next(1, 60);
        var connect = PacketBytes.Encode(
            RawClient.Connect($"fuzz-{mutator.Random.Next(8)}", version, mutator.Random.Next(2) == 0, new MqttProperties { SessionExpiryInterval = (uint)mutator.Random.Next(3) }),
            version);
        var bytes = new List<byte>(mutator.Random.Next(8) == 0 ? mutator.Mutate(connect) : connect);
        for (var index = 1; index < count; index++)
        {
            bytes.AddRange(mutator.Next(version));
        }

        using var client = await RawClient.OpenAsync(port);
        try
        {
            await client.SendAsync(bytes.ToArray());
            if (mutator.Random.Next(2) == 0)
            {
                client.Abort();
            }
            else
            {
                await client.DrainAsync();
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            // The broker had closed before all was sent: so it may.
            return count;
        }

        return count;
    }

    private static async Task CheckAsync(TestBroker broker, IMqttClient honest, Inbox inbox)
    {
        (await honest.PublishStringAsync("still/here", "yes", MqttQualityOfServiceLevel.AtLeastOnce).WaitAsync(TestBroker.Patience)).IsSuccess.ShouldBeTrue();
        string? text;
        do
        {
            text = (await inbox.NextAsync()).Text;
        }
        while (text != "yes");
        await broker.WhenAsync(statistics => statistics is { Connections: 1, Handshakes: 0 });
    }
}
