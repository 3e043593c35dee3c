using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Client;

public sealed class PublishWindowTests
{
    [Fact]
    public async Task PublishAsync_WithoutAwaitingEach_KeepsTheOrderOfTheCalls()
    {
        await using var broker = await TestBroker.StartAsync(o => o with { ReceiveMaximum = 3 });
        var inbox = new Inbox();
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);

        var publishes = Enumerable.Range(0, 500).Select(index => client.PublishStringAsync("t", $"{index}", MqttQualityOfServiceLevel.AtLeastOnce)).ToList();
        await Task.WhenAll(publishes).WaitAsync(TestBroker.Patience);

        (await inbox.NextTextsAsync(500)).ShouldBe(Enumerable.Range(0, 500).Select(index => (string?)$"{index}"));
    }

    [Fact]
    public async Task PublishAsync_WhenTheCallerGivesUpBeforeItsTurn_IsNotSent()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(o => o with { ReceiveMaximum = 1, MaximumQueuedMessagesPerSession = 1 }, clock);
        Action<MqttClientOptionsBuilder> persistent = o => o.WithCleanStart(false).WithSessionExpiryInterval(100).WithNoKeepAlive();
        var away = await broker.ConnectAsync("away", configure: persistent);
        await away.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await away.DisconnectAsync();
        var client = await broker.ConnectAsync("c", configure: o => o.WithNoKeepAlive());
        await client.PublishStringAsync("t", "1", MqttQualityOfServiceLevel.AtLeastOnce);
        var waitsForRoom = client.PublishStringAsync("t", "2", MqttQualityOfServiceLevel.AtLeastOnce);
        using var giveUp = new CancellationTokenSource();
        var waitsForSlot = client.PublishStringAsync("t", "3", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: giveUp.Token);

        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waitsForSlot);
        var inbox = new Inbox();
        await broker.ConnectAsync("away", inbox, persistent);
        await waitsForRoom.WaitAsync(TestBroker.Patience);
        await client.PublishStringAsync("t", "4", MqttQualityOfServiceLevel.AtLeastOnce).WaitAsync(TestBroker.Patience);

        (await inbox.NextTextsAsync(3)).ShouldBe(["1", "2", "4"]);
    }

    [Fact]
    public async Task PublishAsync_WhileWaitingForASlot_FailsWhenTheConnectionEnds()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(o => o with { ReceiveMaximum = 1, MaximumQueuedMessagesPerSession = 1 }, clock);
        var away = await broker.ConnectAsync("away", configure: o => o.WithCleanStart(false).WithSessionExpiryInterval(100).WithNoKeepAlive());
        await away.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await away.DisconnectAsync();
        var client = await broker.ConnectAsync("c", configure: o => o.WithNoKeepAlive());
        await client.PublishStringAsync("t", "fills the queue", MqttQualityOfServiceLevel.AtLeastOnce);
        var first = client.PublishStringAsync("t", "waits for room", MqttQualityOfServiceLevel.AtLeastOnce);
        var second = client.PublishStringAsync("t", "waits for a slot", MqttQualityOfServiceLevel.AtLeastOnce);

        await broker.Broker.StopAsync();

        await Should.ThrowAsync<MqttCommunicationException>(() => first.WaitAsync(TestBroker.Patience));
        await Should.ThrowAsync<MqttCommunicationException>(() => second.WaitAsync(TestBroker.Patience));
    }
}
