using MQTTnet.Packets;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

/// <summary>Packets that are well formed and not allowed where they come.</summary>
public sealed class ProtocolErrorTests
{
    public static TheoryData<MqttPacket> ServersOnly =>
    [
        new ConnAckPacket(), new SubscriptionAckPacket(PacketType.SubAck, 1, [0]), new SubscriptionAckPacket(PacketType.UnsubAck, 1, [0]), PingPacket.Response,
    ];

    [Theory]
    [MemberData(nameof(ServersOnly))]
    public async Task Packet_ThatOnlyServersSend_EndsTheConnection(MqttPacket packet)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await ConnectAsync(broker);

        await client.SendAsync(packet);

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.ProtocolError);
    }

    [Fact]
    public async Task Publish_WithASubscriptionIdentifier_EndsTheConnection()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await ConnectAsync(broker);

        await client.SendAsync(new PublishPacket { Topic = new TopicName("t"), Properties = new MqttProperties { SubscriptionIdentifiers = [1] } });

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.ProtocolError);
    }

    [Fact]
    public async Task Subscribe_SharedAndNoLocal_EndsTheConnection()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await ConnectAsync(broker);

        await client.SendAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "$share/g/t", NoLocal = true }] });

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.ProtocolError);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/#/b")]
    [InlineData("$share//t")]
    [InlineData("$share/g+/t")]
    public async Task Subscribe_WithAFilterThatCannotBe_IsRefusedInTheAcknowledgement(string filter)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await ConnectAsync(broker);

        await client.SendAsync(new SubscribePacket { PacketIdentifier = 7, Filters = [new MqttTopicFilter { Topic = filter }] });

        var ack = await client.ReceiveAsync<SubscriptionAckPacket>();
        (ack.PacketIdentifier, ack.ReasonCodes.Single()).ShouldBe(((ushort)7, (byte)MqttReasonCode.TopicFilterInvalid));
    }

    [Fact]
    public async Task Disconnect_ThatProlongsASessionOfZero_IsAProtocolError()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await ConnectAsync(broker);

        await client.SendAsync(new DisconnectPacket(MqttReasonCode.Success) { Properties = new MqttProperties { SessionExpiryInterval = 60 } });

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.ProtocolError);
    }

    [Fact]
    public async Task MalformedPacket_WithVersion311_ClosesWithoutAWord()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(RawClient.Connect("c", ProtocolVersion.Version311));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(new byte[] { 0xC1, 0 });

        (await client.ReceiveAsync()).ShouldBeNull();
    }

    private static async Task<RawClient> ConnectAsync(TestBroker broker)
    {
        var client = await broker.ConnectRawAsync(RawClient.Connect("c"));
        await client.ReceiveAsync<ConnAckPacket>();
        return client;
    }
}
