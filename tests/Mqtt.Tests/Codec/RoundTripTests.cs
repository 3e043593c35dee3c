using System.Buffers;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Codec;

public sealed class RoundTripTests
{
    private static readonly List<MqttUserProperty> UserProperties =
        [new("名", new ReadOnlyMemory<byte>("値"u8.ToArray())), new("名", new ReadOnlyMemory<byte>("2"u8.ToArray()))];

    public static TheoryData<ProtocolVersion> Versions => [ProtocolVersion.Version311, ProtocolVersion.Version500];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Connect_WithEverything_ComesBack(ProtocolVersion version)
    {
        var packet = PacketBytes.RoundTrip(
            new ConnectPacket
            {
                Version = version,
                ClientId = "河川-1",
                CleanStart = true,
                KeepAliveSeconds = 65535,
                UserName = "162043/river",
                Password = [0, 1, 255],
                Will = new WillMessage { Topic = "a/b", Payload = [9], QualityOfService = 2, Retain = true, Properties = new MqttProperties { WillDelayInterval = 7, ContentType = "t" } },
                Properties = new MqttProperties { SessionExpiryInterval = uint.MaxValue, ReceiveMaximum = 10, MaximumPacketSize = 100, TopicAliasMaximum = 5, RequestProblemInformation = 0, RequestResponseInformation = 1, UserProperties = UserProperties },
            },
            version);

        (packet.Version, packet.ClientId, packet.CleanStart, packet.KeepAliveSeconds).ShouldBe((version, "河川-1", true, (ushort)65535));
        packet.UserName.ShouldBe("162043/river");
        packet.Password.ShouldBe([0, 1, 255]);
        packet.Will!.Topic.ShouldBe("a/b");
        (packet.Will.QualityOfService, packet.Will.Retain).ShouldBe(((byte)2, true));
        if (version == ProtocolVersion.Version500)
        {
            packet.Will.Properties!.WillDelayInterval.ShouldBe(7u);
            packet.Properties!.SessionExpiryInterval.ShouldBe(uint.MaxValue);
            packet.Properties.MaximumPacketSize.ShouldBe(100u);
            packet.Properties.RequestProblemInformation.ShouldBe((byte)0);
            packet.Properties.UserProperties.ShouldBe(UserProperties);
        }
        else
        {
            packet.Properties.ShouldBeNull();
        }
    }

    [Fact]
    public void ConnAck_WithAllProperties_ComesBack()
    {
        var properties = new MqttProperties
        {
            SessionExpiryInterval = 1,
            ReceiveMaximum = 2,
            MaximumQoS = 1,
            RetainAvailable = 0,
            MaximumPacketSize = 3,
            AssignedClientIdentifier = "x",
            TopicAliasMaximum = 4,
            ReasonString = "r",
            UserProperties = UserProperties,
            WildcardSubscriptionAvailable = 0,
            SubscriptionIdentifierAvailable = 0,
            SharedSubscriptionAvailable = 0,
            ServerKeepAlive = 5,
            ResponseInformation = "i",
            ServerReference = "s",
            AuthenticationMethod = "m",
            AuthenticationData = [1],
        };

        var packet = PacketBytes.RoundTrip(new ConnAckPacket { SessionPresent = true, ReasonCode = 0, Properties = properties }, ProtocolVersion.Version500);

        packet.SessionPresent.ShouldBeTrue();
        packet.Properties!.UserProperties.ShouldBe(UserProperties);
        // Compared by value above: their buffers are not the same objects.
        packet.Properties.UserProperties = properties.UserProperties;
        packet.Properties.ShouldBeEquivalentTo(properties);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Publish_WithEverything_ComesBack(ProtocolVersion version)
    {
        var payload = new byte[300];
        Random.Shared.NextBytes(payload);
        var packet = PacketBytes.RoundTrip(
            new PublishPacket
            {
                Topic = new TopicName("sc/v1/162043/川/telemetry"),
                QualityOfService = 2,
                Duplicate = true,
                Retain = true,
                PacketIdentifier = 65535,
                Payload = new ReadOnlySequence<byte>(payload),
                Properties = new MqttProperties { PayloadFormatIndicator = 1, MessageExpiryInterval = 9, ContentType = "c", ResponseTopic = "r", CorrelationData = [1, 2], TopicAlias = 3, SubscriptionIdentifiers = [1, 268435455], UserProperties = UserProperties },
            },
            version);

        packet.Topic.Value.ShouldBe("sc/v1/162043/川/telemetry");
        (packet.QualityOfService, packet.Duplicate, packet.Retain, packet.PacketIdentifier).ShouldBe(((byte)2, true, true, (ushort)65535));
        packet.Payload.ToArray().ShouldBe(payload);
        if (version == ProtocolVersion.Version500)
        {
            packet.Properties!.SubscriptionIdentifiers.ShouldBe([1u, 268435455u]);
            packet.Properties.CorrelationData.ShouldBe([1, 2]);
            packet.Properties.MessageExpiryInterval.ShouldBe(9u);
            packet.Properties.UserProperties.ShouldBe(UserProperties);
        }
    }

    [Theory]
    [InlineData(PacketType.PubAck, MqttReasonCode.QuotaExceeded)]
    [InlineData(PacketType.PubRec, MqttReasonCode.NotAuthorized)]
    [InlineData(PacketType.PubRel, MqttReasonCode.PacketIdentifierNotFound)]
    [InlineData(PacketType.PubComp, MqttReasonCode.Success)]
    public void Acknowledgements_WithReason_ComeBack(PacketType type, MqttReasonCode reason)
    {
        var plain = PacketBytes.RoundTrip(new AckPacket(type, 7, reason), ProtocolVersion.Version500);
        var full = PacketBytes.RoundTrip(new AckPacket(type, 8, reason) { Properties = new MqttProperties { ReasonString = "why" } }, ProtocolVersion.Version500);

        (plain.Type, plain.PacketIdentifier, plain.ReasonCode).ShouldBe((type, (ushort)7, reason));
        (full.Type, full.PacketIdentifier, full.ReasonCode, full.Properties!.ReasonString).ShouldBe((type, (ushort)8, reason, "why"));
    }

    [Fact]
    public void Subscribe_WithAllOptions_ComesBack()
    {
        var filter = new MqttTopicFilter { Topic = "$share/g/a/+/#", QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce, NoLocal = true, RetainAsPublished = true, RetainHandling = MqttRetainHandling.DoNotSendOnSubscribe };

        var packet = PacketBytes.RoundTrip(
            new SubscribePacket { PacketIdentifier = 3, Filters = [filter], Properties = new MqttProperties { SubscriptionIdentifiers = [5] } },
            ProtocolVersion.Version500);

        packet.PacketIdentifier.ShouldBe((ushort)3);
        packet.Filters.Single().ShouldBeEquivalentTo(filter);
        packet.Properties!.SubscriptionIdentifiers.ShouldBe([5u]);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void TheOtherPackets_ComeBack(ProtocolVersion version)
    {
        PacketBytes.RoundTrip(new UnsubscribePacket { PacketIdentifier = 4, Filters = ["a", "b/#"] }, version).Filters.ShouldBe(["a", "b/#"]);
        PacketBytes.RoundTrip(new SubscriptionAckPacket(PacketType.SubAck, 5, [0, 1, 0x80]), version).ReasonCodes.ShouldBe([0, 1, 0x80]);
        PacketBytes.RoundTrip(new SubscriptionAckPacket(PacketType.UnsubAck, 6, [0, 17]), version).PacketIdentifier.ShouldBe((ushort)6);
        PacketBytes.RoundTrip(PingPacket.Request, version).Type.ShouldBe(PacketType.PingReq);
        PacketBytes.RoundTrip(PingPacket.Response, version).Type.ShouldBe(PacketType.PingResp);
    }

    [Fact]
    public void DisconnectAndAuth_WithReason_ComeBack()
    {
        PacketBytes.RoundTrip(new DisconnectPacket(MqttReasonCode.SessionTakenOver) { Properties = new MqttProperties { ServerReference = "b" } }, ProtocolVersion.Version500)
            .Properties!.ServerReference.ShouldBe("b");
        PacketBytes.RoundTrip(new DisconnectPacket(MqttReasonCode.Success), ProtocolVersion.Version500).ReasonCode.ShouldBe(MqttReasonCode.Success);
        PacketBytes.RoundTrip(new AuthPacket(MqttReasonCode.ContinueAuthentication) { Properties = new MqttProperties { AuthenticationMethod = "m" } }, ProtocolVersion.Version500)
            .ReasonCode.ShouldBe(MqttReasonCode.ContinueAuthentication);
    }
}
