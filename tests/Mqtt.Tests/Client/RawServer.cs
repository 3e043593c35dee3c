using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using MQTTnet;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Mqtt.Tests.Support;

namespace SmartCity.Mqtt.Tests.Client;

/// <summary>Plays the broker packet by packet, for what no well-behaved broker does at the wanted moment.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public RawServer() => _listener.Start();

    public MqttClientOptions Options(string clientId = "c") => new MqttClientOptionsBuilder()
        .WithTcpServer("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port).WithClientId(clientId).WithNoKeepAlive()
        .WithCleanStart(false).WithSessionExpiryInterval(100).WithTimeout(TestBroker.Patience).Build();

    /// <summary>Takes the next connection up to and with CONNECT.</summary>
    public async Task<RawServerConnection> AcceptAsync()
    {
        var connection = new RawServerConnection(await _listener.AcceptSocketAsync().WaitAsync(TestBroker.Patience));
        await connection.ReceiveAsync<ConnectPacket>();
        return connection;
    }

    /// <summary>Connects the client and answers it.</summary>
    public async Task<RawServerConnection> ConnectAsync(IMqttClient client, bool sessionPresent, string clientId = "c")
    {
        var connecting = client.ConnectAsync(Options(clientId));
        var connection = await AcceptAsync();
        await connection.SendAsync(new ConnAckPacket { SessionPresent = sessionPresent });
        await connecting.WaitAsync(TestBroker.Patience);
        return connection;
    }

    public void Dispose() => _listener.Dispose();
}

internal sealed class RawServerConnection(Socket socket) : IDisposable
{
    private readonly PipeReader _reader = PipeReader.Create(new NetworkStream(socket));
    private readonly PacketDecoder _decoder = new();

    public async Task SendAsync(MqttPacket packet)
    {
        var output = new ArrayBufferWriter<byte>();
        PacketEncoder.Write(output, packet, ProtocolVersion.Version500);
        await socket.SendAsync(output.WrittenMemory);
    }

    public async Task<T> ReceiveAsync<T>() where T : MqttPacket => (await ReceiveAsync()).ShouldBeOfType<T>();

    public async Task<(PacketType Type, ushort Identifier)> ReceiveAckAsync()
    {
        var ack = await ReceiveAsync<AckPacket>();
        return (ack.Type, ack.PacketIdentifier);
    }

    /// <summary>The next packet, or null when the client has closed. It is valid until the next call.</summary>
    public Task<MqttPacket?> ReceiveAsync() => _reader.ReceivePacketAsync(_decoder);

    /// <summary>Closes, and waits until the client has noticed.</summary>
    public async Task CloseAsync(IMqttClient client)
    {
        var noticed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Func<MqttClientDisconnectedEventArgs, Task> handler = _ =>
        {
            noticed.TrySetResult();
            return Task.CompletedTask;
        };
        client.DisconnectedAsync += handler;
        socket.Dispose();
        await noticed.Task.WaitAsync(TestBroker.Patience);
        client.DisconnectedAsync -= handler;
    }

    public void Dispose() => socket.Dispose();
}
