using System.Diagnostics;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class PublishGateTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Publish_WhenItIsHeldBack_IsTakenLaterAndOthersAreNot(MqttProtocolVersion version)
    {
        await using var test = await TestBroker.StartAsync();
        test.Broker.PublishGate = new Gate(topic => topic == "slow" ? Wait : TimeSpan.Zero);
        var slow = await test.ConnectAsync("slow", version: version);
        var other = await test.ConnectAsync("other", version: version);
        var started = Stopwatch.GetTimestamp();

        var held = PublishAsync(slow, "slow", MqttQualityOfServiceLevel.AtLeastOnce);
        (await PublishAsync(other, "quick", MqttQualityOfServiceLevel.AtLeastOnce)).IsSuccess.ShouldBeTrue();
        held.IsCompleted.ShouldBeFalse();

        (await held.WaitAsync(TestBroker.Patience)).IsSuccess.ShouldBeTrue();
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThanOrEqualTo(Wait - TimeSpan.FromMilliseconds(20));
        test.Broker.Statistics.HeldBack.ShouldBe(1);
    }

    [Fact]
    public async Task Publish_WhenThereIsNoRoomAtQualityOfService0_IsDroppedAndCounted()
    {
        await using var test = await TestBroker.StartAsync();
        test.Broker.PublishGate = new Gate(topic => topic == "full" ? null : TimeSpan.Zero);
        var inbox = new Inbox();
        var reader = await test.ConnectAsync("reader", inbox);
        await reader.SubscribeAsync("#");
        var client = await test.ConnectAsync("client", version: MqttProtocolVersion.V311);

        await PublishAsync(client, "full", MqttQualityOfServiceLevel.AtMostOnce);
        await PublishAsync(client, "free", MqttQualityOfServiceLevel.AtLeastOnce);

        (await inbox.NextAsync()).Message.Topic.ShouldBe("free");
        test.Broker.Statistics.DroppedOverQuota.ShouldBe(1);
        client.IsConnected.ShouldBeTrue();
    }

    [Fact]
    public async Task Publish_WhenThereIsNoRoomAboveQualityOfService0_IsRefused()
    {
        await using var test = await TestBroker.StartAsync();
        test.Broker.PublishGate = new Gate(_ => null);
        var client = await test.ConnectAsync("client");

        var answer = await PublishAsync(client, "full", MqttQualityOfServiceLevel.AtLeastOnce);

        answer.ReasonCode.ShouldBe(MqttClientPublishReasonCode.QuotaExceeded);
        test.Refusals.ShouldHaveSingleItem().Topic.ShouldBe("full");
    }

    private static Task<MqttClientPublishResult> PublishAsync(IMqttClient client, string topic, MqttQualityOfServiceLevel qualityOfService)
        => client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload("x").WithQualityOfServiceLevel(qualityOfService).Build());

    private sealed class Gate(Func<string, TimeSpan?> admit) : IMqttPublishGate
    {
        public TimeSpan? Admit(object? principal, string topic, byte qualityOfService) => admit(topic);
    }
}
