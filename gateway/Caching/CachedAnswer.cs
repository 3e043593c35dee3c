using Microsoft.Extensions.Primitives;

namespace SmartCity.Gateway.Caching;

/// <summary>An answer that can be repeated.</summary>
/// <param name="StoredAt">The clock's timestamp.</param>
/// <param name="Until">The clock's timestamp after which it is out of date.</param>
/// <param name="Writes">How often the town's data of the service had been written to when it was asked for.</param>
internal sealed record CachedAnswer(byte[] Body, string ETag, KeyValuePair<string, StringValues>[] Headers, long StoredAt, long Until, int Writes)
{
    private int _refreshing;

    /// <summary>True for one caller at a time, who then asks the service again while others still get this answer.</summary>
    public bool TryRefresh() => Interlocked.CompareExchange(ref _refreshing, 1, 0) == 0;

    public void EndRefresh() => Volatile.Write(ref _refreshing, 0);

    public long Bytes => Body.Length + 1024;
}

/// <summary>A question whose answer may be kept.</summary>
/// <param name="Old">The answer that it replaces, whose refresh ends with it; or null.</param>
internal sealed record CacheTicket(CacheKey Key, TimeSpan KeepFor, int Writes, string? IfNoneMatch, CachedAnswer? Old);
