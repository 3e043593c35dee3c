using System.Buffers;
using System.Net;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Hands a body on piece by piece, each as soon as it is there.</summary>
internal sealed class StreamedBody(Stream body) : HttpContent
{
    private const int PieceBytes = 16 * 1024;
    private readonly CallersBody _body = new(body);

    public static async Task CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            int read;
            while ((read = await from.ReadAsync(piece, cancellationToken)) > 0)
            {
                await to.WriteAsync(piece.AsMemory(0, read), cancellationToken);
                await to.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(_body, stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        => CopyAsync(_body, stream, cancellationToken);

    // The length, if there is one, is the header that was copied.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

/// <summary>A caller's body, whose faults are told from those of the connection that it is copied to.</summary>
internal sealed class CallersBody(Stream body) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (RequestBody.IsMalformed(exception))
        {
            throw RequestBody.Malformed(exception);
        }
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
