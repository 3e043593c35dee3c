using MQTTnet;
using MQTTnet.Protocol;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

public sealed class RetainedTests
{
    [Fact]
    public async Task Retained_WhenReplaced_GivesTheNewestToALaterSubscriber()
    {
        await using var broker = await TestBroker.StartAsync();
        var publisher = await broker.ConnectAsync("p");
        await publisher.PublishStringAsync("status/1", "old", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        await publisher.PublishStringAsync("status/1", "new", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        await publisher.PublishStringAsync("status/2", "other", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);

        var inbox = new Inbox();
        var subscriber = await broker.ConnectAsync("s", inbox);
        await subscriber.SubscribeAsync("status/+", MqttQualityOfServiceLevel.AtLeastOnce);
        var messages = new[] { await inbox.NextAsync(), await inbox.NextAsync() };

        messages.Select(message => message.Text).Order(StringComparer.Ordinal).ShouldBe(["new", "other"]);
        messages.ShouldAllBe(message => message.Message.Retain);
        await publisher.PublishStringAsync("status/1", "live", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        (await inbox.NextAsync()).Message.Retain.ShouldBeFalse();
    }

    [Fact]
    public async Task Retained_WithAnEmptyPayload_IsRemoved()
    {
        await using var broker = await TestBroker.StartAsync();
        var publisher = await broker.ConnectAsync("p");
        await publisher.PublishStringAsync("status", "x", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        await publisher.PublishStringAsync("status", null, MqttQualityOfServiceLevel.AtLeastOnce, retain: true);

        await broker.RestartAsync();

        broker.Broker.Statistics.RetainedMessages.ShouldBe(0);
    }

    [Fact]
    public async Task Retained_AfterARestart_IsStillThere()
    {
        await using var broker = await TestBroker.StartAsync();
        await broker.Broker.PublishAsync("status", "kept"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce, retain: true);

        await broker.RestartAsync();
        var inbox = new Inbox();
        var subscriber = await broker.ConnectAsync("s", inbox);
        await subscriber.SubscribeAsync("#");

        (await inbox.NextAsync()).Text.ShouldBe("kept");
    }

    [Fact]
    public async Task Subscribe_WithRetainOptions_FollowsThem()
    {
        await using var broker = await TestBroker.StartAsync();
        await broker.Broker.PublishAsync("r", "retained"u8.ToArray(), retain: true);
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("s", inbox);

        await client.SubscribeAsync(Filter(MqttRetainHandling.DoNotSendOnSubscribe));
        await client.SubscribeAsync(Filter(MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly));
        await client.PublishStringAsync("r", "as published", retain: true);
        (await inbox.NextAsync()).ShouldSatisfyAllConditions(
            message => message.Text.ShouldBe("as published"), message => message.Message.Retain.ShouldBeTrue());
        await client.UnsubscribeAsync("r");
        await client.SubscribeAsync(Filter(MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly));
        (await inbox.NextAsync()).Text.ShouldBe("as published");
    }

    [Fact]
    public async Task Retained_BeyondTheMaximum_IsRefused()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { MaximumRetainedMessages = 1 });
        var publisher = await broker.ConnectAsync("p");
        await publisher.PublishStringAsync("one", "1", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);

        var second = await publisher.PublishStringAsync("two", "2", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        var replaced = await publisher.PublishStringAsync("one", "3", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);

        second.ReasonCode.ShouldBe(MqttClientPublishReasonCode.QuotaExceeded);
        replaced.IsSuccess.ShouldBeTrue();
    }

    private static MqttClientSubscribeOptions Filter(MqttRetainHandling handling)
        => new MqttClientSubscribeOptionsBuilder().WithTopicFilter("r", retainAsPublished: true, retainHandling: handling).Build();
}
