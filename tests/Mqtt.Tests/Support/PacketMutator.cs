using MQTTnet.Packets;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Codec;

namespace SmartCity.Mqtt.Tests.Support;

/// <summary>Makes packets that are nearly right: the same seed gives the same packets again.</summary>
public sealed class PacketMutator(int seed)
{
    private static readonly MqttPacket[] Samples =
    [
        RawClient.Connect("fuzz", properties: new MqttProperties { SessionExpiryInterval = 1, ReceiveMaximum = 3, UserProperties = [new MqttUserProperty("a", new ReadOnlyMemory<byte>([98]))] }),
        new ConnectPacket { ClientId = "w", Version = ProtocolVersion.Version500, UserName = "u", Password = [1], Will = new WillMessage { Topic = "w", Payload = [1], Properties = new MqttProperties { WillDelayInterval = 1 } } },
        RawClient.Publish("fuzz/topic", "payload", 1, 5),
        new PublishPacket { Topic = new TopicName("x"), Properties = new MqttProperties { TopicAlias = 1, MessageExpiryInterval = 4, CorrelationData = [1, 2], ResponseTopic = "r", SubscriptionIdentifiers = [1] } },
        new AckPacket(PacketType.PubAck, 1, MqttReasonCode.QuotaExceeded) { Properties = new MqttProperties { ReasonString = "r" } },
        new AckPacket(PacketType.PubRec, 1),
        new AckPacket(PacketType.PubRel, 2),
        new AckPacket(PacketType.PubComp, 3),
        RawClient.Publish("fuzz/exactly", "once", 2, 2),
        RawClient.Publish("fuzz/kept", "retained", 1, 3, retain: true),
        new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "a/+/#" }, new MqttTopicFilter { Topic = "$share/g/x" }] },
        new UnsubscribePacket { PacketIdentifier = 2, Filters = ["a"] },
        new ConnAckPacket { Properties = new MqttProperties { AssignedClientIdentifier = "a", MaximumQoS = 1 } },
        new SubscriptionAckPacket(PacketType.SubAck, 3, [0, 1]),
        new SubscriptionAckPacket(PacketType.UnsubAck, 4, [0, 17]),
        PingPacket.Response,
        new DisconnectPacket(MqttReasonCode.ServerBusy) { Properties = new MqttProperties { ServerReference = "x" } },
        new AuthPacket(MqttReasonCode.ReAuthenticate) { Properties = new MqttProperties { AuthenticationMethod = "m", AuthenticationData = [1] } },
        PingPacket.Request,
    ];

    public Random Random { get; } = new(seed);

    public ProtocolVersion NextVersion() => Random.Next(2) == 0 ? ProtocolVersion.Version311 : ProtocolVersion.Version500;

    public byte[] Next(ProtocolVersion version) => Mutate(PacketBytes.Encode(Samples[Random.Next(Samples.Length)], version));

    /// <summary>Up to three bytes changed, flipped, removed, added or cut off; sometimes none.</summary>
    public byte[] Mutate(byte[] packet)
    {
        var bytes = packet.ToList();
        for (var count = Random.Next(0, 4); count > 0 && bytes.Count > 0; count--)
        {
            var at = Random.Next(bytes.Count);
            switch (Random.Next(5))
            {
                case 0: bytes[at] = (byte)Random.Next(256); break;
                case 1: bytes[at] ^= (byte)(1 << Random.Next(8)); break;
                case 2: bytes.RemoveAt(at); break;
                case 3: bytes.Insert(at, (byte)Random.Next(256)); break;
                default: bytes.RemoveRange(at, Random.Next(bytes.Count - at)); break;
            }
        }

        return [.. bytes];
    }
}
