using System.Net;

namespace SmartCity.Alerts.Import.Feeds;

/// <summary>Fetches from other authorities: allowed hosts only, no redirects, conditionally, bounded in size and time by its HTTP client.</summary>
/// <param name="name">Of the HTTP client.</param>
/// <param name="mayFetch">Whether an address is allowed.</param>
/// <param name="section">Settings that allow hosts.</param>
public abstract class FeedClient(IHttpClientFactory clients, string name, Func<Uri, bool> mayFetch, string section)
{
    /// <summary>Long feeds have a megabyte or two.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <returns>Null where it has not changed.</returns>
    /// <exception cref="HttpRequestException">Not reached, refused, or too large.</exception>
    public async Task<(byte[] Content, FeedAbout About)?> GetAsync(Uri address, FeedAbout? known, CancellationToken cancellationToken)
    {
        if (!mayFetch(address))
        {
            throw new HttpRequestException($"{address.Host} is not among {section}:AllowedHosts.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (known?.ETag is { } tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (known?.LastModified is { } modified)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }

        using var client = clients.CreateClient(name);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"The answer was {(int)response.StatusCode}.", inner: null, response.StatusCode);
        }

        var about = new FeedAbout(response.Headers.ETag?.ToString(), response.Content.Headers.NonValidated.TryGetValues("Last-Modified", out var values) ? values.ToString() : null);
        return (await response.Content.ReadAsByteArrayAsync(cancellationToken), about);
    }
}

/// <summary>What makes the next request for a feed conditional (RFC 9110, section 13).</summary>
public sealed record FeedAbout(string? ETag, string? LastModified);
