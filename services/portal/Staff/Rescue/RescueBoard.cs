using SmartCity.Contracts;
using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Staff.Rescue;

/// <summary>What the town hall sees of a safety check.</summary>
public sealed record RescueBoard
{
    public required SafetyState State { get; init; }

    public required SafetyCounts Counts { get; init; }

    /// <summary>Null for those who may not read names.</summary>
    public Page<RescueRow>? Rows { get; init; }

    /// <summary>Start of the page, as the list gave it.</summary>
    public string? After { get; init; }

    /// <summary>The call that was not set, and why, as a key of the language files.</summary>
    public (string Id, string Key)? Refused { get; init; }
}
