namespace Dapr.Client;

/// <summary>
/// What an application asks of its sidecar. The surface is that of the Dapr .NET SDK; members that no service uses
/// are left out.
/// </summary>
public abstract partial class DaprClient : IDisposable
{
    /// <summary>
    /// Makes a client for service invocation: the host of each request URI is the app id to call, and the request
    /// goes to the sidecar's <c>/v1.0/invoke/{appId}/method/…</c>.
    /// </summary>
    /// <param name="appId">The app id that relative URIs go to, or null when every request names its own.</param>
    /// <param name="daprEndpoint">The sidecar's HTTP endpoint; by default as for <see cref="DaprClientBuilder"/>.</param>
    /// <param name="daprApiToken">The sidecar's API token; by default DAPR_API_TOKEN.</param>
    /// <exception cref="ArgumentException">The app id cannot be the host of a URI.</exception>
    public static HttpClient CreateInvokeHttpClient(string? appId = null, string? daprEndpoint = null, string? daprApiToken = null)
    {
        Uri? baseAddress = null;
        if (appId is not null && !Uri.TryCreate($"http://{appId}", UriKind.Absolute, out baseAddress))
        {
            throw new ArgumentException("The appId must be a valid hostname.", nameof(appId));
        }

        var handler = new InvocationHandler { InnerHandler = new HttpClientHandler { UseProxy = false }, DefaultAppId = appId };
        if (daprEndpoint is not null)
        {
            handler.DaprEndpoint = daprEndpoint;
        }

        if (daprApiToken is not null)
        {
            handler.DaprApiToken = daprApiToken;
        }

        return new HttpClient(handler) { BaseAddress = baseAddress };
    }

    /// <summary>Publishes an event; completes when the sidecar holds it safely for every subscribed app.</summary>
    /// <exception cref="DaprException">The sidecar cannot be reached or refused the event.</exception>
    public abstract Task PublishEventAsync<TData>(string pubsubName, string topicName, TData data, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="PublishEventAsync{TData}(string, string, TData, CancellationToken)"/>
    /// <param name="metadata"><c>ttlInSeconds</c>, <c>rawPayload</c>, and <c>cloudevent.*</c> overrides (id, source, type, subject, traceparent).</param>
    public abstract Task PublishEventAsync<TData>(string pubsubName, string topicName, TData data, Dictionary<string, string> metadata, CancellationToken cancellationToken = default);

    /// <summary>Publishes an event without data.</summary>
    /// <exception cref="DaprException">The sidecar cannot be reached or refused the event.</exception>
    public abstract Task PublishEventAsync(string pubsubName, string topicName, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="PublishEventAsync(string, string, CancellationToken)"/>
    public abstract Task PublishEventAsync(string pubsubName, string topicName, Dictionary<string, string> metadata, CancellationToken cancellationToken = default);

    /// <summary>Publishes bytes as they are, with their media type.</summary>
    /// <exception cref="DaprException">The sidecar cannot be reached or refused the event.</exception>
    public abstract Task PublishByteEventAsync(string pubsubName, string topicName, ReadOnlyMemory<byte> data, string dataContentType = "application/json", Dictionary<string, string>? metadata = null, CancellationToken cancellationToken = default);

    /// <summary>Publishes many events in one request; the response names those that failed.</summary>
    /// <exception cref="DaprException">The sidecar cannot be reached or refused the whole request.</exception>
    public abstract Task<BulkPublishResponse<TValue>> BulkPublishEventAsync<TValue>(string pubsubName, string topicName, IReadOnlyList<TValue> events, Dictionary<string, string>? metadata = null, CancellationToken cancellationToken = default);

    /// <summary>Whether the sidecar is healthy; false, never an exception, when it cannot be reached.</summary>
    public abstract Task<bool> CheckHealthAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the sidecar's outbound parts (components) are healthy; false when it cannot be reached.</summary>
    public abstract Task<bool> CheckOutboundHealthAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits until <see cref="CheckOutboundHealthAsync"/> is true, asking every half second.</summary>
    public abstract Task WaitForSidecarAsync(CancellationToken cancellationToken = default);

    /// <summary>What the sidecar says of itself.</summary>
    /// <exception cref="DaprException">The sidecar cannot be reached.</exception>
    public abstract Task<DaprMetadata> GetMetadataAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the connections to the sidecar.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
