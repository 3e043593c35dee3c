using System.Buffers;
using MQTTnet.Packets;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Codec;

public sealed class FuzzTests
{
    // A failure names the round: the same seed gives the same packets again.
    private const int Seed = 20260701;

    private static readonly MqttPacket[] Samples =
    [
        RawClient.Connect("fuzz", properties: new MqttProperties { SessionExpiryInterval = 1, ReceiveMaximum = 3, UserProperties = [new MqttUserProperty("a", new ReadOnlyMemory<byte>([98]))] }),
        new ConnectPacket { ClientId = "w", Version = ProtocolVersion.Version500, UserName = "u", Password = [1], Will = new WillMessage { Topic = "w", Payload = [1], Properties = new MqttProperties { WillDelayInterval = 1 } } },
        RawClient.Publish("fuzz/topic", "payload", 1, 5),
        new PublishPacket { Topic = new TopicName("x"), Properties = new MqttProperties { TopicAlias = 1, MessageExpiryInterval = 4, CorrelationData = [1, 2], ResponseTopic = "r", SubscriptionIdentifiers = [1] } },
        new AckPacket(PacketType.PubAck, 1, MqttReasonCode.QuotaExceeded) { Properties = new MqttProperties { ReasonString = "r" } },
        new AckPacket(PacketType.PubRel, 2),
        new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "a/+/#" }, new MqttTopicFilter { Topic = "$share/g/x" }] },
        new UnsubscribePacket { PacketIdentifier = 2, Filters = ["a"] },
        new ConnAckPacket { Properties = new MqttProperties { AssignedClientIdentifier = "a", MaximumQoS = 1 } },
        new SubscriptionAckPacket(PacketType.SubAck, 3, [0, 1]),
        new DisconnectPacket(MqttReasonCode.ServerBusy) { Properties = new MqttProperties { ServerReference = "x" } },
        new AuthPacket(MqttReasonCode.ReAuthenticate) { Properties = new MqttProperties { AuthenticationMethod = "m", AuthenticationData = [1] } },
        PingPacket.Request,
    ];

    [Fact]
    public void Decode_OfMutatedPackets_ReturnsOrGivesAReasonCode()
    {
        var random = new Random(Seed);
        var refused = 0;
        for (var round = 0; round < 60_000; round++)
        {
            var version = random.Next(2) == 0 ? ProtocolVersion.Version311 : ProtocolVersion.Version500;
            var bytes = Mutate(PacketBytes.Encode(Samples[random.Next(Samples.Length)], version), random);
            var buffer = random.Next(2) == 0 ? new ReadOnlySequence<byte>(bytes) : PacketBytes.InPieces(bytes, random.Next(1, 9));
            try
            {
                while (FrameReader.TryRead(ref buffer, 1 << 20, out var header, out var body))
                {
                    new PacketDecoder { Version = version }.Decode(header, body).ShouldNotBeNull();
                }
            }
            catch (MqttProtocolException exception)
            {
                ((byte)exception.ReasonCode).ShouldBeGreaterThanOrEqualTo((byte)0x80, $"round {round}");
                refused++;
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Round {round}: {Convert.ToHexString(bytes)}", exception);
            }
        }

        refused.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task Broker_WhenSentMutatedStreams_ClosesThemAndServesOthers()
    {
        await using var broker = await TestBroker.StartAsync();
        var random = new Random(Seed);
        var connect = PacketBytes.Encode(RawClient.Connect("fuzzer"), ProtocolVersion.Version500);
        for (var round = 0; round < 200; round++)
        {
            using var client = await broker.ConnectRawAsync();
            var bytes = new List<byte>(random.Next(4) == 0 ? [] : connect);
            for (var count = random.Next(1, 8); count > 0; count--)
            {
                bytes.AddRange(Mutate(PacketBytes.Encode(Samples[random.Next(Samples.Length)], ProtocolVersion.Version500), random));
            }

            await client.SendAsync(bytes.ToArray());
            client.Abort();
        }

        var inbox = new Inbox();
        var honest = await broker.ConnectAsync("honest", inbox);
        await MQTTnet.MqttClientExtensions.SubscribeAsync(honest, "still/here");
        await MQTTnet.MqttClientExtensions.PublishStringAsync(honest, "still/here", "yes");
        (await inbox.NextAsync()).Text.ShouldBe("yes");
    }

    private static byte[] Mutate(byte[] packet, Random random)
    {
        var bytes = packet.ToList();
        for (var count = random.Next(0, 4); count > 0 && bytes.Count > 0; count--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes.RemoveAt(at); break;
                default: bytes.Insert(at, (byte)random.Next(256)); break;
            }
        }

        return [.. bytes];
    }
}
