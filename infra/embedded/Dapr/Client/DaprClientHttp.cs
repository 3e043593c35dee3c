using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Dapr.Client;

/// <summary>The client of the embedded engine: Dapr's HTTP API v1.0.</summary>
internal sealed partial class DaprClientHttp(HttpClient httpClient, JsonSerializerOptions jsonOptions) : DaprClient
{
    private const string JsonMediaType = "application/json";
    private const string CloudEventMediaType = "application/cloudevents+json";
    private const string OctetStreamMediaType = "application/octet-stream";
    private const string PublishFailed = "Publish operation failed: the Dapr endpoint indicated a failure. See InnerException for details.";
    private const string BulkPublishFailed = "Bulk Publish operation failed: the Dapr endpoint indicated a failure. See InnerException for details.";

    public override Task PublishEventAsync<TData>(string pubsubName, string topicName, TData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return PublishAsync(pubsubName, topicName, Serialize(data), MediaTypeOf(data), metadata: null, cancellationToken);
    }

    public override Task PublishEventAsync<TData>(string pubsubName, string topicName, TData data, Dictionary<string, string> metadata, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(metadata);
        return PublishAsync(pubsubName, topicName, Serialize(data), MediaTypeOf(data), metadata, cancellationToken);
    }

    public override Task PublishEventAsync(string pubsubName, string topicName, CancellationToken cancellationToken = default)
        => PublishAsync(pubsubName, topicName, default, mediaType: null, metadata: null, cancellationToken);

    public override Task PublishEventAsync(string pubsubName, string topicName, Dictionary<string, string> metadata, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return PublishAsync(pubsubName, topicName, default, mediaType: null, metadata, cancellationToken);
    }

    public override Task PublishByteEventAsync(string pubsubName, string topicName, ReadOnlyMemory<byte> data, string dataContentType = JsonMediaType, Dictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => PublishAsync(pubsubName, topicName, data, dataContentType, metadata, cancellationToken);

    public override async Task<BulkPublishResponse<TValue>> BulkPublishEventAsync<TValue>(string pubsubName, string topicName, IReadOnlyList<TValue> events, Dictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var entries = events.Select((value, index) => new BulkPublishEntry<TValue>(
            index.ToString(CultureInfo.InvariantCulture), value, value is byte[]? OctetStreamMediaType : MediaTypeOf(value), metadata)).ToList();
        // An octet-stream entry is a base64 string in JSON, which is how the serializer writes a byte[].
        var body = JsonSerializer.SerializeToUtf8Bytes(entries.Select(entry => new
        {
            entryId = entry.EntryId,
            @event = JsonSerializer.SerializeToElement(entry.EventData, jsonOptions),
            contentType = entry.ContentType,
            metadata = entry.Metadata,
        }));
        using var response = await SendAsync(PathOf("v1.0/publish/bulk", pubsubName, topicName, metadata), body, JsonMediaType, BulkPublishFailed, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return new BulkPublishResponse<TValue>([]);
        }

        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var failed = BulkFailures.Read(text) ?? throw new DaprException(BulkPublishFailed, FailureOf(response, text));
        return new BulkPublishResponse<TValue>([.. failed.Join(entries, f => f.EntryId, e => e.EntryId,
            (f, e) => new BulkPublishResponseFailedEntry<TValue>(e, f.Error), StringComparer.Ordinal)]);
    }

    public override Task<bool> CheckHealthAsync(CancellationToken cancellationToken = default) => IsHealthyAsync("v1.0/healthz", cancellationToken);

    public override Task<bool> CheckOutboundHealthAsync(CancellationToken cancellationToken = default) => IsHealthyAsync("v1.0/healthz/outbound", cancellationToken);

    public override async Task WaitForSidecarAsync(CancellationToken cancellationToken = default)
    {
        while (!await CheckOutboundHealthAsync(cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
    }

    public override async Task<DaprMetadata> GetMetadataAsync(CancellationToken cancellationToken = default)
    {
        const string failed = "Get metadata operation failed: the Dapr endpoint indicated a failure. See InnerException for details.";
        using var response = await SendAsync("v1.0/metadata", body: null, mediaType: null, failed, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? MetadataDocument.Read(text)
            : throw new DaprException(failed, FailureOf(response, text));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            httpClient.Dispose();
        }
    }

    private static string MediaTypeOf<TData>(TData data) => data is CloudEvent ? CloudEventMediaType : JsonMediaType;

    private byte[] Serialize<TData>(TData data) => JsonSerializer.SerializeToUtf8Bytes(data, jsonOptions);

    private static string PathOf(string operation, string pubsubName, string topicName, Dictionary<string, string>? metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(pubsubName);
        ArgumentException.ThrowIfNullOrEmpty(topicName);
        var path = new StringBuilder(operation).Append('/').Append(Uri.EscapeDataString(pubsubName)).Append('/').Append(Uri.EscapeDataString(topicName));
        var separator = '?';
        foreach (var (key, value) in metadata ?? [])
        {
            path.Append(separator).Append("metadata.").Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return path.ToString();
    }

    private async Task PublishAsync(string pubsubName, string topicName, ReadOnlyMemory<byte> data, string? mediaType, Dictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(PathOf("v1.0/publish", pubsubName, topicName, metadata), data, mediaType, PublishFailed, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new DaprException(PublishFailed, FailureOf(response, await response.Content.ReadAsStringAsync(cancellationToken)));
        }
    }

    private async Task<bool> IsHealthyAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await httpClient.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string path, ReadOnlyMemory<byte>? body, string? mediaType, string failed, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        if (body is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes);
            request.Content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        }

        return await SendAsync(request, failed, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string failed, CancellationToken cancellationToken)
    {
        try
        {
            return await httpClient.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new DaprException(failed, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DaprException(failed, exception);
        }
    }

    private static HttpRequestException FailureOf(HttpResponseMessage response, string body)
        => new(string.Create(CultureInfo.InvariantCulture, $"The sidecar answered {(int)response.StatusCode}: {body}"), inner: null, response.StatusCode);
}
