using System.IO.Pipelines;
using MQTTnet.Exceptions;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Embedded.Mqtt.Transport;

namespace MQTTnet;

/// <summary>One connection of a client from CONNECT to its end; a reconnect makes a new one.</summary>
internal sealed partial class ClientConnection : IAsyncDisposable
{
    private const int MaximumPendingBytes = 1024 * 1024;

    private readonly Stream _stream;
    private readonly PipeReader _reader;
    private readonly PacketOutput _output;
    private readonly PacketDecoder _decoder;
    private readonly MqttClientOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _closing = new();
    private readonly PendingRequests _pending = new();
    private readonly ReceivedMessages _received;
    private readonly Dictionary<ushort, AckPacket> _releasing = [];
    private readonly ClientSession _session;
    private readonly PublishWindow _window;
    private uint _serverMaximumPacketBytes = uint.MaxValue;
    private long _lastSent;
    private int _sessionEpoch;
    private int _ended;
    private int _isStarted;
    private int _isRaised;
    private Tuple<Exception?, DisconnectPacket?>? _end;

    public ClientConnection(Stream stream, MqttClientOptions options, TimeProvider timeProvider, ClientSession session,
        Func<MqttApplicationMessageReceivedEventArgs, Task> onMessage)
    {
        _stream = stream;
        _options = options;
        _timeProvider = timeProvider;
        _session = session;
        Version = PacketFactory.Version(options.ProtocolVersion);
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        _output = new PacketOutput(stream, Version, null, exception => End(exception));
        _window = new PublishWindow(_pending, SendNumbered);
        _decoder = new PacketDecoder { Version = Version };
        _received = new ReceivedMessages(options.ClientId, onMessage, this);
    }

    public ProtocolVersion Version { get; }

    /// <summary>Set when the connection ended by itself, with the reason; not when the client left.</summary>
    public event Action<ClientConnection, Exception?, DisconnectPacket?>? Ended;

    public async Task<MqttClientConnectResult> HandshakeAsync(CancellationToken cancellationToken)
    {
        Send(PacketFactory.Connect(_options));
        var packet = await ReceiveAsync(cancellationToken);
        while (packet is AuthPacket auth)
        {
            await AuthenticateAsync(auth, ReceiveAsync, cancellationToken);
            packet = await ReceiveAsync(cancellationToken);
        }

        if (packet is not ConnAckPacket connAck)
        {
            throw new MqttProtocolViolationException($"Received {packet?.Type.ToString() ?? "the end of the connection"} instead of CONNACK.");
        }

        var result = PacketFactory.ConnectResult(connAck, Version);
        _window.Quota = result.ReceiveMaximum ?? ushort.MaxValue;
        _serverMaximumPacketBytes = result.MaximumPacketSize ?? uint.MaxValue;
        // A refusal never has the session, and says nothing about it (section 3.2.2.1.1).
        if (result.ResultCode == MqttClientConnectResultCode.Success)
        {
            ResumeSession(result.IsSessionPresent);
        }

        return result;
    }

    /// <summary>Begins to read; handlers run when those of the connection before have ended.</summary>
    /// <returns>Completes when the last handler of this connection has ended.</returns>
    public Task Start(TimeSpan keepAlive, Task previousHandlers)
    {
        Interlocked.Exchange(ref _isStarted, 1);
        RaiseEnded();
        _ = RunAsync();
        if (keepAlive > TimeSpan.Zero)
        {
            _ = new KeepAlive(this, keepAlive, _timeProvider).RunAsync(_closing.Token);
        }

        return _received.RunAsync(previousHandlers);
    }

    public TimeSpan TimeSinceLastSent => _timeProvider.GetElapsedTime(Volatile.Read(ref _lastSent));

    public async Task<MqttPacket> RequestAsync(Func<ushort, MqttPacket> request, CancellationToken cancellationToken)
    {
        var (identifier, answer) = _pending.Add();
        Send(request(identifier));
        return await answer.WaitAsync(cancellationToken);
    }

    public Task PingAsync(CancellationToken cancellationToken)
    {
        var answer = _pending.AddPing();
        Send(PingPacket.Request);
        return answer.WaitAsync(cancellationToken);
    }

    public async Task<AckPacket?> PublishAsync(PublishPacket packet, CancellationToken cancellationToken)
    {
        if (PacketSize.Of(packet) > _serverMaximumPacketBytes)
        {
            throw new MqttProtocolViolationException("The message is larger than the server's maximum packet size.");
        }

        if (packet.QualityOfService == 0)
        {
            await _output.WaitForRoomAsync(MaximumPendingBytes, cancellationToken);
            if (Volatile.Read(ref _ended) != 0)
            {
                throw new MqttClientDisconnectedException(null);
            }

            Send(packet);
            return null;
        }

        return await _window.PublishAsync(packet, cancellationToken);
    }

    public void Send(MqttPacket packet)
    {
        Volatile.Write(ref _lastSent, _timeProvider.GetTimestamp());
        _output.Write(packet);
    }

    /// <summary>Sends DISCONNECT and waits until the network has it.</summary>
    public Task LeaveAsync(DisconnectPacket packet, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _ended, 1);
        Send(packet);
        return _output.WhenIdleAsync().WaitAsync(cancellationToken);
    }

    public void End(Exception? exception, DisconnectPacket? packet = null)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            Volatile.Write(ref _end, Tuple.Create(exception, packet));
            RaiseEnded();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _ended, 1);
        await _closing.CancelAsync();
        Fail(new MqttClientDisconnectedException(null));
        _received.Stop();
        _output.Close();
        await _stream.DisposeAsync();
    }

    // The network may fail between CONNACK and Start: then there is nobody to tell before.
    private void RaiseEnded()
    {
        if (Volatile.Read(ref _isStarted) == 1 && Volatile.Read(ref _end) is { } end && Interlocked.Exchange(ref _isRaised, 1) == 0)
        {
            Ended?.Invoke(this, end.Item1, end.Item2);
        }
    }
}
