using System.Runtime.InteropServices;
using SmartCity.Contracts;
using SmartCity.Transit.Planning.Fares;
using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Answers;

/// <summary>The timetables of the towns, as their feeds and real time have them at the moment.</summary>
public interface ITownTimetables
{
    /// <summary>The newest timetable that is ready. Waits for a town's first one, within a bound.</summary>
    ValueTask<TownLookup> FindAsync(string municipality, CancellationToken cancellationToken);
}

/// <summary>What there is of a town.</summary>
/// <param name="Town">Null when the town has no feed, or none that is ready.</param>
/// <param name="IsComing">There is a feed, and its timetable is still being built.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TownLookup(PlannerTown? Town, bool IsComing = false);

/// <summary>A snapshot of a town's timetable with the names that its indices stand for. Never changed once handed out.</summary>
public sealed record PlannerTown
{
    public required LiveTimetable Live { get; init; }

    /// <summary>The agency's; service days and times of the feed are in it.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Of several feeds all versions, with a plus sign between them.</summary>
    public required string FeedVersion { get; init; }

    public required ITownNames Names { get; init; }

    /// <summary>Stops that alerts or staff have closed.</summary>
    public StopSet? ClosedStops { get; init; }

    /// <summary>The newest time at which a vehicle was where a prediction has it; null: nothing is predicted.</summary>
    public DateTimeOffset? RealtimeAt { get; init; }

    /// <summary>Null where the feed has no fares.</summary>
    public FareCalculator? Fares { get; init; }

    /// <summary>Null where the town has no on-demand rides.</summary>
    public IOnDemandRides? OnDemand { get; init; }
}

/// <summary>What the indices of a timetable stand for, in the language that is asked for or else the feed's own.</summary>
public interface ITownNames
{
    /// <summary>A stop or station by its id, with the stops that it stands for, or null.</summary>
    TownPlace? Find(string id, string language);

    /// <summary>The id as URLs name it, and the name, of a stop.</summary>
    (string Id, string Name) Stop(int stop, string language);

    /// <summary>Fare zone, where the feed has them.</summary>
    string? ZoneOf(int stop);

    /// <param name="call">Where one boards: the headsign may change on the way.</param>
    TownTrip Trip(int trip, int call, string language);
}

/// <param name="Stops">At least one.</param>
public sealed record TownPlace(string Id, string Name, double LatitudeDegrees, double LongitudeDegrees, int[] Stops);

/// <param name="Feed">Among the town's feeds.</param>
/// <param name="RouteName">The short name where there is one, otherwise the long one.</param>
/// <param name="AgencyId">Null where the feed does not say.</param>
public sealed record TownTrip(string Id, string Feed, string RouteId, string RouteName, string? Headsign, Accessibility Wheelchair, string? AgencyId);

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
