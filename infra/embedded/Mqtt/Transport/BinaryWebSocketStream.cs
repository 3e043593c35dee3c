using System.Net.WebSockets;

namespace SmartCity.Embedded.Mqtt.Transport;

/// <summary>
/// The bytes of a WebSocket's binary messages as a stream (MQTT 5.0, section 6): packets may span messages and messages
/// may hold several packets, so message ends mean nothing. Text ends the connection.
/// </summary>
internal sealed class BinaryWebSocketStream(WebSocket socket) : Stream
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private bool _hasEnded;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The connection failed, or the peer sent text.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_hasEnded)
        {
            ValueWebSocketReceiveResult result;
            try
            {
                result = await socket.ReceiveAsync(buffer, cancellationToken);
            }
            catch (Exception exception) when (IsFailure(exception, cancellationToken))
            {
                throw new IOException(exception.Message, exception);
            }

            if (result.MessageType == WebSocketMessageType.Close)
            {
                _hasEnded = true;
                await CloseOutputAsync(WebSocketCloseStatus.NormalClosure);
            }
            else if (result.MessageType == WebSocketMessageType.Text)
            {
                _hasEnded = true;
                await CloseOutputAsync(WebSocketCloseStatus.InvalidMessageType);
                throw new IOException("A WebSocket message with text is not MQTT.");
            }
            else if (result.Count > 0 || buffer.IsEmpty)
            {
                return result.Count;
            }
        }

        return 0;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await socket.SendAsync(buffer, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            throw new IOException(exception.Message, exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Says that nothing more comes; the peer is expected to say the same.</summary>
    public void ShutDownSending() => _ = CloseOutputAsync(WebSocketCloseStatus.NormalClosure);

    public override void Flush()
    {
        // Every write goes out at once.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await CloseOutputAsync(WebSocketCloseStatus.NormalClosure);
        }

        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            socket.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task CloseOutputAsync(WebSocketCloseStatus status)
    {
        try
        {
            using var timeout = new CancellationTokenSource(CloseTimeout);
            await socket.CloseOutputAsync(status, null, timeout.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The peer is gone or does not read: it is not told.
            socket.Abort();
        }
    }

    private static bool IsFailure(Exception exception, CancellationToken cancellationToken)
        => exception is WebSocketException or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
