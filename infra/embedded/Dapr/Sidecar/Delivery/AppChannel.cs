using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>The connections to the apps, shared by deliveries, questions and invocations.</summary>
internal sealed class AppChannel(string? appApiToken) : IDisposable
{
    public const string ApiTokenHeader = "dapr-api-token";

    // One plain hop: what the apps say is passed on, never acted upon (redirects, cookies, proxies, decompression).
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        MaxResponseHeadersLength = 64,
        // Byte for byte: what an app puts into a header is not the sidecar's to refuse.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    });

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Version = HttpVersion.Version11;
        if (appApiToken is not null)
        {
            request.Headers.TryAddWithoutValidation(ApiTokenHeader, appApiToken);
        }

        return _invoker.SendAsync(request, cancellationToken);
    }

    /// <summary>Reads a body that is expected to be small.</summary>
    /// <exception cref="HttpRequestException">It is larger than the limit.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, long limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength == 0)
        {
            return [];
        }

        await content.LoadIntoBufferAsync(limit, cancellationToken);
        return await content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Reads a body that says something only when it is small; null when it is larger.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadSmallAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength is { } length && (length == 0 || length > limit))
        {
            return length == 0 ? ReadOnlyMemory<byte>.Empty : null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(limit + 1);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, limit + 1), limit + 1, throwOnEndOfStream: false, cancellationToken);
            return read > limit ? null : buffer.AsSpan(0, read).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static ByteArrayContent CloudEvent(byte[] payload)
        => new(payload) { Headers = { ContentType = new MediaTypeHeaderValue("application/cloudevents+json") } };

    /// <summary>Whether the app's process could not be reached at all, so that it has seen nothing of the request.</summary>
    public static bool IsUnreachable(HttpRequestException exception)
        => exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;

    public void Dispose() => _invoker.Dispose();
}
