using System.Text.Json.Nodes;
using SmartCity.Contracts.Towns;

namespace SmartCity.Telemetry.Twin;

/// <summary>A device's twin as staff see it.</summary>
public sealed record TwinView
{
    /// <summary>The device's id.</summary>
    public required string Id { get; init; }

    public required string Municipality { get; init; }

    /// <summary>Counts the changes of <see cref="Desired"/>; it is the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>What the town wants.</summary>
    public required JsonNode Desired { get; init; }

    public DateTimeOffset? DesiredAt { get; init; }

    /// <summary>Token subject of who changed it last.</summary>
    public string? DesiredBy { get; init; }

    /// <summary>Whether the broker keeps this version for the device.</summary>
    public required bool IsPublished { get; init; }

    /// <summary>What the device says it is; left out where it never said anything.</summary>
    public JsonNode? Reported { get; init; }

    /// <summary>When it was so.</summary>
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>The version that the device says it has taken over.</summary>
    public long? ReportedVersion { get; init; }

    /// <summary>What is wanted and not reported; empty when the device does as it should.</summary>
    public required JsonNode Delta { get; init; }

    /// <summary>The newest changes, newest first.</summary>
    public required IReadOnlyList<TwinChangeView> History { get; init; }

    internal static TwinView Of(Town town, string device, TwinRow? row, IReadOnlyList<TwinChange> changes)
    {
        var desired = JsonNode.Parse(row?.Desired ?? "{}")!.AsObject();
        var reported = row?.Reported is { } text ? JsonNode.Parse(text)!.AsObject() : null;
        return new TwinView
        {
            Id = device,
            Municipality = town.Code,
            Version = row?.Version ?? 0,
            Desired = desired,
            DesiredAt = row?.DesiredAt,
            DesiredBy = row?.DesiredBy,
            IsPublished = row is null || row.PublishedVersion >= row.Version,
            Reported = reported,
            ReportedAt = row?.ReportedAt,
            ReportedVersion = row?.ReportedVersion,
            Delta = TwinDelta.Between(desired, reported),
            History = [.. changes.Select(change => new TwinChangeView(change.Version, JsonNode.Parse(change.Patch)!, change.ChangedAt, change.ChangedBy))],
        };
    }
}

/// <summary>One change of what a town wants.</summary>
/// <param name="Version">The version that it made.</param>
/// <param name="Patch">The merge patch.</param>
/// <param name="At">When.</param>
/// <param name="By">Token subject.</param>
public sealed record TwinChangeView(long Version, JsonNode Patch, DateTimeOffset At, string By);
