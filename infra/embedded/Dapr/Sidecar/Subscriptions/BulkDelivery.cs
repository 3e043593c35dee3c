namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>How events of a bulk subscription are put together (Dapr docs, "Publish and subscribe to bulk messages").</summary>
/// <param name="MaximumCount">Most events in one request.</param>
/// <param name="MaximumAwait">How long the first event may wait for others.</param>
internal sealed record BulkDelivery(int MaximumCount, TimeSpan MaximumAwait)
{
    private const int DefaultCount = 100;
    private const int MostCount = 10_000;
    private static readonly TimeSpan DefaultAwait = TimeSpan.FromSeconds(1);

    /// <summary>The given values within reason; upstream's defaults where there is none.</summary>
    public static BulkDelivery Of(int? count, int? awaitMilliseconds) => new(
        count is > 0 ? Math.Min(count.Value, MostCount) : DefaultCount,
        awaitMilliseconds is > 0 ? TimeSpan.FromMilliseconds(awaitMilliseconds.Value) : DefaultAwait);
}
