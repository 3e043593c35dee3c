using Orleans;

namespace SmartCity.Transit.Vehicles.Plans;

/// <summary>One run of one trip, as a GTFS Realtime trip descriptor names it.</summary>
/// <param name="TripId">Of <c>trips.txt</c>; unique within the town.</param>
/// <param name="StartDate">Service day, <c>yyyyMMdd</c>: for a trip after midnight the day before.</param>
/// <param name="StartTime">First departure as <c>HH:mm:ss</c>, which may pass 24:00:00, for trips of <c>frequencies.txt</c>; null for all others.</param>
[GenerateSerializer, Immutable, Alias("SmartCity.TripKey")]
public readonly record struct TripKey(
    [property: Id(0)] string TripId,
    [property: Id(1)] string StartDate,
    [property: Id(2)] string? StartTime = null);
