using System.Buffers;
using System.IO.Pipelines;
using MQTTnet.Exceptions;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Embedded.Mqtt.Transport;

namespace MQTTnet;

/// <summary>One connection of a client from CONNECT to its end; a reconnect makes a new one.</summary>
internal sealed class ClientConnection : IAsyncDisposable
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
    private readonly HashSet<ushort> _exactlyOnce;
    private SemaphoreSlim _sendQuota = new(ushort.MaxValue);
    private uint _serverMaximumPacketBytes = uint.MaxValue;
    private long _lastSent;
    private int _ended;

    public ClientConnection(Stream stream, MqttClientOptions options, TimeProvider timeProvider, HashSet<ushort> exactlyOnce,
        Func<MqttApplicationMessageReceivedEventArgs, Task> onMessage)
    {
        _stream = stream;
        _options = options;
        _timeProvider = timeProvider;
        _exactlyOnce = exactlyOnce;
        Version = PacketFactory.Version(options.ProtocolVersion);
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        _output = new PacketOutput(stream, Version, null, exception => End(exception));
        _decoder = new PacketDecoder { Version = Version };
        _received = new ReceivedMessages(options.ClientId, onMessage, AcknowledgeAsync, exception => End(exception));
    }

    public ProtocolVersion Version { get; }

    /// <summary>Set when the connection ended by itself, with the reason; not when the client left.</summary>
    public event Action<ClientConnection, Exception?, DisconnectPacket?>? Ended;

    public async Task<MqttClientConnectResult> HandshakeAsync(CancellationToken cancellationToken)
    {
        Send(PacketFactory.Connect(_options));
        var packet = await ReceiveAsync(cancellationToken);
        if (packet is not ConnAckPacket connAck)
        {
            throw new MqttProtocolViolationException($"Received {packet?.Type.ToString() ?? "the end of the connection"} instead of CONNACK.");
        }

        var result = PacketFactory.ConnectResult(connAck, Version);
        if (!result.IsSessionPresent)
        {
            _exactlyOnce.Clear();
        }

        _sendQuota = new SemaphoreSlim(result.ReceiveMaximum ?? ushort.MaxValue);
        _serverMaximumPacketBytes = result.MaximumPacketSize ?? uint.MaxValue;
        return result;
    }

    public void Start(TimeSpan keepAlive)
    {
        _ = RunAsync();
        _received.Start();
        if (keepAlive > TimeSpan.Zero)
        {
            _ = new KeepAlive(this, keepAlive, _timeProvider).RunAsync(_closing.Token);
        }
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
            ObjectDisposedException.ThrowIf(_ended != 0 && _closing.IsCancellationRequested, this);
            Send(packet);
            return null;
        }

        await _sendQuota.WaitAsync(cancellationToken);
        Task<MqttPacket> answer;
        try
        {
            (packet.PacketIdentifier, answer) = _pending.Add();
        }
        catch
        {
            _sendQuota.Release();
            throw;
        }

        Send(packet);
        return (AckPacket)await answer.WaitAsync(cancellationToken);
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
            Ended?.Invoke(this, exception, packet);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _ended, 1);
        await _closing.CancelAsync();
        _pending.FailAll(new MqttClientDisconnectedException(null));
        _received.Stop();
        _output.Close();
        await _stream.DisposeAsync();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await ReceiveAsync(_closing.Token) is { } packet)
            {
                if (packet is DisconnectPacket disconnect)
                {
                    var reason = new MqttClientUnexpectedDisconnectReceivedException(disconnect);
                    _pending.FailAll(reason);
                    End(reason, disconnect);
                    return;
                }

                Handle(packet);
            }

            var exception = new MqttClientDisconnectedException(null);
            _pending.FailAll(exception);
            End(exception);
        }
        catch (Exception exception)
        {
            var reason = new MqttClientDisconnectedException(exception);
            _pending.FailAll(reason);
            End(reason);
        }
    }

    private void Handle(MqttPacket packet)
    {
        switch (packet)
        {
            case PublishPacket publish when publish.QualityOfService == 2 && _exactlyOnce.Contains(publish.PacketIdentifier):
                _output.WriteAck(PacketType.PubRec, publish.PacketIdentifier);
                break;
            case PublishPacket publish:
                _received.Enqueue(publish, this);
                break;
            case AckPacket { Type: PacketType.PubAck } ack:
                Complete(ack);
                break;
            case AckPacket { Type: PacketType.PubRec } ack when ack.ReasonCode >= MqttReasonCode.UnspecifiedError:
                Complete(ack);
                break;
            case AckPacket { Type: PacketType.PubRec } ack:
                _releasing[ack.PacketIdentifier] = Copy(ack);
                _output.WriteAck(PacketType.PubRel, ack.PacketIdentifier);
                break;
            case AckPacket { Type: PacketType.PubComp } ack:
                Complete(_releasing.Remove(ack.PacketIdentifier, out var received) && ack.ReasonCode == MqttReasonCode.Success
                    ? received
                    : new AckPacket(PacketType.PubComp, ack.PacketIdentifier, MqttReasonCode.UnspecifiedError));
                break;
            case AckPacket ack:
                lock (_exactlyOnce)
                {
                    _exactlyOnce.Remove(ack.PacketIdentifier);
                }

                _output.WriteAck(PacketType.PubComp, ack.PacketIdentifier);
                break;
            case SubscriptionAckPacket ack:
                _pending.Complete(ack.PacketIdentifier, ack);
                break;
            case PingPacket { Type: PacketType.PingResp }:
                _pending.CompletePing();
                break;
            default:
                throw new MqttProtocolViolationException($"Received {packet.Type} at an unexpected time.");
        }
    }

    private void Complete(AckPacket ack)
    {
        if (_pending.Complete(ack.PacketIdentifier, Copy(ack)))
        {
            _sendQuota.Release();
        }
    }

    // The decoder uses its own object again.
    private static AckPacket Copy(AckPacket ack) => new(ack.Type, ack.PacketIdentifier, ack.ReasonCode) { Properties = ack.Properties };

    private Task AcknowledgeAsync(MqttApplicationMessageReceivedEventArgs args, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (args.PacketIdentifier == 0 || args.ProcessingFailed)
        {
            return Task.CompletedTask;
        }

        if (Volatile.Read(ref _ended) != 0)
        {
            // The server delivers the message again on the next connection; an old identifier would mean another message there.
            return Task.FromException(new MqttClientNotConnectedException());
        }

        var isExactlyOnce = args.ApplicationMessage.QualityOfServiceLevel == Protocol.MqttQualityOfServiceLevel.ExactlyOnce;
        if (isExactlyOnce && args.ReasonCode < MqttApplicationMessageReceivedReasonCode.UnspecifiedError)
        {
            lock (_exactlyOnce)
            {
                _exactlyOnce.Add(args.PacketIdentifier);
            }
        }

        var hasProperties = args.ResponseReasonString is not null || args.ResponseUserProperties.Count > 0;
        Send(new AckPacket(isExactlyOnce ? PacketType.PubRec : PacketType.PubAck, args.PacketIdentifier, (MqttReasonCode)args.ReasonCode)
        {
            Properties = hasProperties ? new MqttProperties { ReasonString = args.ResponseReasonString, UserProperties = args.ResponseUserProperties } : null,
        });
        return Task.CompletedTask;
    }

    private async Task<MqttPacket?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var maximum = _options.MaximumPacketSize is 0 or > int.MaxValue ? int.MaxValue : (int)_options.MaximumPacketSize;
        ConsumePrevious();
        while (true)
        {
            var result = await _reader.ReadAsync(cancellationToken);
            _unread = result.Buffer;
            if (FrameReader.TryRead(ref _unread, maximum, out var header, out var body))
            {
                _hasUnread = true;
                return _decoder.Decode(header, body);
            }

            _reader.AdvanceTo(_unread.Start, _unread.End);
            if (result.IsCompleted)
            {
                return null;
            }
        }
    }

    private ReadOnlySequence<byte> _unread;
    private bool _hasUnread;

    // A packet's payload lies in the reader's memory: it is given back when the next packet is asked for.
    private void ConsumePrevious()
    {
        if (_hasUnread)
        {
            _hasUnread = false;
            _reader.AdvanceTo(_unread.Start);
        }
    }
}
