using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace SmartCity.ServiceDefaults.Identity;

/// <summary>
/// Tokens that were valid a moment ago, by their SHA-256, so that a signature is not verified for each request. Nothing
/// is kept beyond the token's expiry or <see cref="IdentityOptions.CacheSeconds"/>, whichever is sooner, and never more
/// than <see cref="IdentityOptions.CacheEntries"/>. Refused tokens are not kept: anybody can make those up.
/// </summary>
public sealed class TokenCache(IOptions<IdentityOptions> options, TimeProvider clock)
{
    /// <summary>Longer ones are checked each time.</summary>
    private const int LongestToken = 8192;

    private readonly TimeSpan _keep = TimeSpan.FromSeconds(options.Value.CacheSeconds);
    private readonly int _half = options.Value.CacheEntries / 2;

    // Two generations: when the newer is half of the bound, it becomes the older, and the oldest tokens are gone.
    private volatile Generation _newer = new();
    private volatile Generation _older = new();

    /// <summary>A token that was checked a moment ago, or null.</summary>
    public CheckedToken? FindChecked(ReadOnlySpan<char> token) => Find(token)?.Checked;

    internal Entry? Find(ReadOnlySpan<char> token)
    {
        if (token.Length > LongestToken)
        {
            return null;
        }

        var key = KeyOf(token);
        if (!_newer.Entries.TryGetValue(key, out var entry) && !_older.Entries.TryGetValue(key, out entry))
        {
            return null;
        }

        return clock.GetUtcNow() < entry.Checked.Until ? entry : null;
    }

    internal void Keep(string token, TokenValidationResult result, CityCaller caller)
    {
        if (_keep <= TimeSpan.Zero || token.Length > LongestToken)
        {
            return;
        }

        var until = clock.GetUtcNow() + _keep;
        var expiry = new DateTimeOffset(DateTime.SpecifyKind(result.SecurityToken.ValidTo, DateTimeKind.Utc));
        var newer = _newer;
        newer.Entries[KeyOf(token)] = new Entry(result, new CheckedToken(caller, expiry < until ? expiry : until));
        if (Interlocked.Increment(ref newer.Count) >= _half && Interlocked.CompareExchange(ref _newer, new Generation(), newer) == newer)
        {
            _older = newer;
        }
    }

    private static Key KeyOf(ReadOnlySpan<char> token)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(token.Length));
        try
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(token, bytes)), hash);
            return MemoryMarshal.Read<Key>(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    internal sealed record Entry(TokenValidationResult Result, CheckedToken Checked);

    private sealed class Generation
    {
        public int Count;

        public ConcurrentDictionary<Key, Entry> Entries { get; } = new();
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Key(long First, long Second, long Third, long Fourth)
    {
        // A cryptographic hash is as good as any already.
        public override int GetHashCode() => (int)First;
    }
}

/// <summary>A token that was valid when it was checked.</summary>
/// <param name="Caller">Whom it speaks for.</param>
/// <param name="Until">From then on it has to be checked again.</param>
public sealed record CheckedToken(CityCaller Caller, DateTimeOffset Until);
