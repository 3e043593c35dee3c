using System.Text;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class SharedRedeliveryTests
{
    private const string Filter = "$share/ingest/t/#";

    [Fact]
    public async Task AtLeastOnce_WhenAMembersSessionEnds_GoesToAnotherMember()
    {
        await using var broker = await TestBroker.StartAsync();
        var dying = await JoinAsync(broker, 1, receiveMaximum: 2);
        await PublishAsync(broker, 5, MqttQualityOfServiceLevel.AtLeastOnce);
        await dying.ReceiveAsync<PublishPacket>();
        var inbox = await JoinAsync(broker);

        dying.Abort();

        (await inbox.NextTextsAsync(5)).ShouldBe(["0", "1", "2", "3", "4"]);
        await broker.WhenAsync(statistics => statistics is { QueuedMessages: 0, Sessions: 1 });
    }

    [Fact]
    public async Task ExactlyOnce_WhenAMembersSessionEnds_GoesToAnotherOnlyIfNeverSent()
    {
        await using var broker = await TestBroker.StartAsync();
        var dying = await JoinAsync(broker, 2, receiveMaximum: 2);
        await PublishAsync(broker, 5, MqttQualityOfServiceLevel.ExactlyOnce);
        await dying.ReceiveAsync<PublishPacket>();
        await dying.ReceiveAsync<PublishPacket>();
        var inbox = await JoinAsync(broker);

        dying.Abort();

        (await inbox.NextTextsAsync(3)).ShouldBe(["2", "3", "4"]);
        await broker.WhenAsync(statistics => statistics is { QueuedMessages: 0, Sessions: 1 });
        inbox.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task AtLeastOnce_WhenTheSessionEndsAfterARestart_GoesToAnotherMember()
    {
        await using var broker = await TestBroker.StartAsync();
        Action<MqttClientOptionsBuilder> persistent = o => o.WithCleanStart(false).WithSessionExpiryInterval(3600);
        var member = await broker.ConnectAsync("away", configure: persistent);
        await member.SubscribeAsync(Filter, MqttQualityOfServiceLevel.AtLeastOnce);
        await member.DisconnectAsync();
        await PublishAsync(broker, 3, MqttQualityOfServiceLevel.AtLeastOnce);

        await broker.RestartAsync();
        var inbox = await JoinAsync(broker);
        (await broker.NewClient().ConnectAsync(broker.Options("away"))).IsSessionPresent.ShouldBeFalse();

        (await inbox.NextTextsAsync(3)).ShouldBe(["0", "1", "2"]);
    }

    private static async Task<RawClient> JoinAsync(TestBroker broker, int level, ushort receiveMaximum)
    {
        var member = await broker.ConnectRawAsync(RawClient.Connect("dying", properties: new MqttProperties { ReceiveMaximum = receiveMaximum }));
        await member.ReceiveAsync<ConnAckPacket>();
        await member.SendAsync(new SubscribePacket
        {
            PacketIdentifier = 1,
            Filters = [new MqttTopicFilter { Topic = Filter, QualityOfServiceLevel = (MqttQualityOfServiceLevel)level }],
        });
        await member.ReceiveAsync<SubscriptionAckPacket>();
        return member;
    }

    private static async Task<Inbox> JoinAsync(TestBroker broker)
    {
        var inbox = new Inbox();
        var member = await broker.ConnectAsync("living", inbox);
        await member.SubscribeAsync(Filter, MqttQualityOfServiceLevel.ExactlyOnce);
        return inbox;
    }

    private static async Task PublishAsync(TestBroker broker, int count, MqttQualityOfServiceLevel level)
    {
        for (var index = 0; index < count; index++)
        {
            await broker.Broker.PublishAsync("t/x", Encoding.UTF8.GetBytes($"{index}"), level);
        }
    }
}
