using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SmartCity.Registry.Data;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Problems;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Registry.Keys;

/// <summary>Makes, replaces and revokes keys of devices that are registered.</summary>
public sealed class KeyDesk(RegistryDbContext database, ITownDirectory towns, KeyFeed feed, TimeProvider clock, ILogger<KeyDesk> log)
{
    /// <summary>More at a time is a device whose keys nobody has in hand any more.</summary>
    public const int MostKeys = 8;

    /// <summary>A new key at once; the older ones stop after the overlap.</summary>
    /// <param name="requestId">The <c>Idempotency-Key</c>: the same again makes no second key.</param>
    public async Task<Results<Ok<IssuedKey>, Created<IssuedKey>, ProblemHttpResult>> RotateAsync(
        string municipality, string device, TimeSpan overlap, string? requestId, string person, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        // Read here and not from memory: a key made beside the device's removal would outlive it.
        var town = await database.Towns.AsNoTracking().FirstOrDefaultAsync(row => row.Municipality == municipality && !row.IsRemoved, cancellationToken);
        if (town?.Manifest.Devices.Any(known => known.Id == device) != true)
        {
            return KeyProblems.UnknownDevice(municipality, device);
        }

        var now = clock.GetJapanNow();
        var keys = await KeysOf(device).ToListAsync(cancellationToken);
        if (requestId is not null && keys.Find(key => key.RequestId == requestId) is { } made)
        {
            return TypedResults.Ok(IssuedKey.Again(municipality, device, made.KeyId));
        }

        var live = keys.Where(key => key.StateAt(now) is KeyState.Valid or KeyState.Expiring).ToList();
        if (live.Count >= MostKeys && overlap > TimeSpan.Zero)
        {
            return Problem.Conflict("too-many-keys", "The device has as many keys as it may.",
                $"{live.Count} keys are valid at the same time. Nothing was changed. Revoke those that are not in use, or rotate with overlapSeconds=0.");
        }

        var version = await database.NextVersionAsync(cancellationToken);
        foreach (var key in live.Where(key => key.ExpiresAt is null || key.ExpiresAt > now + overlap))
        {
            (key.ExpiresAt, key.Version) = (now + overlap, version);
        }

        var (issued, row) = IssuedKey.New(municipality, device, person, now, version, requestId);
        database.DeviceKeys.Add(row);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Raise(version);
        log.KeyMade(row.KeyId, municipality, device, live.Count, overlap.TotalSeconds, person);
        return TypedResults.Created($"/api/registry/municipalities/{municipality}/devices/{device}/keys/{row.KeyId}", issued);
    }

    /// <summary>Revokes one key, or all of a device. A key that is revoked or expired already stays as it is.</summary>
    /// <param name="keyId">Null for every key.</param>
    public async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string municipality, string device, string? keyId, string person, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var now = clock.GetJapanNow();
        var keys = await KeysOf(device).Where(key => keyId == null || key.KeyId == keyId).ToListAsync(cancellationToken);
        if (keys.Count == 0 && (keyId is not null || !towns.TryGetDevice(municipality, device, out _)))
        {
            return keyId is null ? KeyProblems.UnknownDevice(municipality, device)
                : Problem.NotFound("unknown-key", "There is no such key.", $"'{device}' has no key '{keyId}'. Nothing was changed.");
        }

        var live = keys.Where(key => key.StateAt(now) is KeyState.Valid or KeyState.Expiring).ToList();
        if (live.Count > 0)
        {
            var version = await database.NextVersionAsync(cancellationToken);
            live.ForEach(key => (key.RevokedBy, key.RevokedAt, key.Version) = (person, now, version));
            await database.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            feed.Raise(version);
            log.KeysRevoked(live.Count, municipality, device, person);
        }

        return TypedResults.NoContent();
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<KeyView>> ListAsync(string device, CancellationToken cancellationToken)
    {
        var now = clock.GetJapanNow();
        var rows = await KeysOf(device).AsNoTracking().OrderByDescending(row => row.CreatedAt).ThenBy(row => row.KeyId).ToListAsync(cancellationToken);
        return [.. rows.Select(row => KeyView.Of(row, now))];
    }

    private IQueryable<DeviceKeyRow> KeysOf(string device) => database.DeviceKeys.Where(row => row.Device == device);
}
