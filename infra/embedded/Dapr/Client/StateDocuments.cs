using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dapr.Client;

/// <summary>The JSON of the state API.</summary>
internal static class StateDocuments
{
    public static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A write; <paramref name="Value"/> is JSON, <paramref name="Base64"/> bytes that need not be.</summary>
    public sealed record Item(
        string Key, JsonElement? Value, [property: JsonPropertyName("value_base64")] byte[]? Base64, string? Etag, IReadOnlyDictionary<string, string>? Metadata, Options? Options);

    public sealed record Options(string? Concurrency, string? Consistency)
    {
        public static Options? Of(StateOptions? options) => options is null ? null : new(WordOf(options.Concurrency), WordOf(options.Consistency));
    }

    public sealed record Operation([property: JsonPropertyName("operation")] string Name, Item Request);

    public sealed record Transaction(IEnumerable<Operation> Operations, IReadOnlyDictionary<string, string>? Metadata);

    public sealed record BulkGet(IReadOnlyList<string> Keys, int Parallelism, IReadOnlyDictionary<string, string>? Metadata);

    public sealed record BulkEntry(string Key, JsonElement? Data, [property: JsonPropertyName("data_base64")] byte[]? Base64, string? Etag, string? Error)
    {
        /// <summary>The value's bytes; empty when the key is not there.</summary>
        public byte[] Bytes() => Base64 ?? (Data is { } data ? System.Text.Encoding.UTF8.GetBytes(data.GetRawText()) : []);
    }

    public static string? WordOf(ConcurrencyMode? mode) => mode switch
    {
        ConcurrencyMode.FirstWrite => "first-write",
        ConcurrencyMode.LastWrite => "last-write",
        _ => null,
    };

    public static string? WordOf(ConsistencyMode? mode) => mode switch
    {
        ConsistencyMode.Eventual => "eventual",
        ConsistencyMode.Strong => "strong",
        _ => null,
    };
}
