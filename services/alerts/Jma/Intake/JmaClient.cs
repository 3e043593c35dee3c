using System.Net;
using Microsoft.Extensions.Options;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>Fetches from the agency: allowed hosts only, no redirects, bounded in size and time.</summary>
public sealed class JmaClient(IHttpClientFactory clients, IOptions<JmaOptions> options)
{
    public const string Name = "jma";

    /// <summary>The long feeds have a megabyte or two.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <returns>Null where it has not changed.</returns>
    /// <exception cref="HttpRequestException">Not reached, refused, or too large.</exception>
    public async Task<(byte[] Content, FeedAbout About)?> GetAsync(Uri address, FeedAbout? known, CancellationToken cancellationToken)
    {
        if (!options.Value.MayFetch(address))
        {
            throw new HttpRequestException($"{address.Host} is not among {JmaOptions.Section}:AllowedHosts.");
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

        using var client = clients.CreateClient(Name);
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
