namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>Exponential pauses with jitter, so that many waiters do not come back together.</summary>
internal static class Backoff
{
    /// <summary>The pause after the given number of failures: between half and the whole of initial × 2ⁿ⁻¹, at most the maximum.</summary>
    public static TimeSpan After(int failures, TimeSpan initial, TimeSpan maximum)
    {
        var doubled = initial * Math.Pow(2, Math.Clamp(failures - 1, 0, 30));
        var pause = doubled < maximum ? doubled : maximum;
        return pause * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
