using System.Collections.Concurrent;
using System.Security.Cryptography;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Devices;

namespace SmartCity.Host.Access;

/// <summary>Which key is whose, and which sessions came in with it, so that a key which goes takes its sessions along.</summary>
internal sealed class DeviceKeyTable(TimeProvider clock)
{
    /// <summary>A device has one or two sessions; beyond this they are remembered by their key alone.</summary>
    private const int MostSessions = 16;

    private static readonly byte[] NoKey = new byte[SHA256.HashSizeInBytes];
    private readonly ConcurrentDictionary<string, IReadOnlyList<DeviceKey>> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string>> _sessions = new(StringComparer.Ordinal);
    private long _nextExpiryTicks = long.MaxValue;

    /// <summary>Whether the password is one of the user's keys. If so, the session is remembered by it.</summary>
    public bool TryAdmit(string clientId, string userName, ReadOnlySpan<byte> password)
    {
        var hash = DeviceKeyText.HashOf(password);
        var keys = _keys.GetValueOrDefault(userName, []);
        DeviceKey? match = null;
        var now = clock.GetUtcNow();
        // Every key is looked at, and one where there is none: the time says nothing about what there is.
        CryptographicOperations.FixedTimeEquals(hash, NoKey);
        foreach (var key in keys)
        {
            match = CryptographicOperations.FixedTimeEquals(hash, key.Sha256) && IsGood(key, now) ? key : match;
        }

        if (match is null)
        {
            return false;
        }

        Remember(clientId, userName, match.Id);
        // Looked up again: whoever took the key away meanwhile has either seen this session, or is seen here.
        return _keys.GetValueOrDefault(userName, []).Any(key => key.Id == match.Id);
    }

    /// <summary>Takes what the registry told.</summary>
    /// <returns>Users with a session whose key is good no more.</returns>
    public IReadOnlyList<string> Take(DeviceKeyChanges changes)
    {
        var concerned = changes.Devices.Select(device => device.UserName).ToHashSet(StringComparer.Ordinal);
        foreach (var device in changes.Devices)
        {
            _keys[device.UserName] = device.Keys;
        }

        if (changes.IsWhole)
        {
            concerned.UnionWith(_keys.Keys);
            foreach (var gone in _keys.Keys.Except(changes.Devices.Select(device => device.UserName), StringComparer.Ordinal).ToList())
            {
                _keys.TryRemove(gone, out _);
            }
        }

        FindNextExpiry();
        return Orphaned(concerned);
    }

    /// <summary>Lets go of keys whose time is over.</summary>
    /// <returns>Users with a session that came in with one.</returns>
    public IReadOnlyList<string> Expire()
    {
        var now = clock.GetUtcNow();
        if (now.UtcTicks < Interlocked.Read(ref _nextExpiryTicks))
        {
            return [];
        }

        var concerned = new List<string>();
        foreach (var (userName, keys) in _keys)
        {
            if (keys.Any(key => !IsGood(key, now)) && _keys.TryUpdate(userName, [.. keys.Where(key => IsGood(key, now))], keys))
            {
                concerned.Add(userName);
            }
        }

        FindNextExpiry();
        return Orphaned(concerned);
    }

    /// <summary>Everything that is known, for the next start.</summary>
    public IReadOnlyList<DeviceKeys> Snapshot() => [.. _keys.Where(device => device.Value.Count > 0).Select(device => new DeviceKeys(device.Key, device.Value))];

    private static bool IsGood(DeviceKey key, DateTimeOffset now) => key.ExpiresAt is null || key.ExpiresAt > now;

    private void Remember(string clientId, string userName, string keyId)
    {
        var sessions = _sessions.GetOrAdd(userName, static _ => new ConcurrentDictionary<string, string>(StringComparer.Ordinal));
        // A session that takes the place of an older one by its client id replaces it here too.
        sessions[sessions.Count < MostSessions || sessions.ContainsKey(clientId) ? clientId : "\n" + keyId] = keyId;
    }

    private List<string> Orphaned(IEnumerable<string> users)
    {
        var orphaned = new List<string>();
        foreach (var userName in users)
        {
            if (!_sessions.TryGetValue(userName, out var sessions))
            {
                continue;
            }

            var good = _keys.GetValueOrDefault(userName, []).Select(key => key.Id).ToHashSet(StringComparer.Ordinal);
            var lost = sessions.Where(session => !good.Contains(session.Value)).ToList();
            lost.ForEach(session => sessions.TryRemove(session));
            if (lost.Count > 0)
            {
                orphaned.Add(userName);
            }
        }

        return orphaned;
    }

    private void FindNextExpiry()
    {
        var next = _keys.Values.SelectMany(keys => keys).Min(key => key.ExpiresAt?.UtcTicks) ?? long.MaxValue;
        Interlocked.Exchange(ref _nextExpiryTicks, next);
    }
}
