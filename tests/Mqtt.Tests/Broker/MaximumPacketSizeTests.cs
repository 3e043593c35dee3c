using MQTTnet.Packets;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

/// <summary>A client that takes small packets gets no larger one, whatever its type (MQTT 5.0, section 3.1.2.11.4).</summary>
public sealed class MaximumPacketSizeTests
{
    [Fact]
    public async Task ConnAck_ThatRefuses_LeavesItsWordsOut()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(new ConnectPacket
        {
            ClientId = "c",
            Version = ProtocolVersion.Version500,
            UserName = "banned",
            Properties = new MqttProperties { MaximumPacketSize = 10 },
        });

        var answer = await client.ReceiveAsync<ConnAckPacket>();

        answer.ReasonCode.ShouldBe((byte)MqttReasonCode.Banned);
        answer.Properties?.ReasonString.ShouldBeNull();
    }

    [Fact]
    public async Task ConnAck_WhenTheClientDoesNotTakeIt_IsNotSent()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(Connect(10));

        (await client.ReceiveAsync()).ShouldBeNull();
        await broker.WhenAsync(statistics => statistics.Sessions == 0);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(500, true)]
    public async Task Disconnect_WhenItsWordsAreTooMany_LeavesThemOut(uint maximum, bool expected)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(Connect(maximum));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(new SubscribePacket { PacketIdentifier = 1, Filters = [new MqttTopicFilter { Topic = "$share/g/t", NoLocal = true }] });

        var answer = await client.ReceiveAsync<DisconnectPacket>();
        (answer.ReasonCode, answer.Properties?.ReasonString is not null).ShouldBe((MqttReasonCode.ProtocolError, expected));
    }

    [Theory]
    [InlineData(40, false)]
    [InlineData(200, true)]
    public async Task Acknowledgement_WhenItsWordsAreTooMany_LeavesThemOut(uint maximum, bool expected)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(Connect(maximum));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(RawClient.Publish("forbidden", "x", 1, 1));

        var answer = await client.ReceiveAsync<AckPacket>();
        (answer.ReasonCode, answer.Properties?.ReasonString is not null).ShouldBe((MqttReasonCode.NotAuthorized, expected));
    }

    [Fact]
    public async Task SubAck_WhenTheClientDoesNotTakeIt_EndsTheConnection()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectRawAsync(Connect(20));
        await client.ReceiveAsync<ConnAckPacket>();

        await client.SendAsync(new SubscribePacket
        {
            PacketIdentifier = 1,
            Filters = [.. Enumerable.Range(0, 30).Select(index => new MqttTopicFilter { Topic = $"t{index}" })],
        });

        (await client.ReceiveCloseAsync()).ShouldBe(MqttReasonCode.PacketTooLarge);
    }

    private static ConnectPacket Connect(uint maximum)
        => RawClient.Connect("c", properties: new MqttProperties { MaximumPacketSize = maximum });
}
