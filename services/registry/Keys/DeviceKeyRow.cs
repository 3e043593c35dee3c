using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Registry.Keys;

/// <summary>A key of a device, known by its hash; it stays when it is revoked.</summary>
public sealed class DeviceKeyRow : ITownOwned
{
    public required string Municipality { get; set; }

    public required string Device { get; set; }

    public required string KeyId { get; set; }

    public required byte[] Sha256 { get; set; }

    /// <summary>Token subject.</summary>
    public required string CreatedBy { get; set; }

    public required DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it stops being a key; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    public string? RevokedBy { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The <c>Idempotency-Key</c> of the request that made it, so that a repeated request makes no second one.</summary>
    public string? RequestId { get; set; }

    /// <summary>The registry's version at its last change.</summary>
    public required long Version { get; set; }

    public KeyState StateAt(DateTimeOffset now)
        => RevokedAt is not null ? KeyState.Revoked : ExpiresAt <= now ? KeyState.Expired : ExpiresAt is null ? KeyState.Valid : KeyState.Expiring;
}

/// <summary>What has become of a key.</summary>
public enum KeyState
{
    Valid,

    /// <summary>Valid still, and replaced by a newer one.</summary>
    Expiring,

    Expired,
    Revoked,
}
