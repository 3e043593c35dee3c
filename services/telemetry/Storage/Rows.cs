using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.Storage;

/// <summary>One metric of one device, with its newest value.</summary>
internal sealed class Series : ITownOwned
{
    public long Id { get; set; }

    public required string Municipality { get; set; }

    public required string Device { get; set; }

    public required string Metric { get; set; }

    public DateTimeOffset? LastT { get; set; }

    public double? LastValue { get; set; }
}

/// <summary>What the platform knows of a device's behaviour.</summary>
internal sealed class DeviceState : ITownOwned
{
    public required string Municipality { get; set; }

    public required string Device { get; set; }

    public DateTimeOffset? LastSeen { get; set; }

    public string? ConnectionStatus { get; set; }

    public long AcceptedCount { get; set; }

    public long RefusedCount { get; set; }

    public string? LastErrorCode { get; set; }

    public string? LastErrorMessage { get; set; }

    public DateTimeOffset? LastErrorAt { get; set; }

    /// <summary>Counts of the writer's generations up to this one are in the row.</summary>
    public long Generation { get; set; }

    /// <summary>How far the device's clock is behind (negative: ahead); null when it gives no times.</summary>
    public long? ClockSkewMicroseconds { get; set; }
}
