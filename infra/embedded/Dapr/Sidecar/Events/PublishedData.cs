namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Data as it came from a publisher, before it has an envelope.</summary>
/// <param name="Topic">Where it goes.</param>
/// <param name="AppId">The publisher.</param>
/// <param name="ContentType">The data's media type, or null.</param>
/// <param name="Data">The bytes.</param>
/// <param name="Metadata">The request's metadata.</param>
/// <param name="TraceParent">The request's W3C trace context, or null.</param>
/// <param name="TraceState">Its <c>tracestate</c>, or null.</param>
internal sealed record PublishedData(
    TopicKey Topic, string AppId, string? ContentType, ReadOnlyMemory<byte> Data, PublishMetadata Metadata, string? TraceParent, string? TraceState);

/// <summary>The metadata of a publish request; names are case-insensitive as upstream.</summary>
internal sealed class PublishMetadata
{
    public static readonly PublishMetadata None = new([]);

    private readonly Dictionary<string, string> _values;

    /// <exception cref="FormatException">A value that the sidecar understands is malformed.</exception>
    public PublishMetadata(IEnumerable<KeyValuePair<string, string>> values)
    {
        _values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in values)
        {
            _values[name] = value;
        }

        IsRaw = this["rawPayload"] is { } raw && ParseBoolean(raw);
        TimeToLive = this["ttlInSeconds"] is { } ttl ? ParseSeconds(ttl) : null;
    }

    /// <summary>Whether the bytes are stored without an envelope.</summary>
    public bool IsRaw { get; }

    /// <summary>How long the event is worth delivering, or null for ever.</summary>
    public TimeSpan? TimeToLive { get; }

    public string? this[string name] => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private static bool ParseBoolean(string text) => text switch
    {
        "1" => true,
        "0" => false,
        _ => bool.TryParse(text, out var value) ? value : throw new FormatException($"metadata rawPayload is '{text}', not true or false"),
    };

    private static TimeSpan ParseSeconds(string text)
        => int.TryParse(text, System.Globalization.NumberStyles.None, provider: null, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException($"metadata ttlInSeconds is '{text}', not a positive number of seconds");
}
