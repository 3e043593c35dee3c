using System.Text.Json;

namespace Dapr.Client;

/// <summary>Makes a <see cref="DaprClient"/>. What is not set comes from the environment, as in the Dapr .NET SDK.</summary>
public sealed class DaprClientBuilder
{
    private string _httpEndpoint = DaprDefaults.HttpEndpoint(configuration: null);
    private JsonSerializerOptions _jsonOptions = new(JsonSerializerDefaults.Web);
    private string? _apiToken = DaprDefaults.ApiToken(configuration: null);
    private TimeSpan _timeout;

    /// <summary>Sets the sidecar's HTTP endpoint, by default <c>http://127.0.0.1:3500</c>.</summary>
    public DaprClientBuilder UseHttpEndpoint(string httpEndpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(httpEndpoint);
        _httpEndpoint = httpEndpoint;
        return this;
    }

    /// <summary>Accepted for the sake of the other engine: the embedded client speaks HTTP only.</summary>
    public DaprClientBuilder UseGrpcEndpoint(string grpcEndpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(grpcEndpoint);
        return this;
    }

    /// <summary>Sets how data is written, by default <see cref="JsonSerializerDefaults.Web"/>.</summary>
    public DaprClientBuilder UseJsonSerializationOptions(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _jsonOptions = options;
        return this;
    }

    /// <summary>Sets the <c>dapr-api-token</c> that the sidecar asks for.</summary>
    public DaprClientBuilder UseDaprApiToken(string apiToken)
    {
        _apiToken = apiToken;
        return this;
    }

    /// <summary>Sets the longest time a request to the sidecar may take, by default 100 s.</summary>
    public DaprClientBuilder UseTimeout(TimeSpan timeout)
    {
        _timeout = timeout;
        return this;
    }

    /// <summary>Makes the client. It connects with its first request.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is neither http nor https.</exception>
    public DaprClient Build()
    {
        var endpoint = new Uri(_httpEndpoint);
        if (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidOperationException("The HTTP endpoint must use http or https.");
        }

        var httpClient = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = endpoint };
        if (_timeout > TimeSpan.Zero)
        {
            httpClient.Timeout = _timeout;
        }

        if (!string.IsNullOrEmpty(_apiToken))
        {
            httpClient.DefaultRequestHeaders.Add(DaprDefaults.ApiTokenHeader, _apiToken);
        }

        return new DaprClientHttp(httpClient, _jsonOptions);
    }
}
