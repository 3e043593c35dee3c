using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>When a circuit breaker opens and for how long (Dapr docs, "Circuit breaker resiliency policies").</summary>
internal sealed record CircuitBreakerPolicy
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>What <see cref="Trip"/> speaks of.</summary>
    public static readonly IReadOnlySet<string> Variables = new HashSet<string>(StringComparer.Ordinal)
    {
        "requests", "totalSuccesses", "totalFailures", "consecutiveSuccesses", "consecutiveFailures",
    };

    private const int DefaultConsecutiveFailures = 5;

    /// <summary>Requests that may pass while it is half open, and successes that close it again.</summary>
    public int MaximumRequests { get; init; } = 1;

    /// <summary>How often counts begin anew while it is closed; zero is never.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>How long it stays open before it tries again.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>Opens it when true after a failure; null is more than five failures in a row.</summary>
    public CelExpression? Trip { get; init; }

    public bool MustOpen(CircuitCounts counts) => Trip is null
        ? counts.ConsecutiveFailures > DefaultConsecutiveFailures
        : Trip.IsTrueFor(JsonSerializer.SerializeToElement(counts, JsonSerializerOptions.Web));
}

/// <summary>What a circuit breaker has seen since its counts last began.</summary>
internal sealed class CircuitCounts
{
    public long Requests { get; set; }

    public long TotalSuccesses { get; set; }

    public long TotalFailures { get; set; }

    public long ConsecutiveSuccesses { get; set; }

    public long ConsecutiveFailures { get; set; }
}
