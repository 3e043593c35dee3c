namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>One resource of kind Resiliency: named policies, and which of them count for which app or component.</summary>
internal sealed class ResiliencyResource(ResourceDocument document)
{
    public ResourceDocument Document { get; } = document;

    public Dictionary<string, TimeSpan> Timeouts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RetryPolicy> Retries { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, CircuitBreakerPolicy> CircuitBreakers { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, PolicyNames> Apps { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ComponentPolicyNames> Components { get; } = new(StringComparer.Ordinal);
}

/// <summary>The policies of one target; null is none.</summary>
internal sealed record PolicyNames(string? Timeout, string? Retry, string? CircuitBreaker)
{
    /// <summary>Breakers kept for one app's paths, as upstream.</summary>
    public const int DefaultCacheSize = 100;

    public static readonly PolicyNames None = new(null, null, null);

    public int CircuitBreakerCacheSize { get; init; } = DefaultCacheSize;

    /// <summary>Where they were read, for faults.</summary>
    public YamlFields? Fields { get; init; }
}

/// <summary>The policies of a component for what comes from it and what goes to it.</summary>
internal sealed record ComponentPolicyNames(PolicyNames Inbound, PolicyNames Outbound);
