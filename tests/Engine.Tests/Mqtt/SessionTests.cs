using System.Buffers;
using System.Text;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Engine.Tests.Hosting;

namespace SmartCity.Engine.Tests.Mqtt;

/// <summary>Sessions as MQTT 5.0 and MQTTnet document them.</summary>
[Collection(nameof(EngineApp))]
public sealed class SessionTests(EngineApp app)
{
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly MqttClientFactory _factory = new();

    private string Topic => $"engine-tests/{_run}";

    [Fact]
    public async Task Connection_WhenAnotherTakesItsSession_Ends()
    {
        using var first = _factory.CreateMqttClient();
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        first.DisconnectedAsync += e =>
        {
            ended.TrySetResult(e.ClientWasConnected);
            return Task.CompletedTask;
        };
        await first.ConnectAsync(Options(_run)).Soon();
        await first.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtLeastOnce).Soon();

        using var second = _factory.CreateMqttClient();
        var received = Listen(second);
        (await second.ConnectAsync(Options(_run)).Soon()).IsSessionPresent.ShouldBeTrue();

        // Our broker also says why (0x8E, as the specification asks); mosquitto only ends the connection.
        (await ended.Task.Soon()).ShouldBeTrue();
        await PublishAsync("to the second");
        (await received.ReadAsync().Soon()).ShouldBe("to the second");
    }

    [Fact]
    public async Task Message_WhenItsSubscriberIsAway_WaitsForIt()
    {
        using var subscriber = _factory.CreateMqttClient();
        await subscriber.ConnectAsync(Options(_run)).Soon();
        await subscriber.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtLeastOnce).Soon();
        await subscriber.DisconnectAsync().Soon();
        await PublishAsync("waits");

        var received = Listen(subscriber);
        await subscriber.ConnectAsync(Options(_run)).Soon();

        (await received.ReadAsync().Soon()).ShouldBe("waits");
    }

    [Fact]
    public async Task Message_WhenNotAcknowledged_ComesAgain()
    {
        using var subscriber = _factory.CreateMqttClient();
        var seen = Channel.CreateUnbounded<(string Text, bool IsAgain)>();
        var acknowledges = false;
        subscriber.ApplicationMessageReceivedAsync += async e =>
        {
            e.AutoAcknowledge = false;
            await seen.Writer.WriteAsync((TextOf(e.ApplicationMessage), e.ApplicationMessage.Dup));
            if (Volatile.Read(ref acknowledges))
            {
                await e.AcknowledgeAsync(CancellationToken.None);
            }
        };
        await subscriber.ConnectAsync(Options(_run)).Soon();
        await subscriber.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtLeastOnce).Soon();
        await PublishAsync("again");
        (await seen.Reader.ReadAsync().Soon()).ShouldBe(("again", false));
        await subscriber.DisconnectAsync().Soon();

        Volatile.Write(ref acknowledges, true);
        await subscriber.ConnectAsync(Options(_run)).Soon();

        (await seen.Reader.ReadAsync().Soon()).ShouldBe(("again", true));
    }

    [Fact]
    public async Task Message_WhenRetained_IsThereForALaterSubscriber()
    {
        await PublishAsync("kept", retain: true);
        using var subscriber = _factory.CreateMqttClient();
        var received = Listen(subscriber);
        await subscriber.ConnectAsync(Options(_run)).Soon();
        await subscriber.SubscribeAsync(Topic).Soon();

        (await received.ReadAsync().Soon()).ShouldBe("kept");
        await PublishAsync("", retain: true);
    }

    [Fact]
    public async Task Publish_WhenNobodyListens_SaysSo()
    {
        using var publisher = _factory.CreateMqttClient();
        await publisher.ConnectAsync(Options(_run + "p")).Soon();

        var result = await publisher.PublishStringAsync(Topic, "x", MqttQualityOfServiceLevel.AtLeastOnce).Soon();

        result.IsSuccess.ShouldBeTrue();
        result.ReasonCode.ShouldBe(MqttClientPublishReasonCode.NoMatchingSubscribers);
    }

    [Fact]
    public async Task Messages_WhenSubscriptionIsShared_GoToOneMemberEach()
    {
        using var a = _factory.CreateMqttClient();
        using var b = _factory.CreateMqttClient();
        var received = Listen(a, b);
        foreach (var (client, id) in new[] { (a, "a"), (b, "b") })
        {
            await client.ConnectAsync(Options(_run + id)).Soon();
            await client.SubscribeAsync($"$share/group/{Topic}", MqttQualityOfServiceLevel.AtLeastOnce).Soon();
        }

        for (var number = 0; number < 10; number++)
        {
            await PublishAsync($"{number}");
        }

        var arrived = new List<string>();
        while (arrived.Count < 10)
        {
            arrived.Add(await received.ReadAsync().Soon());
        }

        arrived.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 10).Select(number => $"{number}"));
    }

    private static ChannelReader<string> Listen(params IMqttClient[] clients)
    {
        var channel = Channel.CreateUnbounded<string>();
        foreach (var client in clients)
        {
            client.ApplicationMessageReceivedAsync += async e => await channel.Writer.WriteAsync(TextOf(e.ApplicationMessage));
        }

        return channel.Reader;
    }

    private static string TextOf(MqttApplicationMessage message) => Encoding.UTF8.GetString(message.Payload.ToArray());

    private async Task PublishAsync(string text, bool retain = false)
    {
        using var publisher = _factory.CreateMqttClient();
        await publisher.ConnectAsync(Options($"{_run}-publisher")).Soon();
        (await publisher.PublishStringAsync(Topic, text, MqttQualityOfServiceLevel.AtLeastOnce, retain).Soon()).IsSuccess.ShouldBeTrue();
        await publisher.DisconnectAsync().Soon();
    }

    private MqttClientOptions Options(string clientId) => _factory.CreateClientOptionsBuilder()
        .WithTcpServer("127.0.0.1", app.MqttPort)
        .WithClientId(clientId)
        .WithCredentials("engine-tests", "engine-tests")
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithCleanStart(false)
        .WithSessionExpiryInterval(300)
        .Build();
}
