namespace SmartCity.Registry.Keys;

/// <summary>A key as people see it: everything but the key.</summary>
public sealed record KeyView
{
    public required string Id { get; init; }

    public required KeyState State { get; init; }

    /// <summary>Token subject of whoever made it.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops being a key; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public string? RevokedBy { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    internal static KeyView Of(DeviceKeyRow row, DateTimeOffset now) => new()
    {
        Id = row.KeyId,
        State = row.StateAt(now),
        CreatedBy = row.CreatedBy,
        CreatedAt = row.CreatedAt,
        ExpiresAt = row.ExpiresAt,
        RevokedBy = row.RevokedBy,
        RevokedAt = row.RevokedAt,
    };
}
