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
        Capacity = Capacity,
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
