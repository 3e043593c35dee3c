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

/// <summary>One value at one time. Belongs to a town through its series.</summary>
internal sealed class Reading
{
    public long SeriesId { get; set; }

    /// <summary>When it was measured, by the device's clock.</summary>
    public DateTimeOffset T { get; set; }

    public double Value { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }
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
}
