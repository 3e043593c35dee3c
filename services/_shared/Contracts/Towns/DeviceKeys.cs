namespace SmartCity.Contracts.Towns;

/// <summary>The keys with which a device may connect now.</summary>
/// <param name="UserName"><c>{municipality}/{device}</c>.</param>
/// <param name="Keys">None where the last was revoked.</param>
public sealed record DeviceKeys(string UserName, IReadOnlyList<DeviceKey> Keys);

/// <summary>One key, of which only the hash is known.</summary>
/// <param name="Id">Names the key; no secret.</param>
/// <param name="Sha256">Hash of the key.</param>
/// <param name="ExpiresAt">When it stops being one; null for never.</param>
public sealed record DeviceKey(string Id, byte[] Sha256, DateTimeOffset? ExpiresAt = null);

/// <summary>What the registry answers at <c>GET /internal/device-keys?after=V&amp;waitSeconds=S</c>.</summary>
/// <param name="Version">Pass as <c>after</c> next time.</param>
/// <param name="IsWhole">Whether these are all there are, and any other known device has none.</param>
/// <param name="Devices">Devices whose keys changed after V, each with all its keys.</param>
public sealed record DeviceKeyChanges(long Version, bool IsWhole, IReadOnlyList<DeviceKeys> Devices);
