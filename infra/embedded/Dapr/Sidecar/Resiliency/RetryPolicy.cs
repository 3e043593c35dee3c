namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>When and how often to try again (Dapr docs, "Retry resiliency policies").</summary>
internal sealed record RetryPolicy
{
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan DefaultMaximumInterval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan InitialInterval = TimeSpan.FromMilliseconds(500);
    private const double Multiplier = 1.5;

    public bool IsExponential { get; init; }

    /// <summary>The pause of a constant policy.</summary>
    public TimeSpan Duration { get; init; } = DefaultDuration;

    /// <summary>The longest pause of an exponential policy.</summary>
    public TimeSpan MaximumInterval { get; init; } = DefaultMaximumInterval;

    /// <summary>Repetitions after the first attempt; -1 is without end.</summary>
    public int MaximumRetries { get; init; } = -1;

    /// <summary>The HTTP statuses that are tried again; null is every failure.</summary>
    public IReadOnlyList<StatusRange>? Statuses { get; init; }

    public bool Allows(int retries) => MaximumRetries < 0 || retries < MaximumRetries;

    public bool Matches(int status) => Statuses is null || Statuses.Any(range => range.Contains(status));

    /// <summary>The pause before a repetition, counted from one; an exponential one varies by half, as upstream.</summary>
    public TimeSpan PauseBefore(int retry)
    {
        if (!IsExponential)
        {
            return Duration;
        }

        var interval = InitialInterval * Math.Pow(Multiplier, Math.Clamp(retry - 1, 0, 64));
        return (interval < MaximumInterval ? interval : MaximumInterval) * (0.5 + Random.Shared.NextDouble());
    }
}

/// <summary>HTTP statuses from one to another, both included.</summary>
internal sealed record StatusRange(int First, int Last)
{
    public bool Contains(int status) => status >= First && status <= Last;
}
