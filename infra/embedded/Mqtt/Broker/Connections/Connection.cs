using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using SmartCity.Embedded.Mqtt.Broker.Sessions;
using SmartCity.Embedded.Mqtt.Codec;
using SmartCity.Embedded.Mqtt.Transport;

namespace SmartCity.Embedded.Mqtt.Broker.Connections;

/// <summary>One client's connection: reads packets, hands them to their handlers, and ends.</summary>
internal sealed partial class Connection
{
    // A CONNECT holds at most a few strings of 64 KiB; who has not been let in gets no more memory than that.
    private const int MaximumConnectBytes = 256 * 1024;

    // Answers to a client that sends and does not read are made up to here; then it is not read either.
    internal const int MaximumOutputBytes = 16 * 1024 * 1024;

    // Less than this of an unfinished packet between two looks is not worth waiting for.
    private const int ProgressBytes = 1024;

    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    private readonly BrokerCore _core;
    private readonly Stream _stream;
    private readonly Action _shutdownSending;
    private readonly PipeReader _reader;
    private readonly PacketDecoder _decoder = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _readingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PublishHandler _publishes;
    private readonly SubscribeHandler _subscriptions;
    // Figures of this connection; the reading loop alone writes them.
    internal long PacketsReceived;
    internal long PublishesReceived;
    internal long BytesReceived;

    private int _isClosing;
    private long _lastReceived;
    private long _partialBytes;

    public Connection(BrokerCore core, Stream stream, EndPoint? remoteEndPoint, Action shutdownSending)
    {
        _core = core;
        _stream = stream;
        _shutdownSending = shutdownSending;
        RemoteEndPoint = remoteEndPoint;
        _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true, useZeroByteReads: true));
        Output = new PacketOutput(stream, ProtocolVersion.Version500, OnFlushed, _ => End("the network failed while sending"));
        _publishes = new PublishHandler(core, this);
        _subscriptions = new SubscribeHandler(core, this);
        ConnectedAt = _lastReceived = core.State.Now;
    }

    public EndPoint? RemoteEndPoint { get; }

    public PacketOutput Output { get; }

    public ProtocolVersion Version => _decoder.Version;

    public bool IsVersion5 => Version == ProtocolVersion.Version500;

    public string ClientId { get; set; } = string.Empty;

    public string? UserName { get; set; }

    public object? Principal { get; set; }

    /// <summary>Null unless CONNECT had an authentication method.</summary>
    public AuthHandler? Authentication { get; set; }

    /// <summary>Null until CONNECT was accepted.</summary>
    public Session? Session { get; set; }

    public WillMessage? Will { get; set; }

    /// <summary>Seconds from CONNECT; what DISCONNECT may change (section 3.14.2.2.2).</summary>
    public uint RequestedExpirySeconds { get; set; }

    /// <summary>Messages above QoS 0 that the client takes at once.</summary>
    public int SendQuota { get; set; } = ushort.MaxValue;

    /// <summary>Largest packet in bytes that the client takes.</summary>
    public long MaximumPacketBytes { get; set; } = uint.MaxValue;

    /// <summary>Whether acknowledgements may carry a reason in words (section 3.1.2.11.7).</summary>
    public bool WantsReasons { get; set; } = true;

    /// <summary>Null unless the client takes topic aliases.</summary>
    public OutgoingAliases? Aliases { get; set; }

    public long KeepAliveMilliseconds { get; set; }

    public long ConnectedAt { get; }

    /// <summary>While a publish waits for room nothing is read, so silence is not the client's.</summary>
    public bool IsDelayed { get; set; }

    public CancellationToken Closing => _closing.Token;

    /// <summary>Completes when the connection is closed and forgotten.</summary>
    public Task Ended => _ended.Task;

    private int MaximumIncomingBytes
        => Session is null ? Math.Min(MaximumConnectBytes, _core.State.Options.MaximumPacketSizeBytes) : _core.State.Options.MaximumPacketSizeBytes;

    public bool IsSilent(long now)
        => KeepAliveMilliseconds > 0 && !IsDelayed && now - Volatile.Read(ref _lastReceived) > KeepAliveMilliseconds * 3 / 2;

    public async Task RunAsync()
    {
        var reason = "the client closed the connection";
        try
        {
            await ReadAsync();
        }
        catch (Exception exception)
        {
            reason = exception.Message;
            if (exception is not (IOException or SocketException or ObjectDisposedException or OperationCanceledException))
            {
                Log.ConnectionFailed(_core.State.Logger, exception, ClientId);
            }
        }

        _readingEnded.TrySetResult();
        if (Interlocked.Exchange(ref _isClosing, 1) == 0)
        {
            End(reason);
        }
    }

    /// <summary>Says why (version 5), sends what is pending, and closes. The last will is published.</summary>
    public void Close(MqttReasonCode reason, string text)
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0)
        {
            return;
        }

        if (Session is not null && IsVersion5)
        {
            TrySend(new DisconnectPacket(reason) { Properties = new MqttProperties { ReasonString = text } });
        }

        _ = CloseSoonAsync(text);
    }

    /// <summary>Closes after what is pending was sent, without a further word.</summary>
    public void CloseQuietly(string text)
    {
        if (Interlocked.Exchange(ref _isClosing, 1) == 0)
        {
            _ = CloseSoonAsync(text);
        }
    }

    /// <summary>Closes at once.</summary>
    public void Abort(string text) => End(text);

    private async Task CloseSoonAsync(string text)
    {
        Detach(publishWill: true);
        await _closing.CancelAsync();
        try
        {
            await Output.WhenIdleAsync().WaitAsync(Linger);
            _shutdownSending();
            // Closing with unread input would reset the connection, and the client would not see the reason.
            await _readingEnded.Task.WaitAsync(Linger);
        }
        catch (Exception exception) when (exception is TimeoutException or SocketException or ObjectDisposedException or IOException)
        {
            text = $"{text}; {exception.Message}";
        }

        End(text);
    }

    // Once the connection is closing, what still comes is read and thrown away, so that the client sees the reason.
    private async Task ReadAsync()
    {
        while (true)
        {
            var result = await _reader.ReadAsync();
            var buffer = result.Buffer;
            var unread = buffer.Length;
            OutputBatch.Begin();
            try
            {
                while (!IsClosing
                    && FrameReader.TryRead(ref buffer, MaximumIncomingBytes, out var header, out var body))
                {
                    if (Session is null && Authentication is null && (PacketType)(header >> 4) != PacketType.Connect)
                    {
                        return;
                    }

                    PacketsReceived++;
                    var handling = HandleAsync(_decoder.Decode(header, body));
                    if (!handling.IsCompletedSuccessfully)
                    {
                        OutputBatch.End();
                        await handling;
                        OutputBatch.Begin();
                    }

                    if (Output.PendingBytes >= MaximumOutputBytes)
                    {
                        OutputBatch.End();
                        await Output.WaitForRoomAsync(MaximumOutputBytes, Closing);
                        OutputBatch.Begin();
                    }
                }
            }
            catch (MqttProtocolException exception)
            {
                Reject(exception);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.ConnectionFailed(_core.State.Logger, exception, ClientId);
                Close(MqttReasonCode.ImplementationSpecificError, "The server failed.");
            }
            finally
            {
                OutputBatch.End();
            }

            BytesReceived += unread - buffer.Length;
            // Only whole packets keep a connection alive (section 3.1.2.10), or a large one that makes progress.
            if (buffer.Length < unread || unread - _partialBytes >= ProgressBytes)
            {
                Volatile.Write(ref _lastReceived, _core.State.Now);
                _partialBytes = buffer.Length;
            }

            _reader.AdvanceTo(IsClosing ? buffer.End : buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }

    private void OnFlushed()
    {
        if (Session is not { } session || Output.PendingBytes > Deliveries.HighWaterBytes / 2)
        {
            return;
        }

        lock (_core.State.Gate)
        {
            if (OwnsSession)
            {
                _core.Deliveries.Pump(session);
            }
        }
    }

    private void Detach(bool publishWill)
    {
        lock (_core.State.Gate)
        {
            _core.Sessions.Detach(this, publishWill);
        }
    }

    private void End(string reason)
    {
        Interlocked.Exchange(ref _isClosing, 1);
        bool isFirst;
        lock (_core.State.Gate)
        {
            _core.Sessions.Detach(this, publishWill: true);
            isFirst = _core.State.Forget(this);
        }

        if (!isFirst)
        {
            return;
        }

        Log.Disconnected(_core.State.Logger, ClientId, RemoteEndPoint?.ToString() ?? "?", reason);
        Output.Close();
        _closing.Cancel();
        _stream.Dispose();
        _ended.TrySetResult();
    }
}
