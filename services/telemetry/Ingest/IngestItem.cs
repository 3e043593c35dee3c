using SmartCity.Telemetry.Decoding;

namespace SmartCity.Telemetry.Ingest;

/// <summary>One message of one registered device on its way to the store.</summary>
internal sealed record IngestItem
{
    public required string Municipality { get; init; }

    public required string Device { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>What was refused of it; the good parts are stored all the same.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>A new connection status, or null.</summary>
    public string? ConnectionStatus { get; init; }

    /// <summary>Tells the broker that the message is safe; called after the commit only.</summary>
    public required Func<CancellationToken, Task> AcknowledgeAsync { get; init; }
}
