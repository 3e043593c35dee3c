namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Where a value is kept.</summary>
internal readonly record struct StateKey(string Store, string Key);

/// <summary>One version of a key's value.</summary>
/// <param name="ETag">Its number in the order of all writes; never used twice.</param>
/// <param name="Value">The bytes, or null for a deletion.</param>
/// <param name="ContentType">The media type, or null for JSON.</param>
/// <param name="ExpiresAtUnixMilliseconds">When it counts as deleted; 0 is never.</param>
internal sealed record StateVersion(long ETag, byte[]? Value, string? ContentType = null, long ExpiresAtUnixMilliseconds = 0)
{
    public bool IsThere(long now) => Value is not null && (ExpiresAtUnixMilliseconds == 0 || now < ExpiresAtUnixMilliseconds);
}

/// <summary>A key's versions: the one on disk, and those on their way there in order.</summary>
internal sealed class StateCell(StateVersion durable)
{
    public StateVersion Durable { get; set; } = durable;

    public List<StateVersion> Pending { get; } = new(1);

    /// <summary>What the next write meets.</summary>
    public StateVersion Newest => Pending.Count > 0 ? Pending[^1] : Durable;
}
