using System.ComponentModel.DataAnnotations;

namespace SmartCity.Telemetry.Streaming;

/// <summary>Configuration section <c>Live</c>: the stream of readings.</summary>
public sealed record LiveOptions
{
    /// <summary>How often a silent stream carries a comment, so that proxies keep it open.</summary>
    [Range(0.05, 60)]
    public double HeartbeatSeconds { get; init; } = 15;

    /// <summary>Readings that wait for a client one by one; of a client that lags more, each series keeps its newest only.</summary>
    [Range(1, 100_000)]
    public int QueueReadings { get; init; } = 2_000;

    /// <summary>How often to look, while somebody listens, for what other replicas committed.</summary>
    [Range(0.05, 60)]
    public double PollSeconds { get; init; } = 1;
}
