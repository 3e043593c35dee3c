using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SmartCity.ServiceDefaults.Streaming;

/// <summary>What every stream of server-sent events does alike (HTML standard, section 9.2).</summary>
public static class EventStream
{
    /// <summary>A comment that keeps proxies from closing a silent stream (section 9.2.7).</summary>
    public static readonly ReadOnlyMemory<byte> Heartbeat = ": still here\n\n"u8.ToArray();

    private static readonly ReadOnlyMemory<byte> Retry = "retry: 2000\n\n"u8.ToArray();

    /// <summary>Sets the answer's headers, so that nobody on the way keeps or buffers it.</summary>
    public static void SetHeaders(HttpContext http)
    {
        var response = http.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Writes how soon a client that lost the stream comes back, in two seconds; nothing is flushed.</summary>
    public static void WriteRetry(PipeWriter body) => body.Write(Retry.Span);
}
