using System.Net.Sockets;
using SmartCity.Embedded.Mqtt.Codec;

namespace SmartCity.Embedded.Mqtt.Transport;

/// <summary>
/// The sending half of a connection. Packets are appended in memory and one writer at a time sends all that has
/// gathered in a single write, so that many small packets share a system call. Whoever appends watches
/// <see cref="PendingBytes"/>: the buffer itself refuses nothing.
/// </summary>
internal sealed class PacketOutput(Stream stream, ProtocolVersion version, Action? flushed, Action<Exception> failed)
{
    private readonly Lock _gate = new();
    private PooledBuffer _filling = new();
    private PooledBuffer _sending = new();
    private TaskCompletionSource? _idle;
    private TaskCompletionSource? _room;
    private long _packetsSent;
    private long _bytesSent;
    private bool _isSending;
    private bool _isClosed;

    public ProtocolVersion Version { get; set; } = version;

    /// <summary>Bytes that the network has not taken yet.</summary>
    public int PendingBytes => Volatile.Read(ref _filling).Length + Volatile.Read(ref _sending).Length;

    public long PacketsSent => Volatile.Read(ref _packetsSent);

    public long BytesSent => Volatile.Read(ref _bytesSent);

    public void Write(MqttPacket packet)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            PacketEncoder.Write(_filling, packet, Version);
            StartSending();
        }
    }

    public void WriteAck(PacketType type, ushort identifier, MqttReasonCode reason = MqttReasonCode.Success)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            PacketEncoder.WriteAck(_filling, type, identifier, reason, Version);
            StartSending();
        }
    }

    public void Write(in PublishFrame frame)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            frame.Write(_filling);
            StartSending();
        }
    }

    /// <summary>Completes when everything appended so far was given to the network, or the connection failed.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            return _isSending ? (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    /// <summary>Completes when less than <paramref name="limit"/> bytes are pending, or the connection failed.</summary>
    public async ValueTask WaitForRoomAsync(int limit, CancellationToken cancellationToken)
    {
        while (PendingBytes >= limit)
        {
            Task room;
            lock (_gate)
            {
                if (!_isSending || _isClosed)
                {
                    return;
                }

                room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Drops what is pending and takes no more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _filling.Release();
            Finish();
        }
    }

    private void StartSending()
    {
        _packetsSent++;
        if (!_isSending)
        {
            _isSending = true;
            if (!OutputBatch.TryAdd(this))
            {
                ThreadPool.UnsafeQueueUserWorkItem(static output => _ = output.SendAsync(isOwnThread: true), this, preferLocal: false);
            }
        }
    }

    /// <summary>Sends what was appended, on the calling thread as far as the network takes it at once.</summary>
    public void SendFromHere() => _ = SendAsync(isOwnThread: false);

    private async Task SendAsync(bool isOwnThread)
    {
        try
        {
            for (var isFirst = true; TakeFilled(); isFirst = false)
            {
                if (!isFirst && !isOwnThread)
                {
                    // Others append too; whoever only lends its thread is not kept for them.
                    await Task.Yield();
                    isOwnThread = true;
                }

                await stream.WriteAsync(_sending.Written);
                lock (_gate)
                {
                    _sending.Clear();
                    _room?.TrySetResult();
                    _room = null;
                }

                flushed?.Invoke();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException or InvalidOperationException)
        {
            lock (_gate)
            {
                _isSending = false;
                _sending.Release();
            }

            Close();
            failed(exception);
        }
    }

    private bool TakeFilled()
    {
        lock (_gate)
        {
            if (_filling.Length > 0)
            {
                _bytesSent += _filling.Length;
                (_filling, _sending) = (_sending, _filling);
                return true;
            }

            _isSending = false;
            _filling.Release();
            _sending.Release();
            Finish();
            return false;
        }
    }

    private void Finish()
    {
        _idle?.TrySetResult();
        _idle = null;
        _room?.TrySetResult();
        _room = null;
    }
}
