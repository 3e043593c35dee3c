using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.Contracts.Views;
using SmartCity.Portal.Backend;
using SmartCity.Portal.Maps;

namespace SmartCity.Portal.Resident;

/// <summary>All that a resident's page shows of a town at one time.</summary>
public sealed record ResidentView
{
    public required Town Town { get; init; }

    /// <summary>What is real: the most severe first, then the newest; empty also where they could not be read.</summary>
    public required IReadOnlyList<AlertView> Alerts { get; init; }

    /// <summary>Drills and tests, apart from all that is real.</summary>
    public required IReadOnlyList<AlertView> Drills { get; init; }

    public required Outcome AlertsOutcome { get; init; }

    /// <summary>Where the stream of alerts goes on from what is shown; null where it could not be read.</summary>
    public required string? LastEventId { get; init; }

    /// <summary>Within how long open pages ask again after an alert, each at a random moment.</summary>
    public required int SpreadMilliseconds { get; init; }

    /// <summary>One list for each kind of disaster; never empty.</summary>
    public required IReadOnlyList<ShelterGroup> Shelters { get; init; }

    public required Answer<Page<DeviceView>> Devices { get; init; }

    public required MapView Map { get; init; }

    /// <summary>Whether something is missing that asking again may bring.</summary>
    public bool IsIncomplete => AlertsOutcome == Outcome.Unreachable
        || Devices.Outcome == Outcome.Unreachable || Shelters.Any(group => group.Shelters.Outcome == Outcome.Unreachable);
}

/// <summary>Shelters for one kind of disaster, open ones first, then the nearest.</summary>
/// <param name="Hazard">The disaster, or null when there is none and any shelter is worth knowing.</param>
/// <param name="IsNearAlert">Distances from the middle of the alert's area; otherwise from the town's.</param>
/// <param name="FirstNumber">Number of the first one in the list and on the map.</param>
public sealed record ShelterGroup(string? Hazard, bool IsNearAlert, Answer<IReadOnlyList<ShelterView>> Shelters, int FirstNumber);
