using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Answers;

/// <summary>Itineraries between two places, best first: by arrival, or of <c>arriveBy</c> the latest departure first.</summary>
/// <param name="Items">None of them is beaten by another in all of time, transfers and metres on foot.</param>
/// <param name="Next">Always null: all that there are.</param>
/// <param name="Walk">The way without any ride, where it is near enough.</param>
/// <param name="FeedVersion">Version of the feed that was searched.</param>
/// <param name="RealtimeAt">How fresh predictions are; null: none were at hand.</param>
public sealed record PlanAnswer(
    IReadOnlyList<Itinerary> Items,
    string? Next,
    DateTimeOffset At,
    bool ArriveBy,
    LegPlace From,
    LegPlace To,
    Itinerary? Walk,
    string FeedVersion,
    DateTimeOffset? RealtimeAt);

/// <param name="Transfers">Changes between vehicles.</param>
/// <param name="Fare">Null where the feed does not say.</param>
public sealed record Itinerary(
    string Id,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    int DurationSeconds,
    int Transfers,
    int WalkMetres,
    IReadOnlyList<Leg> Legs,
    ItineraryFare? Fare = null);

public sealed record ItineraryFare(decimal Amount, string Currency);

/// <param name="StopId">Null where the place is no stop.</param>
/// <param name="Name">Null for a point on the map.</param>
public sealed record LegPlace(string? StopId, string? Name, double LatitudeDegrees, double LongitudeDegrees);

public enum LegKind
{
    Walk,
    Ride,
    OnDemand,
}

/// <summary>How a time came about.</summary>
public enum LegStatus
{
    Scheduled,
    Predicted,
}

/// <summary>A part of an itinerary.</summary>
/// <param name="DistanceMetres">On foot an estimate from the straight line; of a ride along its stops; of an on-demand ride the straight line.</param>
public sealed record Leg(
    LegKind Kind, LegPlace From, LegPlace To, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int DurationSeconds, int DistanceMetres)
{
    /// <summary>Only of rides, as everything below.</summary>
    public LegStatus? Status { get; init; }

    public DateTimeOffset? ScheduledStartsAt { get; init; }

    public DateTimeOffset? ScheduledEndsAt { get; init; }

    /// <summary>When to be at the stop, where vehicles come by headway and the exact time is not known.</summary>
    public DateTimeOffset? BeThereAt { get; init; }

    public int? HeadwaySeconds { get; init; }

    /// <summary>Among the town's feeds; ids of routes and trips are this feed's.</summary>
    public string? Feed { get; init; }

    public string? RouteId { get; init; }

    public string? RouteName { get; init; }

    public string? TripId { get; init; }

    public string? Headsign { get; init; }

    public DateOnly? ServiceDate { get; init; }

    /// <summary>Stops ridden past on the way.</summary>
    public int? StopsBetween { get; init; }

    /// <summary>Where boarding or alighting must be arranged with agency or driver.</summary>
    public BoardingRule? Pickup { get; init; }

    public BoardingRule? DropOff { get; init; }

    /// <summary>Whether vehicle and both stops are accessible; null: not all of them are known to be.</summary>
    public bool? WheelchairAccessible { get; init; }

    /// <summary>Of an on-demand ride: what to book, until when, and where by telephone.</summary>
    public string? ServiceId { get; init; }

    public DateTimeOffset? BookBy { get; init; }

    public string? Telephone { get; init; }
}
