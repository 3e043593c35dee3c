using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Makes operations of what requests say.</summary>
internal static class StateOperationReader
{
    private const int MaximumKeyCharacters = 1024;
    private const int MaximumKeys = 10_000;
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { MaxDepth = 64 };

    /// <exception cref="FormatException">The body is not the expected JSON.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, JsonOptions) ?? throw new FormatException("the body is null");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <summary>Bounds the work of one request, which others wait for.</summary>
    /// <exception cref="FormatException">There are too many keys.</exception>
    public static void CheckCount(int keys)
    {
        if (keys > MaximumKeys)
        {
            throw new FormatException($"a request has at most {MaximumKeys} keys, not {keys}");
        }
    }

    /// <summary>A write of a value, or a deletion when <paramref name="isDeletion"/>.</summary>
    /// <exception cref="FormatException">The item is malformed.</exception>
    public static StateOperation Of(StateStoreComponent store, string appId, StateItem? item, IReadOnlyDictionary<string, string> metadata, bool isDeletion)
        => new()
        {
            Key = KeyOf(store, appId, item?.Key),
            Name = item!.Key!,
            Value = isDeletion ? null : item.Base64 ?? (item.Value.ValueKind == JsonValueKind.Undefined ? "null"u8.ToArray() : Encoding.UTF8.GetBytes(item.Value.GetRawText())),
            ContentType = isDeletion ? null : ContentTypeOf(metadata),
            ETag = ETagOf(item.Etag),
            IsFirstWrite = IsFirstWriteOf(item.Options?.Concurrency, item.Options?.Consistency),
            TimeToLive = TimeToLiveOf(metadata),
        };

    /// <exception cref="FormatException">The key is malformed.</exception>
    public static StateKey KeyOf(StateStoreComponent store, string appId, string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            throw new FormatException("\"key\" is a required field");
        }

        if (key.Length > MaximumKeyCharacters)
        {
            throw new FormatException($"a key has at most {MaximumKeyCharacters} characters");
        }

        return StateKeys.Of(store, appId, key) is { } stored
            ? new StateKey(store.Name, stored)
            : throw new FormatException($"input key/keyPrefix '{key}' can't contain '{StateKeys.Separator}'");
    }

    /// <exception cref="FormatException">It is not an ETag of this store.</exception>
    public static long? ETagOf(string? text)
    {
        var etag = text?.Trim('"');
        if (string.IsNullOrEmpty(etag))
        {
            return null;
        }

        return long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"invalid etag value: '{etag}'");
    }

    /// <exception cref="FormatException">A word is not one of the API's.</exception>
    public static bool IsFirstWriteOf(string? concurrency, string? consistency)
    {
        if (consistency is not (null or "" or "strong" or "eventual"))
        {
            throw new FormatException($"unrecognized consistency: {consistency}");
        }

        return concurrency switch
        {
            null or "" or "last-write" => false,
            "first-write" => true,
            _ => throw new FormatException($"unrecognized concurrency: {concurrency}"),
        };
    }

    private static string? ContentTypeOf(IReadOnlyDictionary<string, string> metadata)
        => metadata.GetValueOrDefault("contentType") is not { Length: > 0 } text ? null
            : text.Length <= 256 && MediaTypeHeaderValue.TryParse(text, out _) ? text
            : throw new FormatException($"metadata contentType is '{text}', not a media type");

    private static TimeSpan? TimeToLiveOf(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.GetValueOrDefault("ttlInSeconds") is not { Length: > 0 } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            throw new FormatException($"metadata ttlInSeconds is '{text}', not a number of seconds");
        }

        // As upstream, zero and less take an earlier limit away.
        return seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
