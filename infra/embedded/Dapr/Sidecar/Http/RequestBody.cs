using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Reads request bodies within a limit.</summary>
internal static class RequestBody
{
    /// <summary>Sets how many bytes the request's body may have; reading beyond them fails with 413.</summary>
    public static void Limit(HttpContext context, long bytes)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = bytes;
        }
    }

    /// <exception cref="BadHttpRequestException">The body is too large, too slow or malformed.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, long limit)
    {
        Limit(context, limit);
        if (context.Request.ContentLength == 0)
        {
            return default;
        }

        var expected = (int)Math.Min(context.Request.ContentLength ?? 4096, limit);
        var body = new ArrayBufferWriter<byte>(Math.Clamp(expected, 256, 1024 * 1024));
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await ReadPieceAsync(reader, context.RequestAborted);
            foreach (var segment in result.Buffer)
            {
                body.Write(segment.Span);
            }

            reader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return body.WrittenMemory;
            }
        }
    }

    private static async ValueTask<System.IO.Pipelines.ReadResult> ReadPieceAsync(System.IO.Pipelines.PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw Malformed(exception);
        }
    }

    /// <summary>
    /// Whether an exception of reading a body says that the body is malformed. For some chunk sizes and trailers the
    /// server's parser throws something else than it says.
    /// </summary>
    public static bool IsMalformed(Exception exception)
        => exception is not (OperationCanceledException or BadHttpRequestException or ConnectionResetException or ConnectionAbortedException);

    public static BadHttpRequestException Malformed(Exception exception)
        => new("The body's chunks or trailers are malformed.", StatusCodes.Status400BadRequest, exception);
}
