using System.Collections.Concurrent;
using MQTTnet;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Client;

/// <summary>Handlers, and what they acknowledge, when the connection that brought a message is gone.</summary>
public sealed class HandlersAcrossConnectionsTests : IDisposable
{
    private readonly RawServer _server = new();
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly ConcurrentQueue<string> _handled = new();
    private readonly TaskCompletionSource _started = NewSource();
    private readonly TaskCompletionSource _mayEnd = NewSource();
    private readonly TaskCompletionSource _sawLast = NewSource();
    private int _running;
    private int _overlaps;

    [Fact]
    public async Task Handlers_WhenOneOutlivesItsConnection_RunOneAfterAnotherAndOnlyForTheNewOne()
    {
        _client.ApplicationMessageReceivedAsync += HandleAsync;
        using var first = await _server.ConnectAsync(_client, sessionPresent: false);
        await first.SendAsync(RawClient.Publish("t", "slow", 1, 1));
        await first.SendAsync(RawClient.Publish("t", "queued", 1, 2));
        await _started.Task.WaitAsync(TestBroker.Patience);
        await first.CloseAsync(_client);

        using var second = await _server.ConnectAsync(_client, sessionPresent: true);
        await second.SendAsync(RawClient.Publish("t", "slow", 1, 1));
        await second.SendAsync(RawClient.Publish("t", "queued", 1, 2));
        await second.SendAsync(RawClient.Publish("t", "last", 1, 3));
        await SynchronizeAsync(second);
        _mayEnd.TrySetResult();
        await _sawLast.Task.WaitAsync(TestBroker.Patience);

        _handled.ShouldBe(["slow", "slow", "queued", "last"]);
        _overlaps.ShouldBe(0);
        for (ushort identifier = 1; identifier <= 3; identifier++)
        {
            (await second.ReceiveAckAsync()).ShouldBe((PacketType.PubAck, identifier));
        }
    }

    [Fact]
    public async Task ExactlyOnce_WhenItsHandlerOutlivesTheConnection_IsNotHandledTwice()
    {
        _client.ApplicationMessageReceivedAsync += HandleAsync;
        using var first = await _server.ConnectAsync(_client, sessionPresent: false);
        await first.SendAsync(RawClient.Publish("t", "slow", 2, 7));
        await _started.Task.WaitAsync(TestBroker.Patience);
        await first.CloseAsync(_client);

        using var second = await _server.ConnectAsync(_client, sessionPresent: true);
        await second.SendAsync(RawClient.Publish("t", "slow", 2, 7));
        await second.SendAsync(RawClient.Publish("t", "last", 2, 8));
        await SynchronizeAsync(second);
        _mayEnd.TrySetResult();

        (await second.ReceiveAckAsync()).ShouldBe((PacketType.PubRec, (ushort)7));
        (await second.ReceiveAckAsync()).ShouldBe((PacketType.PubRec, (ushort)8));
        _handled.ShouldBe(["slow", "last"]);
    }

    [Fact]
    public async Task ExactlyOnce_WhenItsHandlerOutlivesTheSession_IsHandledInTheNewOne()
    {
        _client.ApplicationMessageReceivedAsync += HandleAsync;
        using var first = await _server.ConnectAsync(_client, sessionPresent: false);
        await first.SendAsync(RawClient.Publish("t", "slow", 2, 7));
        await _started.Task.WaitAsync(TestBroker.Patience);
        await first.CloseAsync(_client);

        using var second = await _server.ConnectAsync(_client, sessionPresent: false);
        await second.SendAsync(RawClient.Publish("t", "last", 2, 7));
        _mayEnd.TrySetResult();
        await _sawLast.Task.WaitAsync(TestBroker.Patience);

        _handled.ShouldBe(["slow", "last"]);
    }

    [Fact]
    public async Task AcknowledgeAsync_ByAHandlerWithAutoAcknowledge_IsSentOnce()
    {
        _client.ApplicationMessageReceivedAsync += args => args.AcknowledgeAsync(CancellationToken.None);
        using var connection = await _server.ConnectAsync(_client, sessionPresent: false);

        await connection.SendAsync(RawClient.Publish("t", "1", 1, 1));
        await connection.SendAsync(RawClient.Publish("t", "2", 1, 2));

        (await connection.ReceiveAckAsync()).ShouldBe((PacketType.PubAck, (ushort)1));
        (await connection.ReceiveAckAsync()).ShouldBe((PacketType.PubAck, (ushort)2));
    }

    [Fact]
    public async Task ConnectAsync_WhenItsHandlerFailsAfterAReconnect_LeavesTheNewConnectionAlone()
    {
        var back = NewSource();
        RawServerConnection? first = null;
        RawServerConnection? second = null;
        var calls = 0;
        _client.DisconnectedAsync += async _ =>
        {
            second = await _server.ConnectAsync(_client, sessionPresent: true);
            back.TrySetResult();
        };
        _client.ConnectedAsync += async _ =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                first!.Dispose();
                await back.Task.WaitAsync(TestBroker.Patience);
                throw new InvalidOperationException("The subscription failed.");
            }
        };
        var connecting = _client.ConnectAsync(_server.Options());
        first = await _server.AcceptAsync();
        await first.SendAsync(new ConnAckPacket());

        await Should.ThrowAsync<Exception>(() => connecting.WaitAsync(TestBroker.Patience));

        _client.IsConnected.ShouldBeTrue();
        await SynchronizeAsync(second!);
        second!.Dispose();
    }

    [Fact]
    public async Task Dispose_WhileConnecting_LeavesNoConnection()
    {
        var connecting = _client.ConnectAsync(_server.Options());
        using var connection = await _server.AcceptAsync();

        _client.Dispose();
        await connection.SendAsync(new ConnAckPacket());

        await Should.ThrowAsync<Exception>(() => connecting.WaitAsync(TestBroker.Patience));
        (await connection.ReceiveAsync()).ShouldBeNull();
        _client.IsConnected.ShouldBeFalse();
    }

    public void Dispose()
    {
        _mayEnd.TrySetResult();
        _client.Dispose();
        _server.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The first message is slow; the others wait for nothing.
    private async Task HandleAsync(MqttApplicationMessageReceivedEventArgs args)
    {
        _overlaps += Interlocked.Increment(ref _running) > 1 ? 1 : 0;
        var text = args.ApplicationMessage.ConvertPayloadToString()!;
        _handled.Enqueue(text);
        _started.TrySetResult();
        if (_handled.Count == 1)
        {
            await _mayEnd.Task;
        }

        Interlocked.Decrement(ref _running);
        if (text == "last")
        {
            _sawLast.TrySetResult();
        }
    }

    // When the ping is answered, the client has read all that was sent before.
    private async Task SynchronizeAsync(RawServerConnection connection)
    {
        var pinging = _client.PingAsync();
        await connection.ReceiveAsync<PingPacket>();
        await connection.SendAsync(PingPacket.Response);
        await pinging.WaitAsync(TestBroker.Patience);
    }
}
