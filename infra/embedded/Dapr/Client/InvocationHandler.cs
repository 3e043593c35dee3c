namespace Dapr.Client;

/// <summary>Turns <c>http://{appId}/{path}</c> into a service invocation through the sidecar.</summary>
public class InvocationHandler : DelegatingHandler
{
    private Uri _endpoint = new(DaprDefaults.HttpEndpoint(configuration: null));

    /// <summary>The sidecar's HTTP endpoint.</summary>
    /// <exception cref="ArgumentException">The scheme is neither http nor https.</exception>
    public string DaprEndpoint
    {
        get => _endpoint.OriginalString;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            var uri = new Uri(value, UriKind.Absolute);
            if (!IsHttp(uri))
            {
                throw new ArgumentException("The URI scheme of the Dapr endpoint must be http or https.", nameof(value));
            }

            _endpoint = uri;
        }
    }

    /// <summary>The app id in its own spelling: a URI's host is lower case, an app id need not be.</summary>
    public string? DefaultAppId { get; set; }

    internal string? DaprApiToken { get; set; } = DaprDefaults.ApiToken(configuration: null);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var original = request.RequestUri;
        if (original is null || !original.IsAbsoluteUri || !IsHttp(original))
        {
            throw new ArgumentException($"The request URI '{original}' is not a valid Dapr service invocation destination.", nameof(request));
        }

        var appId = original.Host.Equals(DefaultAppId, StringComparison.OrdinalIgnoreCase) ? DefaultAppId : original.Host;
        request.RequestUri = new Uri(_endpoint, $"/v1.0/invoke/{appId}/method{original.PathAndQuery}");
        if (!string.IsNullOrEmpty(DaprApiToken))
        {
            request.Headers.Add(DaprDefaults.ApiTokenHeader, DaprApiToken);
        }

        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = original;
            request.Headers.Remove(DaprDefaults.ApiTokenHeader);
        }
    }

    private static bool IsHttp(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;
}
