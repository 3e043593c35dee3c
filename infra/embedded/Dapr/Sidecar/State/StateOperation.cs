namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>One write of a request.</summary>
internal sealed record StateOperation
{
    public required StateKey Key { get; init; }

    /// <summary>The key as the app calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The bytes, or null to delete.</summary>
    public byte[]? Value { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The version that must be there, or null for any.</summary>
    public long? ETag { get; init; }

    /// <summary>Whether without an ETag the key must not exist yet.</summary>
    public bool IsFirstWrite { get; init; }

    /// <summary>How long the value counts, or null for ever.</summary>
    public TimeSpan? TimeToLive { get; init; }
}

/// <summary>A write met another version than the one it asked for; nothing was changed.</summary>
internal sealed class StateConflictException(IReadOnlyList<string> keys)
    : Exception($"possible etag mismatch. error from state store: the version of '{string.Join("', '", keys)}' is another");

/// <summary>The state stores have no room for a value.</summary>
internal sealed class StateFullException(long limit)
    : Exception($"the state stores hold {limit} bytes, which is all they may; delete something first");
