using SmartCity.Contracts.Views;

namespace SmartCity.Portal.Staff.Shelters;

/// <summary>What staff see of the town's shelters.</summary>
public sealed record ShelterBoard
{
    public const int Most = 30;

    public required IReadOnlyList<ShelterView> Shelters { get; init; }

    /// <summary>Who set the status, by shelter id.</summary>
    public required IReadOnlyDictionary<string, string> Reporters { get; init; }

    /// <summary>How many there are beyond those shown.</summary>
    public required int More { get; init; }

    /// <summary>Part of a name or an address; empty for all.</summary>
    public required string Search { get; init; }

    /// <summary>The shelter that was set just now.</summary>
    public string? SavedId { get; init; }

    /// <summary>The shelter that was not set, and why, as a key of the language files.</summary>
    public (string Id, string Key)? Refused { get; init; }

    /// <summary>What was typed there.</summary>
    public string Typed { get; init; } = "";
}
