using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Mqtt.Tests.Support;

/// <summary>Sends and receives single packets, or any bytes, over a socket.</summary>
public sealed class RawClient : IDisposable
{
    private readonly Socket _socket;
    private readonly PipeReader _reader;
    private readonly PacketDecoder _decoder = new();

    private RawClient(Socket socket)
    {
        _socket = socket;
        _reader = PipeReader.Create(new NetworkStream(socket));
    }

    public ProtocolVersion Version
    {
        get => _decoder.Version;
        set => _decoder.Version = value;
    }

    public static async Task<RawClient> OpenAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawClient(socket);
    }

    public static ConnectPacket Connect(
        string clientId, ProtocolVersion version = ProtocolVersion.Version500, bool cleanStart = true, MqttProperties? properties = null)
        => new() { ClientId = clientId, Version = version, CleanStart = cleanStart, Properties = properties };

    public static PublishPacket Publish(string topic, string payload, byte qualityOfService = 0, ushort identifier = 0, bool retain = false) => new()
    {
        Topic = new TopicName(topic),
        Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)),
        QualityOfService = qualityOfService,
        PacketIdentifier = identifier,
        Retain = retain,
    };

    public Task SendAsync(MqttPacket packet)
    {
        var output = new ArrayBufferWriter<byte>();
        PacketEncoder.Write(output, packet, Version);
        return SendAsync(output.WrittenMemory);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _socket.SendAsync(bytes);

    /// <summary>The next packet, or null when the server has closed. The packet is valid until the next call.</summary>
    public Task<MqttPacket?> ReceiveAsync() => _reader.ReceivePacketAsync(_decoder);

    public async Task<T> ReceiveAsync<T>() where T : MqttPacket => (await ReceiveAsync()).ShouldBeOfType<T>();

    /// <summary>Receives until the server closes and returns the reason of its DISCONNECT, if it gave one.</summary>
    public async Task<MqttReasonCode?> ReceiveCloseAsync()
    {
        MqttReasonCode? reason = null;
        while (await ReceiveAsync() is { } packet)
        {
            reason = (packet as DisconnectPacket)?.ReasonCode ?? reason;
        }

        return reason;
    }

    /// <summary>Says that nothing more comes, and reads until the server has closed.</summary>
    public async Task DrainAsync()
    {
        _socket.Shutdown(SocketShutdown.Send);
        var buffer = new byte[4096];
        while (await _socket.ReceiveAsync(buffer).WaitAsync(TestBroker.Patience) > 0)
        {
            continue;
        }
    }

    /// <summary>Ends the connection as a crash would: with a reset.</summary>
    public void Abort()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();
}
