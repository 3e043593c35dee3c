using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Dapr.Client;

/// <content>Reading and writing many keys, and secrets.</content>
internal sealed partial class DaprClientHttp
{
    private const string SecretFailed = "Secret operation failed: the Dapr endpoint indicated a failure. See InnerException for details.";
    private const string BulkSecretFailed = "Bulk secret operation failed: the Dapr endpoint indicated a failure. See InnerException for details.";

    public override async Task<IReadOnlyList<BulkStateItem>> GetBulkStateAsync(string storeName, IReadOnlyList<string> keys, int? parallelism, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => [.. (await GetBulkAsync(storeName, keys, parallelism, metadata, cancellationToken))
            .Select(entry => new BulkStateItem(entry.Key, Encoding.UTF8.GetString(entry.Bytes()), entry.Etag ?? ""))];

    public override async Task<IReadOnlyList<BulkStateItem<TValue>>> GetBulkStateAsync<TValue>(string storeName, IReadOnlyList<string> keys, int? parallelism, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => [.. (await GetBulkAsync(storeName, keys, parallelism, metadata, cancellationToken))
            .Select(entry => new BulkStateItem<TValue>(entry.Key, Deserialize<TValue>(entry.Bytes()), entry.Etag ?? ""))];

    public override async Task SaveBulkStateAsync<TValue>(string storeName, IReadOnlyList<SaveStateItem<TValue>> items, CancellationToken cancellationToken = default)
    {
        ThrowIfEmpty(items, "items do not contain any elements");
        using var request = new HttpRequestMessage(HttpMethod.Post, StatePath(storeName))
        {
            Content = JsonOf(items.Select(item => ItemOf(item.Key, item.Value, item.ETag, item.StateOptions, item.Metadata))),
        };
        await WriteAsync(request, isConditional: false, cancellationToken);
    }

    // The HTTP API has no bulk delete.
    public override async Task DeleteBulkStateAsync(string storeName, IReadOnlyList<BulkDeleteStateItem> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        DaprException? failure = null;
        foreach (var item in items)
        {
            try
            {
                if (!await DeleteAsync(storeName, item.Key, item.ETag, item.StateOptions, item.Metadata, cancellationToken))
                {
                    failure = new DaprException(StateFailed, new HttpRequestException($"The version of '{item.Key}' is another.", inner: null, HttpStatusCode.Conflict));
                }
            }
            catch (DaprException exception)
            {
                failure = exception;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    public override async Task ExecuteStateTransactionAsync(string storeName, IReadOnlyList<StateTransactionRequest> operations, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        ThrowIfEmpty(operations, "operations does not contain any elements");
        var body = new StateDocuments.Transaction(operations.Select(o => o.OperationType == StateOperationType.Delete
            ? new StateDocuments.Operation("delete", ItemOf(o.Key, default(ReadOnlyMemory<byte>), o.ETag, o.Options, o.Metadata) with { Base64 = null })
            : new StateDocuments.Operation("upsert", ItemOf(o.Key, new ReadOnlyMemory<byte>(o.Value), o.ETag, o.Options, o.Metadata))), metadata);
        using var request = new HttpRequestMessage(HttpMethod.Post, StatePath(storeName, "transaction")) { Content = JsonOf(body) };
        await WriteAsync(request, isConditional: false, cancellationToken);
    }

    public override async Task<Dictionary<string, string>> GetSecretAsync(string storeName, string key, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return await GetSecretsAsync<Dictionary<string, string>>(storeName, key, metadata, SecretFailed, cancellationToken);
    }

    public override Task<Dictionary<string, Dictionary<string, string>>> GetBulkSecretAsync(string storeName, IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
        => GetSecretsAsync<Dictionary<string, Dictionary<string, string>>>(storeName, "bulk", metadata, BulkSecretFailed, cancellationToken);

    private static void ThrowIfEmpty<T>(IReadOnlyList<T> list, string message)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (list.Count == 0)
        {
            throw new ArgumentException(message, nameof(list));
        }
    }

    private static string StatePath(string storeName, string? rest = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        ArgumentOutOfRangeException.ThrowIfEqual(rest, "");
        return "v1.0/state/" + Uri.EscapeDataString(storeName) + (rest is null ? "" : "/" + Uri.EscapeDataString(rest));
    }

    private static string Query(IReadOnlyDictionary<string, string>? metadata, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(value);
            }
        }

        foreach (var (name, value) in metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            query.Append(query.Length == 0 ? '?' : '&').Append("metadata.").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }

    private static ByteArrayContent JsonOf<T>(T body)
        => new(JsonSerializer.SerializeToUtf8Bytes(body, StateDocuments.JsonOptions)) { Headers = { ContentType = new MediaTypeHeaderValue(JsonMediaType) } };

    private async Task<List<StateDocuments.BulkEntry>> GetBulkAsync(string storeName, IReadOnlyList<string> keys, int? parallelism, IReadOnlyDictionary<string, string>? metadata, CancellationToken cancellationToken)
    {
        ThrowIfEmpty(keys, "keys do not contain any elements");
        using var request = new HttpRequestMessage(HttpMethod.Post, StatePath(storeName, "bulk"))
        {
            Content = JsonOf(new StateDocuments.BulkGet(keys, parallelism ?? 0, metadata)),
        };
        return await ReadAsync<List<StateDocuments.BulkEntry>>(request, StateFailed, cancellationToken);
    }

    private async Task<T> GetSecretsAsync<T>(string storeName, string name, IReadOnlyDictionary<string, string>? metadata, string failed, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(storeName);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v1.0/secrets/{Uri.EscapeDataString(storeName)}/{Uri.EscapeDataString(name)}{Query(metadata)}");
        return await ReadAsync<T>(request, failed, cancellationToken);
    }

    private async Task<T> ReadAsync<T>(HttpRequestMessage request, string failed, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, failed, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new DaprException(failed, FailureOf(response, text));
        }

        try
        {
            return JsonSerializer.Deserialize<T>(text, StateDocuments.JsonOptions) ?? throw new DaprException(failed);
        }
        catch (JsonException exception)
        {
            throw new DaprException(failed, exception);
        }
    }

    // False only where the caller asked for a version: there a conflict is an answer, elsewhere a failure.
    private async Task<bool> WriteAsync(HttpRequestMessage request, bool isConditional, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(request, StateFailed, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return true;
        }

        return isConditional && response.StatusCode == HttpStatusCode.Conflict
            ? false
            : throw new DaprException(StateFailed, FailureOf(response, await response.Content.ReadAsStringAsync(cancellationToken)));
    }
}
