namespace SmartCity.Transit.Realtime.Publishing;

/// <summary>The three feeds of GTFS Realtime.</summary>
public enum FeedKind
{
    VehiclePositions,
    TripUpdates,
    Alerts,
}
