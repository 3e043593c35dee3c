using System.Diagnostics.CodeAnalysis;
using SmartCity.Contracts;
using SmartCity.Transit.Planning.Fares;
using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Answers;

/// <summary>The timetables of the towns, as their feeds and real time have them at the moment.</summary>
public interface ITownTimetables
{
    /// <returns>False when the town has no feed yet.</returns>
    bool TryGet(string municipality, [NotNullWhen(true)] out TownTimetable? timetable);
}

/// <summary>A snapshot of a town's timetable with the names that its indices stand for. Never changed once handed out.</summary>
public sealed record TownTimetable
{
    public required LiveTimetable Live { get; init; }

    /// <summary>The agency's; service days and times of the feed are in it.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    public required string FeedVersion { get; init; }

    /// <summary>By index of the stop.</summary>
    public required IReadOnlyList<TownStop> Stops { get; init; }

    /// <summary>Stops by their id; a station's id leads to all its stops.</summary>
    public required IReadOnlyDictionary<string, int[]> StopsById { get; init; }

    /// <summary>By index of the trip.</summary>
    public required IReadOnlyList<TownTrip> Trips { get; init; }

    /// <summary>By the route key that trips were added with.</summary>
    public required IReadOnlyList<TownRoute> Routes { get; init; }

    /// <summary>Stops that alerts or staff have closed.</summary>
    public StopSet? ClosedStops { get; init; }

    /// <summary>When real time was last worked in; null: never.</summary>
    public DateTimeOffset? RealtimeAt { get; init; }

    /// <summary>Null where the feed has no fares.</summary>
    public FareCalculator? Fares { get; init; }

    /// <summary>Null where the town has no on-demand rides.</summary>
    public IOnDemandRides? OnDemand { get; init; }
}

public sealed record TownStop(string Id, LocalizedText Name)
{
    /// <summary>Fare zone, where the feed has them.</summary>
    public string? ZoneId { get; init; }
}

public sealed record TownTrip(string Id, LocalizedText? Headsign)
{
    public Accessibility Wheelchair { get; init; }
}

/// <param name="Name">The short name where there is one, otherwise the long one.</param>
public sealed record TownRoute(string Id, LocalizedText Name);

/// <summary>On-demand rides as the first and last part of a journey.</summary>
public interface IOnDemandRides
{
    /// <summary>Rides that can still be booked between a place and stops, within a day or so from a time.</summary>
    /// <param name="toStops">From the place to stops; otherwise from stops to the place.</param>
    IReadOnlyList<OnDemandOffer> Offers(double latitudeDegrees, double longitudeDegrees, bool toStops, DateTimeOffset at);
}

/// <summary>A ride that may be booked.</summary>
/// <param name="ServiceId">Whose ride it is, as bookings name it.</param>
/// <param name="Stop">Index of the stop at its other end.</param>
/// <param name="BookBy">A ride that can no longer be booked is not offered at all.</param>
public sealed record OnDemandOffer(
    string ServiceId, LocalizedText Name, int Stop, int DurationSeconds, DateTimeOffset EarliestPickup, DateTimeOffset LatestPickup, DateTimeOffset BookBy)
{
    public string? Telephone { get; init; }
}
