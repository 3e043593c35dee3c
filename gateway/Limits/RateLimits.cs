using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SmartCity.Contracts.Towns;
using SmartCity.Gateway.Door;
using SmartCity.ServiceDefaults.Problems;

namespace SmartCity.Gateway.Limits;

/// <summary>
/// Token buckets by address, person, service and town: each takes its requests per second, and as many at once. A narrow
/// limit comes before a wide one, so that one who asks too much does not use up what belongs to all.
/// </summary>
internal sealed class RateLimits(IOptions<GatewayOptions> options, GatewayMetrics metrics) : IDisposable
{
    private static readonly TownLimits Default = new();
    private readonly int _perAddress = options.Value.AddressRequestsPerSecond;
    private readonly PartitionedRateLimiter<Bucket<Address>> _addresses = Create<Address>();
    private readonly PartitionedRateLimiter<Bucket<string>> _people = Create<string>();
    private readonly PartitionedRateLimiter<Bucket<(string Town, string Service)>> _services = Create<(string, string)>();
    private readonly PartitionedRateLimiter<Bucket<string>> _towns = Create<string>();

    /// <summary>This machine's own addresses have no limit: behind a proxy that is not stated, everybody would share theirs.</summary>
    public IResult? CheckAddress(Call call)
        => _perAddress == 0 || call.ClientAddress is not { } address || IPAddress.IsLoopback(address) ? null
            : Take(call, _addresses, new Bucket<Address>(Address.Of(address), _perAddress), "address", "this address");

    public IResult? Check(Call call)
    {
        if (call.Target is null)
        {
            return null;
        }

        var limits = call.Town?.Limits ?? Default;
        IResult? refusal = null;
        if (call.Caller is { } caller)
        {
            refusal = Take(call, _people, new Bucket<string>(caller.Subject, limits.RequestsPerSecondOfPerson), "person", "one person");
        }

        if (refusal is null && call.Town is { } town)
        {
            if (call.Target.RequestsPerSecond is var perSecond && perSecond > 0)
            {
                refusal = Take(call, _services, new Bucket<(string, string)>((town.Code, call.Target.Name), perSecond), "service", "this service of the town");
            }

            refusal ??= Take(call, _towns, new Bucket<string>(town.Code, limits.RequestsPerSecond), "town", "this town");
        }

        return refusal;
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _people.Dispose();
        _services.Dispose();
        _towns.Dispose();
    }

    // The limit is part of the key: a town with a new one gets a new bucket.
    private static PartitionedRateLimiter<Bucket<TKey>> Create<TKey>() where TKey : notnull
    {
        Func<Bucket<TKey>, RateLimiter> create = static bucket => NewBucket(bucket.PerSecond);
        return PartitionedRateLimiter.Create<Bucket<TKey>, Bucket<TKey>>(bucket => RateLimitPartition.Get(bucket, create));
    }

    private static TokenBucketRateLimiter NewBucket(int perSecond)
    {
        // Ten times a second, or whenever one token is due.
        var tokens = Math.Max(1, perSecond / 10);
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)tokens / perSecond),
            AutoReplenishment = false,
            QueueLimit = 0,
        });
    }

    private IResult? Take<TKey>(Call call, PartitionedRateLimiter<Bucket<TKey>> limiter, Bucket<TKey> bucket, string kind, string whose) where TKey : notnull
    {
        using var lease = limiter.AttemptAcquire(bucket);
        if (lease.IsAcquired)
        {
            return null;
        }

        metrics.TooMany.Add(1, new KeyValuePair<string, object?>("limit", kind));
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? (int)Math.Ceiling(after.TotalSeconds) : 1;
        call.Http.Response.Headers.RetryAfter = Math.Max(1, wait).ToString(CultureInfo.InvariantCulture);
        return Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-requests", "There are too many requests.",
            $"{bucket.PerSecond} a second are taken from {whose}. Nothing was saved; ask again after {Math.Max(1, wait)} s.");
    }

    private readonly record struct Bucket<TKey>(TKey Key, int PerSecond) where TKey : notnull;

    /// <summary>An IPv4 address, or the /64 of an IPv6 address: that much belongs to one customer.</summary>
    private readonly record struct Address(ulong Network, bool IsVersion6)
    {
        public static Address Of(IPAddress address)
        {
            Span<byte> bytes = stackalloc byte[16];
            address.TryWriteBytes(bytes, out _);
            return address.AddressFamily == AddressFamily.InterNetworkV6
                ? new Address(BinaryPrimitives.ReadUInt64BigEndian(bytes), IsVersion6: true)
                : new Address(BinaryPrimitives.ReadUInt32BigEndian(bytes), IsVersion6: false);
        }
    }
}
