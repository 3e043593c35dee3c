using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class PublishTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311, 0)]
    [InlineData(MqttProtocolVersion.V311, 1)]
    [InlineData(MqttProtocolVersion.V311, 2)]
    [InlineData(MqttProtocolVersion.V500, 0)]
    [InlineData(MqttProtocolVersion.V500, 1)]
    [InlineData(MqttProtocolVersion.V500, 2)]
    public async Task PublishAsync_AtEveryLevelAndVersion_ReachesTheSubscriberInOrder(MqttProtocolVersion version, int level)
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox();
        var quality = (MqttQualityOfServiceLevel)level;
        var subscriber = await broker.ConnectAsync("subscriber", inbox, version: version);
        var publisher = await broker.ConnectAsync("publisher", version: version);

        var granted = await subscriber.SubscribeAsync("river/+/level", quality);
        for (var index = 0; index < 100; index++)
        {
            (await publisher.PublishStringAsync("river/katakai/level", $"{index}", quality).WaitAsync(TestBroker.Patience)).IsSuccess.ShouldBeTrue();
        }

        granted.Items.Single().ResultCode.ShouldBe((MqttClientSubscribeResultCode)level);
        (await inbox.NextTextsAsync(100)).ShouldBe(Enumerable.Range(0, 100).Select(index => (string?)$"{index}"));
        inbox.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task PublishAsync_WhenNobodySubscribes_SaysSo()
    {
        await using var broker = await TestBroker.StartAsync();
        var publisher = await broker.ConnectAsync("publisher");

        var result = await publisher.PublishStringAsync("nobody/listens", "x", MqttQualityOfServiceLevel.AtLeastOnce);

        result.ReasonCode.ShouldBe(MqttClientPublishReasonCode.NoMatchingSubscribers);
        result.IsSuccess.ShouldBeTrue();
    }
}
