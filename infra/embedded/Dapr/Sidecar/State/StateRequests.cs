using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>One item of a save request, or the request of an operation in a transaction.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value, any JSON.</param>
/// <param name="Base64">Bytes that are stored as they are: this engine's way to send what upstream's client sends by gRPC.</param>
/// <param name="Etag">The version that must be there.</param>
/// <param name="Metadata"><c>ttlInSeconds</c>, <c>contentType</c>.</param>
/// <param name="Options">Concurrency and consistency.</param>
internal sealed record StateItem(
    string? Key, JsonElement Value, [property: JsonPropertyName("value_base64")] byte[]? Base64, string? Etag, Dictionary<string, string>? Metadata, StateItemOptions? Options);

/// <summary>Options of a write.</summary>
internal sealed record StateItemOptions(string? Concurrency, string? Consistency);

/// <summary>The body of a transaction.</summary>
internal sealed record StateTransaction(List<StateTransaction.Step?>? Operations, Dictionary<string, string>? Metadata)
{
    public sealed record Step(string? Operation, StateItem? Request);
}

/// <summary>The body of a bulk get.</summary>
internal sealed record StateBulkGet(List<string?>? Keys, int Parallelism, Dictionary<string, string>? Metadata);
