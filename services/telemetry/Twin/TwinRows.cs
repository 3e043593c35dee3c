using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.Twin;

/// <summary>What a town wants a device to be, and what the device says it is.</summary>
internal sealed class TwinRow : ITownOwned
{
    public required string Municipality { get; init; }

    public required string Device { get; init; }

    /// <summary>Counts the changes of <see cref="Desired"/>; 0 before the first.</summary>
    public long Version { get; set; }

    /// <summary>JSON object.</summary>
    public required string Desired { get; set; }

    public DateTimeOffset? DesiredAt { get; set; }

    /// <summary>Token subject.</summary>
    public string? DesiredBy { get; set; }

    /// <summary>The version that the broker keeps for the device.</summary>
    public long PublishedVersion { get; set; }

    /// <summary>JSON object, or null where the device never reported.</summary>
    public string? Reported { get; set; }

    /// <summary>When it was so, as the device says.</summary>
    public DateTimeOffset? ReportedAt { get; set; }

    /// <summary>The version of the desired state that the device says it has.</summary>
    public long? ReportedVersion { get; set; }
}

/// <summary>Who changed what a town wants, and when. Never changed.</summary>
internal sealed class TwinChange : ITownOwned
{
    public long Id { get; set; }

    public required string Municipality { get; init; }

    public required string Device { get; init; }

    public required long Version { get; init; }

    /// <summary>The merge patch.</summary>
    public required string Patch { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required string ChangedBy { get; init; }
}
