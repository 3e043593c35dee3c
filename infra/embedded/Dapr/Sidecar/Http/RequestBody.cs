using System.Buffers;
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
            var result = await reader.ReadAsync(context.RequestAborted);
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
}
