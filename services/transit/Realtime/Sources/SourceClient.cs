using System.Net;
using System.Net.Http.Headers;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>Fetches one source, bounded in time and size; to addresses of the open internet only, unless it is set otherwise.</summary>
internal sealed class SourceClient(IHttpClientFactory clients)
{
    public const string Name = "gtfs-realtime";

    /// <summary>The body, or null where nothing changed since the last time.</summary>
    /// <exception cref="HttpRequestException">It did not answer, answered with an error, or with too much.</exception>
    /// <exception cref="TaskCanceledException">It took too long.</exception>
    public async Task<byte[]?> GetAsync(Source source, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, source.Url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-protobuf"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.5));
        if (source.ETag is { } etag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }
        else if (source.LastModified is { } modified)
        {
            request.Headers.IfModifiedSince = modified;
        }

        using var response = await clients.CreateClient(Name).SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        (source.ETag, source.LastModified) = (response.Headers.ETag?.ToString(), response.Content.Headers.LastModified);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Every connection is checked when it is made, so also those that a redirect leads to.</summary>
    public static SocketsHttpHandler Handler(SourceOptions options)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, MaxAutomaticRedirections = 3, UseCookies = false, AutomaticDecompression = DecompressionMethods.All, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (!options.AllowPrivateHosts)
        {
            handler.ConnectCallback = static async (context, token) =>
                await PublicConnections.ConnectAsync(context.DnsEndPoint, static (host, lookup) => Dns.GetHostAddressesAsync(host, lookup), token);
        }

        return handler;
    }
}
