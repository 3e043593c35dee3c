using System.Buffers;
using System.Net;
using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Client;

public sealed class ClientTests
{
    [Fact]
    public async Task ConnectAsync_WhenNobodyListens_ThrowsACommunicationException()
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var disconnected = Disconnected(client);
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", FreePort()).Build();

        await Should.ThrowAsync<MqttCommunicationException>(() => client.ConnectAsync(options));

        (await disconnected).ClientWasConnected.ShouldBeFalse();
        client.IsConnected.ShouldBeFalse();
    }

    [Fact]
    public async Task ConnectAsync_WhenTheServerSaysNothing_TimesOut()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var clock = new FakeClock();
        using var client = new MqttClient(clock);
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port).WithTimeout(TimeSpan.FromSeconds(5)).Build();
        var connecting = client.ConnectAsync(options);
        using var accepted = await listener.AcceptSocketAsync();
        (await accepted.ReceiveAsync(new byte[100])).ShouldBeGreaterThan(0);

        clock.Advance(TimeSpan.FromSeconds(6));

        await Should.ThrowAsync<MqttCommunicationTimedOutException>(() => connecting.WaitAsync(TestBroker.Patience));
    }

    [Fact]
    public async Task ConnectAsync_WhenConnectedOrRejected_KeepsItsState()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = broker.NewClient();
        var disconnected = Disconnected(client);

        (await client.ConnectAsync(broker.Options("c", configure: o => o.WithCredentials("u", "wrong")))).ResultCode.ShouldNotBe(MqttClientConnectResultCode.Success);
        var args = await disconnected;
        (args.ClientWasConnected, args.ConnectResult!.ResultCode).ShouldBe((false, MqttClientConnectResultCode.BadUserNameOrPassword));
        await client.ConnectAsync(broker.Options("c"));

        client.IsConnected.ShouldBeTrue();
        await Should.ThrowAsync<InvalidOperationException>(() => client.ConnectAsync(broker.Options("c")));
    }

    [Fact]
    public async Task Members_WithoutAConnection_Throw()
    {
        using var client = new MqttClientFactory().CreateMqttClient();

        await Should.ThrowAsync<MqttClientNotConnectedException>(() => client.PublishStringAsync("t", "x"));
        await Should.ThrowAsync<MqttClientNotConnectedException>(() => client.SubscribeAsync("t"));
        (await client.TryPingAsync()).ShouldBeFalse();
        await Should.ThrowAsync<InvalidOperationException>(() => client.ReconnectAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/#")]
    [InlineData("a\0")]
    public async Task PublishAsync_WithATopicThatCannotBe_Throws(string topic)
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("c");

        await Should.ThrowAsync<MqttProtocolViolationException>(() => client.PublishStringAsync(topic, "x"));
        client.IsConnected.ShouldBeTrue();
    }

    [Fact]
    public async Task PublishAsync_WhenTheServerGoesAway_ThrowsAndRaisesDisconnectedOnce()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("c");
        var raised = 0;
        var disconnected = new TaskCompletionSource<MqttClientDisconnectedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += args =>
        {
            Interlocked.Increment(ref raised);
            disconnected.TrySetResult(args);
            return Task.CompletedTask;
        };

        await broker.Broker.StopAsync();
        var args = await disconnected.Task.WaitAsync(TestBroker.Patience);

        (args.ClientWasConnected, args.Reason).ShouldBe((true, MqttClientDisconnectReason.ServerShuttingDown));
        await Should.ThrowAsync<MqttCommunicationException>(() => client.PublishStringAsync("t", "x", MqttQualityOfServiceLevel.AtLeastOnce));
        raised.ShouldBe(1);
    }

    [Fact]
    public async Task DisconnectedAsync_WhenItsHandlerReconnects_Works()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("c");
        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += async _ =>
        {
            await client.ReconnectAsync();
            back.TrySetResult();
        };

        await client.DisconnectAsync();
        await back.Task.WaitAsync(TestBroker.Patience);

        client.IsConnected.ShouldBeTrue();
    }

    [Fact]
    public async Task Handlers_OfOneClient_RunOneAfterAnotherAndMayAwaitTheServer()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("c");
        var running = 0;
        var overlaps = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.ApplicationMessageReceivedAsync += async args =>
        {
            overlaps += Interlocked.Increment(ref running) > 1 ? 1 : 0;
            await client.PublishStringAsync("answer", args.ApplicationMessage.ConvertPayloadToString(), MqttQualityOfServiceLevel.AtLeastOnce);
            Interlocked.Decrement(ref running);
            if (args.ApplicationMessage.ConvertPayloadToString() == "19")
            {
                done.TrySetResult();
            }
        };
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => broker.Broker.PublishAsync("t", System.Text.Encoding.UTF8.GetBytes($"{index}"), MqttQualityOfServiceLevel.AtLeastOnce)));

        await done.Task.WaitAsync(TestBroker.Patience);
        overlaps.ShouldBe(0);
    }

    [Fact]
    public async Task Payload_KeptAfterItsHandler_ReadsAsZerosAndNeverAsAnotherMessage()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("c");
        var kept = new TaskCompletionSource<MqttApplicationMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.ApplicationMessageReceivedAsync += args =>
        {
            // The second handler runs when the first one's buffer has gone back.
            if (!kept.TrySetResult(args.ApplicationMessage))
            {
                next.TrySetResult();
            }

            return Task.CompletedTask;
        };
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.Broker.PublishAsync("t", "first"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.Broker.PublishAsync("t", ReadOnlyMemory<byte>.Empty, MqttQualityOfServiceLevel.AtLeastOnce);
        await next.Task.WaitAsync(TestBroker.Patience);

        (await kept.Task).Payload.ToArray().ShouldBe(new byte[5]);
    }

    [Fact]
    public async Task Handler_ThatThrows_LeavesTheMessageForTheNextConnection()
    {
        await using var broker = await TestBroker.StartAsync();
        Action<MqttClientOptionsBuilder> persistent = o => o.WithCleanStart(false).WithSessionExpiryInterval(100);
        var client = await broker.ConnectAsync("c", configure: persistent);
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.ApplicationMessageReceivedAsync += _ =>
        {
            called.TrySetResult();
            throw new InvalidOperationException("The database is away.");
        };
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.Broker.PublishAsync("t", "again"u8.ToArray(), MqttQualityOfServiceLevel.AtLeastOnce);
        await called.Task.WaitAsync(TestBroker.Patience);
        (await client.TryPingAsync()).ShouldBeTrue();
        await client.DisconnectAsync();

        var inbox = new Inbox();
        await broker.ConnectAsync("c", inbox, persistent);

        (await inbox.NextAsync()).Text.ShouldBe("again");
    }

    [Fact]
    public async Task AcknowledgeAsync_CalledTwice_Throws()
    {
        await using var broker = await TestBroker.StartAsync();
        var inbox = new Inbox { AutoAcknowledge = false };
        var client = await broker.ConnectAsync("c", inbox);
        await client.SubscribeAsync("t", MqttQualityOfServiceLevel.AtLeastOnce);
        await broker.Broker.PublishAsync("t", new byte[1], MqttQualityOfServiceLevel.AtLeastOnce);
        var message = await inbox.NextAsync();

        await message.Args.AcknowledgeAsync(CancellationToken.None);

        await Should.ThrowAsync<InvalidOperationException>(() => message.Args.AcknowledgeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task KeepAlive_WhenNothingIsSent_PingsAndEndsWithoutAnAnswer()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var clock = new FakeClock();
        using var client = new MqttClient(clock);
        var disconnected = Disconnected(client);
        var connecting = client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port).WithProtocolVersion(MqttProtocolVersion.V311)
            .WithKeepAlivePeriod(TimeSpan.FromSeconds(10)).Build());
        using var server = await listener.AcceptSocketAsync();
        var buffer = new byte[100];
        await server.ReceiveAsync(buffer);
        await server.SendAsync(new byte[] { 0x20, 2, 0, 0 });
        await connecting.WaitAsync(TestBroker.Patience);

        clock.Advance(TimeSpan.FromSeconds(10));
        var length = await server.ReceiveAsync(buffer).WaitAsync(TestBroker.Patience);
        buffer[..length].ShouldBe([0xC0, 0x00]);
        using var patience = new CancellationTokenSource(TestBroker.Patience);
        while (!disconnected.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await disconnected).Exception.ShouldBeOfType<MqttCommunicationTimedOutException>();
    }

    [Fact]
    public async Task UnsubscribeAsync_WhenThereWasNone_SaysSo()
    {
        await using var broker = await TestBroker.StartAsync();
        var client = await broker.ConnectAsync("c");
        await client.SubscribeAsync("a");

        (await client.UnsubscribeAsync("a")).Items.Single().ResultCode.ShouldBe(MqttClientUnsubscribeResultCode.Success);
        (await client.UnsubscribeAsync("a")).Items.Single().ResultCode.ShouldBe(MqttClientUnsubscribeResultCode.NoSubscriptionExisted);
    }

    private static Task<MqttClientDisconnectedEventArgs> Disconnected(IMqttClient client)
    {
        var source = new TaskCompletionSource<MqttClientDisconnectedEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.DisconnectedAsync += args =>
        {
            source.TrySetResult(args);
            return Task.CompletedTask;
        };
        return source.Task.WaitAsync(TestBroker.Patience);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
