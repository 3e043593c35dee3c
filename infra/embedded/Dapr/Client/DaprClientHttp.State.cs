using System.Text;
using System.Text.Json;

namespace Dapr.Client;

/// <content>Reading and writing single keys.</content>
internal sealed partial class DaprClientHttp
{
    private const string StateFailed = "State operation failed: the Dapr endpoint indicated a failure. See InnerException for details.";
    private const string StateUnreadable = "State operation failed: the state payload could not be deserialized. See InnerException for details.";

    public override async Task<TValue> GetStateAsync<TValue>(string storeName, string key, ConsistencyMode? consistencyMode = default, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => (await GetStateAndETagAsync<TValue>(storeName, key, consistencyMode, metadata, cancellationToken)).value;

    public override async Task<(TValue value, string etag)> GetStateAndETagAsync<TValue>(string storeName, string key, ConsistencyMode? consistencyMode = default, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        var (bytes, etag) = await GetBytesAsync(storeName, key, consistencyMode, metadata, cancellationToken);
        return (Deserialize<TValue>(bytes)!, etag);
    }

    public override async Task<ReadOnlyMemory<byte>> GetByteStateAsync(string storeName, string key, ConsistencyMode? consistencyMode = default, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => (await GetBytesAsync(storeName, key, consistencyMode, metadata, cancellationToken)).Bytes;

    public override async Task<(ReadOnlyMemory<byte>, string etag)> GetByteStateAndETagAsync(string storeName, string key, ConsistencyMode? consistencyMode = default, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => await GetBytesAsync(storeName, key, consistencyMode, metadata, cancellationToken);

    public override Task SaveStateAsync<TValue>(string storeName, string key, TValue value, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => SaveAsync(storeName, ItemOf(key, value, etag: null, stateOptions, metadata), cancellationToken);

    public override Task<bool> TrySaveStateAsync<TValue>(string storeName, string key, TValue value, string etag, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(etag);
        return SaveAsync(storeName, ItemOf(key, value, etag, stateOptions, metadata), cancellationToken);
    }

    public override Task SaveByteStateAsync(string storeName, string key, ReadOnlyMemory<byte> binaryValue, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => SaveAsync(storeName, ItemOf(key, binaryValue, etag: null, stateOptions, metadata), cancellationToken);

    public override Task<bool> TrySaveByteStateAsync(string storeName, string key, ReadOnlyMemory<byte> binaryValue, string etag, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(etag);
        return SaveAsync(storeName, ItemOf(key, binaryValue, etag, stateOptions, metadata), cancellationToken);
    }

    public override Task DeleteStateAsync(string storeName, string key, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => DeleteAsync(storeName, key, etag: null, stateOptions, metadata, cancellationToken);

    public override Task<bool> TryDeleteStateAsync(string storeName, string key, string etag, StateOptions? stateOptions = null, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(etag);
        return DeleteAsync(storeName, key, etag, stateOptions, metadata, cancellationToken);
    }

    private StateDocuments.Item ItemOf<TValue>(string key, TValue value, string? etag, StateOptions? options, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return new(key, JsonSerializer.SerializeToElement(value, jsonOptions), Base64: null, etag, metadata, StateDocuments.Options.Of(options));
    }

    private static StateDocuments.Item ItemOf(string key, ReadOnlyMemory<byte> value, string? etag, StateOptions? options, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return new(key, Value: null, value.ToArray(), etag, metadata, StateDocuments.Options.Of(options));
    }

    private TValue? Deserialize<TValue>(byte[] bytes)
    {
        try
        {
            return bytes.Length == 0 ? default : JsonSerializer.Deserialize<TValue>(bytes, jsonOptions);
        }
        catch (JsonException exception)
        {
            throw new DaprException(StateUnreadable, exception);
        }
    }

    private async Task<(byte[] Bytes, string ETag)> GetBytesAsync(string storeName, string key, ConsistencyMode? consistencyMode, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var query = Query(metadata, ("consistency", StateDocuments.WordOf(consistencyMode)));
        using var request = new HttpRequestMessage(HttpMethod.Get, StatePath(storeName, key) + query);
        using var response = await SendAsync(request, StateFailed, cancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new DaprException(StateFailed, FailureOf(response, Encoding.UTF8.GetString(bytes)));
        }

        // Dapr's ETags are not quoted, which the validated view of headers would not accept.
        return (bytes, response.Headers.NonValidated.TryGetValues("ETag", out var values) ? values.ToString() : "");
    }

    private async Task<bool> SaveAsync(string storeName, StateDocuments.Item item, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, StatePath(storeName)) { Content = JsonOf<StateDocuments.Item[]>([item]) };
        return await WriteAsync(request, isConditional: item.Etag is not null, cancellationToken);
    }

    private async Task<bool> DeleteAsync(string storeName, string key, string? etag, StateOptions? options, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        var query = Query(metadata, ("concurrency", StateDocuments.WordOf(options?.Concurrency)), ("consistency", StateDocuments.WordOf(options?.Consistency)));
        using var request = new HttpRequestMessage(HttpMethod.Delete, StatePath(storeName, key) + query);
        if (!string.IsNullOrEmpty(etag))
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }

        return await WriteAsync(request, isConditional: etag is not null, cancellationToken);
    }
}
