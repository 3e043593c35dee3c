namespace SmartCity.Transit.Vehicles.Plans;

/// <summary>What real time asks of a town's live feed version. Instances are immutable: another version is another instance.</summary>
public interface ITripPlans
{
    /// <summary>Names the feed version, for <c>feed_version</c> of GTFS Realtime.</summary>
    string Version { get; }

    /// <summary>The runs of a trip around a time, the nearest first: from twelve hours before it to twelve hours after it.</summary>
    IReadOnlyList<TripPlan> RunsOf(string tripId, DateTimeOffset around);

    /// <summary>A run by its key, or null where the trip does not run then.</summary>
    TripPlan? Find(TripKey key);

    /// <summary>Every run that is under way at some time of a span, by its start.</summary>
    IReadOnlyList<TripPlan> Running(DateTimeOffset from, DateTimeOffset to);

    /// <summary>The run that the same vehicle makes next, or null.</summary>
    TripPlan? NextOfBlock(TripPlan plan);

    /// <summary>The route of a trip, whether or not it runs these days; null where there is no such trip.</summary>
    string? RouteOfTrip(string tripId);

    bool HasRoute(string routeId);

    bool HasAgency(string agencyId);

    /// <summary><c>location_type</c> of a stop, or null where there is no such stop.</summary>
    int? LocationTypeOf(string stopId);
}
