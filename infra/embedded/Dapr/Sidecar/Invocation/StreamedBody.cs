using System.Buffers;
using System.Net;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Hands a body on piece by piece, each as soon as it is there.</summary>
internal sealed class StreamedBody(Stream body) : HttpContent
{
    private const int PieceBytes = 16 * 1024;

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

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(body, stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        => CopyAsync(body, stream, cancellationToken);

    // The length, if there is one, is the header that was copied.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
