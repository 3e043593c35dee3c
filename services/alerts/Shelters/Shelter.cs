using System.Globalization;
using SmartCity.Contracts;
using SmartCity.Contracts.Views;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Shelters;

namespace SmartCity.Alerts.Shelters;

/// <summary>A shelter as its list names it, with the status that staff set.</summary>
public sealed class Shelter : ITownOwned
{
    public required string Municipality { get; init; }

    /// <summary>The list's own id (共通ID, ID or NO).</summary>
    public required string Id { get; init; }

    public required LocalizedText Name { get; set; }

    public required string Address { get; set; }

    public required double LatitudeDegrees { get; set; }

    public required double LongitudeDegrees { get; set; }

    /// <summary>Hazard keys for which it is designated; none for centres that are for staying, not for fleeing to.</summary>
    public required IReadOnlyList<string> Hazards { get; set; }

    /// <summary>People it holds indoors (outdoors where there is no indoors), or null where the list does not say.</summary>
    public int? Capacity { get; set; }

    public string Status { get; set; } = ShelterStatus.Unknown;

    public DateTimeOffset? StatusAsOf { get; set; }

    /// <summary>Token subject of who set the status.</summary>
    public string? StatusBy { get; set; }

    /// <summary>People who were there at <see cref="StatusAsOf"/>, or null where nobody counted.</summary>
    public int? PeopleNow { get; set; }

    /// <summary>Barrier-free facts, or null where the list has none.</summary>
    public ShelterAccess? Accessibility { get; set; }

    /// <summary>Grows with every status.</summary>
    public int Version { get; set; }

    /// <summary>The version as RFC 9110 section 8.8.3 wants it.</summary>
    public string ETag => string.Create(CultureInfo.InvariantCulture, $"\"{Version}\"");

    public static Shelter Of(string municipality, ListedShelter listed) => new()
    {
        Municipality = municipality,
        Id = listed.Id,
        Name = listed.Name,
        Address = listed.Address,
        LatitudeDegrees = listed.LatitudeDegrees,
        LongitudeDegrees = listed.LongitudeDegrees,
        Hazards = listed.Hazards,
        Capacity = listed.Capacity,
        Accessibility = listed.Accessibility,
    };

    /// <summary>Takes what a newer list says; the status is not the list's.</summary>
    public void Take(ListedShelter listed)
    {
        Name = listed.Name;
        Address = listed.Address;
        LatitudeDegrees = listed.LatitudeDegrees;
        LongitudeDegrees = listed.LongitudeDegrees;
        Hazards = listed.Hazards;
        Capacity = listed.Capacity;
        Accessibility = listed.Accessibility;
    }

    public ShelterView ToView(double? distanceMetres) => new()
    {
        Id = Id,
        Name = Name,
        Address = Address,
        LatitudeDegrees = LatitudeDegrees,
        LongitudeDegrees = LongitudeDegrees,
        Hazards = Hazards,
        Status = Status,
        StatusAsOf = StatusAsOf,
        DistanceMetres = distanceMetres is { } metres ? Math.Round(metres) : null,
        WalkingMetresEstimate = distanceMetres is { } straight ? Math.Round(WalkingEstimate.Metres(straight)) : null,
        WalkingMinutesEstimate = distanceMetres is { } line ? WalkingEstimate.Minutes(line) : null,
        Capacity = Capacity,
        PeopleNow = PeopleNow,
        Accessibility = Accessibility,
        Version = Version,
    };
}

/// <summary>Whether a shelter takes people.</summary>
public static class ShelterStatus
{
    public const string Open = "open";
    public const string Full = "full";
    public const string Closed = "closed";

    /// <summary>Staff never said.</summary>
    public const string Unknown = "unknown";

    /// <summary>What staff may set.</summary>
    public static readonly IReadOnlyList<string> Settable = [Open, Full, Closed];

    public static readonly IReadOnlyList<string> All = [Open, Full, Closed, Unknown];
}
