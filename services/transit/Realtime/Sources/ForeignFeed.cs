using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Realtime.Reading;
using SmartCity.Transit.Realtime.Reading.Checks;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;
using SmartCity.Transit.Vehicles.Tracking;
using Relationship = SmartCity.Transit.Realtime.Wire.TripDescriptor.Types.ScheduleRelationship;

namespace SmartCity.Transit.Realtime.Sources;

/// <summary>What another agency's message means for this town: runs of the live feed version, vehicles and alerts.</summary>
internal sealed record ForeignFeed(
    Dictionary<TripKey, TripReport> Reports, Dictionary<TripKey, TripOrder> Cancelled, IReadOnlyList<(string Vehicle, PositionReport Position)> Positions, IReadOnlyList<ServiceAlert> Alerts)
{
    private static readonly TimeSpan OrderKept = TimeSpan.FromHours(2);

    /// <param name="source">The source's id.</param>
    /// <param name="at">Time of the header.</param>
    public static ForeignFeed Of(string source, IEnumerable<FeedEntity> entities, ITripPlans? plans, DateTimeOffset at, ReaderOptions options)
    {
        var (reports, cancelled) = (new Dictionary<TripKey, TripReport>(), new Dictionary<TripKey, TripOrder>());
        var (positions, alerts) = (new List<(string, PositionReport)>(), new List<ServiceAlert>());
        var trips = new ForeignTrip(options);
        foreach (var entity in entities)
        {
            if (plans is not null && entity.TripUpdate is { Trip: { TripId.Length: > 0 } trip } update && TripChecks.Find(plans, trip, at) is { } plan)
            {
                if (trip.ScheduleRelationship is Relationship.Canceled or Relationship.Deleted)
                {
                    cancelled[plan.Key] = TripOrder.Cancel(source, plan.End + OrderKept);
                }
                else
                {
                    reports[plan.Key] = trips.Read(source, plan, update, Measured(update.HasTimestamp, update.Timestamp, at));
                }
            }

            if (entity.Vehicle is { Position: { } place } vehicle && VehicleChecks.IsValid(place))
            {
                positions.Add((VehicleIdOf(entity), PositionOf(vehicle, place, at)));
            }

            if (entity.Alert is { InformedEntity.Count: > 0 } alert)
            {
                alerts.Add(AlertReader.Read(entity.Id, alert));
            }
        }

        return new ForeignFeed(reports, cancelled, positions, alerts);
    }

    private static string VehicleIdOf(FeedEntity entity) => entity.Vehicle.Vehicle is { Id.Length: > 0 } vehicle ? vehicle.Id : entity.Id;

    private static PositionReport PositionOf(VehiclePosition vehicle, Position place, DateTimeOffset at) => new()
    {
        At = Measured(vehicle.HasTimestamp, vehicle.Timestamp, at),
        LatitudeDegrees = place.Latitude,
        LongitudeDegrees = place.Longitude,
        BearingDegrees = place is { HasBearing: true, Bearing: >= 0 and <= 360 } ? place.Bearing % 360 : null,
        SpeedMetresPerSecond = place is { HasSpeed: true, Speed: >= 0 and <= 100 } ? place.Speed : null,
        TripId = vehicle.Trip is { TripId.Length: > 0 } trip ? trip.TripId : null,
        StartDate = vehicle.Trip is { HasStartDate: true } dated ? dated.StartDate : null,
        StartTime = vehicle.Trip is { HasStartTime: true } timed ? timed.StartTime : null,
        RouteId = vehicle.Trip is { RouteId.Length: > 0 } routed ? routed.RouteId : null,
        Occupancy = vehicle.HasOccupancyStatus && Enum.IsDefined((Occupancy)vehicle.OccupancyStatus) ? (Occupancy)vehicle.OccupancyStatus : null,
        Label = vehicle.Vehicle is { Label.Length: > 0 and <= 64 } labelled ? labelled.Label : null,
    };

    // The time of a measurement is what ages; a time ahead of the feed's own is none.
    private static DateTimeOffset Measured(bool has, ulong seconds, DateTimeOffset at)
        => has && CheckContext.IsPosix(seconds) && DateTimeOffset.FromUnixTimeSeconds((long)seconds) is var time && time < at ? time : at;
}
