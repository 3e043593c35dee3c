using System.ComponentModel.DataAnnotations;

namespace SmartCity.Telemetry.Ingest;

/// <summary>Configuration section <c>Ingest</c>.</summary>
public sealed record IngestOptions
{
    /// <summary>Messages that wait for the store; beyond it the broker is not read on, which slows the publishers.</summary>
    [Range(1, 100_000)]
    public int QueueMessages { get; init; } = 2_000;

    /// <summary>Most messages of one transaction.</summary>
    [Range(1, 10_000)]
    public int BatchMessages { get; init; } = 512;

    /// <summary>Readings that are kept in memory and journal before they settle into the tables from which spans of time are read.</summary>
    [Range(1_000, 10_000_000)]
    public int SettleAfterReadings { get; init; } = 500_000;

    /// <summary>Longest time until they do: longer writes less to the disk, and takes longer to start after a crash.</summary>
    [Range(1, 86_400)]
    public double SettleAfterSeconds { get; init; } = 600;

    /// <summary>A reading dated further ahead of the platform's clock is refused.</summary>
    [Range(0, 86_400)]
    public double FutureToleranceSeconds { get; init; } = 600;

    /// <summary>An older reading is stored but raises and clears nothing.</summary>
    [Range(1, 31_536_000)]
    public double StaleAfterSeconds { get; init; } = 3_600;
}

/// <summary>Configuration section <c>Mqtt</c>: the broker that devices publish to.</summary>
public sealed record MqttOptions
{
    [Required]
    public string Host { get; init; } = "127.0.0.1";

    [Range(1, 65_535)]
    public int Port { get; init; } = 1883;

    /// <summary>A user that may read every device's telemetry and status.</summary>
    [Required]
    public string UserName { get; init; } = "";

    [Required]
    public string Password { get; init; } = "";

    /// <summary>The persistent session that the broker keeps messages for while the service is down.</summary>
    [Required]
    public string ClientId { get; init; } = "telemetry-ingest";

    /// <summary>Messages that may be on their way without an acknowledgement.</summary>
    [Range(1, 65_535)]
    public ushort ReceiveMaximum { get; init; } = 2_000;
}
