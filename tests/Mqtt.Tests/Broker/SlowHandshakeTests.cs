using System.Net;
using System.Net.Sockets;
using SmartCity.Embedded.Mqtt.Broker;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Broker;

/// <summary>Clients that take their time: each holds a connection only as long as the options say.</summary>
public sealed class SlowHandshakeTests
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private static readonly Func<MqttBrokerOptions, MqttBrokerOptions> Everywhere = o => o with
    {
        TlsPort = 0,
        WebSocketPort = 0,
        SecureWebSocketPort = 0,
        Tls = new MqttBrokerTlsOptions { Certificate = TestCertificates.Town.Server },
        ConnectTimeout = ConnectTimeout,
    };

    [Theory]
    [InlineData("tcp", "")]
    [InlineData("tcp", "10")]
    [InlineData("tcp", "10 0D 00 04 4D 51 54")]
    [InlineData("tls", "")]
    [InlineData("tls", "16 03 01 02 00 01")]
    [InlineData("ws", "")]
    [InlineData("ws", "47 45 54 20 2F 6D 71 74 74 20")]
    [InlineData("ws", "47 45 54 20 2F 6D 71 74 74 20 48 54 54 50 2F 31 2E 31 0D 0A 48 6F 73 74 3A 20 78 0D 0A")]
    [InlineData("wss", "")]
    [InlineData("wss", "16 03 01 02 00 01")]
    public async Task Handshake_WhenItDoesNotFinish_IsDroppedAndFreesItsPlace(string listener, string hex)
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(Everywhere, clock);
        using var slow = await OpenAsync(broker.Broker, listener);
        await slow.SendAsync(Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal)));
        await broker.WhenAsync(statistics => statistics.Connections + statistics.Handshakes == 1);

        var closed = WhenClosedAsync(slow);
        while (!closed.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await closed.WaitAsync(TestBroker.Patience);
        await broker.WhenAsync(statistics => statistics.Connections + statistics.Handshakes == 0);
    }

    [Theory]
    [InlineData("tls")]
    [InlineData("ws")]
    [InlineData("wss")]
    public async Task Handshake_WhenItHasTheLastPlace_KeepsOthersOut(string listener)
    {
        await using var broker = await TestBroker.StartAsync(o => Everywhere(o) with { MaximumConnections = 1 }, new FakeClock());
        using var slow = await OpenAsync(broker.Broker, listener);
        await broker.WhenAsync(statistics => statistics.Handshakes == 1);

        var other = await broker.ConnectRawAsync();

        (await other.ReceiveAsync()).ShouldBeNull();
        await WhenTurnedAwayAsync(broker.Broker, listener).WaitAsync(TestBroker.Patience);
    }

    [Fact]
    public async Task Packet_WhenItComesByteByByte_DoesNotKeepTheConnectionAlive()
    {
        var clock = new FakeClock();
        await using var broker = await TestBroker.StartAsync(clock: clock);
        var connect = RawClient.Connect("slow");
        connect.KeepAliveSeconds = 10;
        var slow = await broker.ConnectRawAsync(connect);
        await slow.ReceiveAsync<ConnAckPacket>();
        var bytes = PacketBytes.Encode(RawClient.Publish("t", new string('x', 100)), ProtocolVersion.Version500);

        var closed = slow.ReceiveCloseAsync();
        for (var at = 0; !closed.IsCompleted; at = Math.Min(at + 1, bytes.Length - 2))
        {
            try
            {
                await slow.SendAsync(bytes.AsMemory(at, 1));
            }
            catch (SocketException)
            {
                break;
            }

            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await closed).ShouldBe(MqttReasonCode.KeepAliveTimeout);
    }

    private static async Task<Socket> OpenAsync(MqttBroker broker, string listener)
    {
        var port = listener switch
        {
            "tcp" => broker.EndPoint.Port,
            "tls" => broker.TlsEndPoint!.Port,
            "ws" => broker.WebSocketEndPoint!.Port,
            _ => broker.SecureWebSocketEndPoint!.Port,
        };
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    // A reset that comes before the client has looked at its new connection is the answer to its connect already.
    private static async Task WhenTurnedAwayAsync(MqttBroker broker, string listener)
    {
        try
        {
            using var socket = await OpenAsync(broker, listener);
            await WhenClosedAsync(socket);
        }
        catch (SocketException exception)
        {
            exception.SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        }
    }

    // The server may close with a reset: that is closed, too.
    private static async Task WhenClosedAsync(Socket socket)
    {
        var buffer = new byte[1000];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                continue;
            }
        }
        catch (SocketException exception)
        {
            exception.SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        }
    }
}
