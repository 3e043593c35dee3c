using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

/// <summary>What a client may ask for is bounded, and it is told so with the specified code.</summary>
public sealed class SubscribeLimitTests
{
    private const byte Refused = 0x80;

    private static readonly string TooDeep = new('/', TopicLimits.MaximumLevels);

    public static TheoryData<ProtocolVersion, string, byte> Filters => new()
    {
        { ProtocolVersion.Version500, TooDeep, (byte)MqttReasonCode.TopicFilterInvalid },
        { ProtocolVersion.Version311, TooDeep, Refused },
        { ProtocolVersion.Version500, TooDeep[1..], 0 },
        { ProtocolVersion.Version500, $"$share/g/{TooDeep}", (byte)MqttReasonCode.TopicFilterInvalid },
        { ProtocolVersion.Version500, $"$share/g/{TooDeep[1..]}", 0 },
        { ProtocolVersion.Version500, $"$share/{new string('g', TopicLimits.MaximumGroupBytes + 1)}/t", (byte)MqttReasonCode.TopicFilterInvalid },
        { ProtocolVersion.Version500, $"$share/{new string('水', (TopicLimits.MaximumGroupBytes / 3) + 1)}/t", (byte)MqttReasonCode.TopicFilterInvalid },
        { ProtocolVersion.Version500, $"$share/{new string('g', TopicLimits.MaximumGroupBytes)}/t", 0 },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Subscribe_WithAFilterBeyondTheBounds_IsRefused(ProtocolVersion version, string filter, byte expected)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await ConnectAsync(broker, RawClient.Connect("c", version));

        (await SubscribeAsync(client, filter)).ShouldBe([expected]);
    }

    [Fact]
    public async Task Publish_ToATopicWithTooManyLevels_SaysThatTheNameIsInvalid()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await ConnectAsync(broker, RawClient.Connect("c"));

        await client.SendAsync(RawClient.Publish(TooDeep, "x", 1, 1));
        await client.SendAsync(RawClient.Publish(TooDeep, "x", 2, 2));

        (await client.ReceiveAsync<AckPacket>()).ReasonCode.ShouldBe(MqttReasonCode.TopicNameInvalid);
        (await client.ReceiveAsync<AckPacket>()).ReasonCode.ShouldBe(MqttReasonCode.TopicNameInvalid);
        await Should.ThrowAsync<ArgumentException>(() => broker.Broker.PublishAsync(TooDeep, default));
    }

    [Fact]
    public async Task Publish_ToATopicWithTooManyLevelsWithVersion311_ClosesTheConnection()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await ConnectAsync(broker, RawClient.Connect("c", ProtocolVersion.Version311));

        await client.SendAsync(RawClient.Publish(TooDeep, "x", 1, 1));

        (await client.ReceiveAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Connect_WithALastWillWithTooManyLevels_SaysThatTheNameIsInvalid()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(new ConnectPacket
        {
            ClientId = "c",
            Version = ProtocolVersion.Version500,
            Will = new WillMessage { Topic = TooDeep, Payload = [1] },
        });

        (await client.ReceiveAsync<ConnAckPacket>()).ReasonCode.ShouldBe((byte)MqttReasonCode.TopicNameInvalid);
    }

    [Theory]
    [InlineData(ProtocolVersion.Version500, (byte)MqttReasonCode.QuotaExceeded)]
    [InlineData(ProtocolVersion.Version311, Refused)]
    public async Task Subscribe_WithMoreFiltersThanASessionMayHave_RefusesTheRest(ProtocolVersion version, byte expected)
    {
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumSubscriptionsPerSession = 2 });
        var client = await ConnectAsync(broker, RawClient.Connect("c", version));

        (await SubscribeAsync(client, "#", "#", "#", "#")).ShouldBe([0, 0, expected, expected]);
        broker.Refusals.Single().ReasonCode.ShouldBe(MqttReasonCode.QuotaExceeded);
    }

    [Fact]
    public async Task Subscribe_WhenItsFirstFilterTakesTheRoom_RefusesTheSecond()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumQueuedMessagesPerSession = 3 });
        await broker.Broker.PublishAsync("r/1", "x"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        await broker.Broker.PublishAsync("r/2", "x"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        var client = await ConnectAsync(broker, RawClient.Connect("c"));

        (await SubscribeAsync(client, "r/#", "r/+")).ShouldBe([1, (byte)MqttReasonCode.QuotaExceeded]);
        broker.Broker.Statistics.QueuedMessages.ShouldBe(2);
    }

    private static async Task<RawClient> ConnectAsync(TestBroker broker, ConnectPacket connect)
    {
        var client = await broker.ConnectRawAsync(connect);
        await client.ReceiveAsync<ConnAckPacket>();
        return client;
    }

    // Retained messages may come before the acknowledgement.
    private static async Task<List<byte>> SubscribeAsync(RawClient client, params string[] filters)
    {
        await client.SendAsync(new SubscribePacket
        {
            PacketIdentifier = 1,
            Filters = [.. filters.Select(filter => new MqttTopicFilter { Topic = filter, QualityOfServiceLevel = (MqttQualityOfServiceLevel)(filter.StartsWith("r/", StringComparison.Ordinal) ? 1 : 0) })],
        });
        while (true)
        {
            if (await client.ReceiveAsync() is not PublishPacket and var packet)
            {
                return [.. packet.ShouldBeOfType<SubscriptionAckPacket>().ReasonCodes];
            }
        }
    }
}
