using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Realtime.Publishing;

/// <summary>Vehicle positions out of a board: of vehicles that were heard within the bound.</summary>
internal sealed class VehicleWriter(RealtimeBoard boards)
{
    public IEnumerable<FeedEntity> Write(BoardSnapshot board, ITripPlans? plans, DateTimeOffset now)
        => board.Vehicles.Values.Where(vehicle => now - vehicle.At <= boards.SilentAfter).OrderBy(static vehicle => vehicle.Id, StringComparer.Ordinal)
            .Select(vehicle => new FeedEntity { Id = vehicle.Id, Vehicle = PositionOf(vehicle, vehicle.Trip is { } key ? plans?.Find(key) : null, now) });

    private static VehiclePosition PositionOf(VehicleState vehicle, TripPlan? plan, DateTimeOffset now)
    {
        var position = new VehiclePosition
        {
            Vehicle = new VehicleDescriptor { Id = vehicle.Id },
            Position = new Position { Latitude = (float)vehicle.LatitudeDegrees, Longitude = (float)vehicle.LongitudeDegrees },
            Timestamp = TripUpdateWriter.Unix(vehicle.At < now ? vehicle.At : now),
        };
        if (vehicle.Label is { } label)
        {
            position.Vehicle.Label = label;
        }

        if (vehicle.BearingDegrees is { } bearing)
        {
            position.Position.Bearing = (float)bearing;
        }

        if (vehicle.SpeedMetresPerSecond is { } speed)
        {
            position.Position.Speed = (float)speed;
        }

        if (vehicle.Occupancy is { } occupancy)
        {
            position.OccupancyStatus = (VehiclePosition.Types.OccupancyStatus)occupancy;
        }

        if (plan is not null)
        {
            position.Trip = TripUpdateWriter.Describe(plan);
            if (plan.IsWheelchairAccessible is { } accessible)
            {
                position.Vehicle.WheelchairAccessible = accessible
                    ? VehicleDescriptor.Types.WheelchairAccessible.WheelchairAccessible
                    : VehicleDescriptor.Types.WheelchairAccessible.WheelchairInaccessible;
            }

            // The vehicle may have reported against the version before, whose run had more stops.
            if (vehicle.NextStop is { } next && next < plan.Stops.Count)
            {
                position.StopId = plan.Stops[next].StopId;
                position.CurrentStopSequence = (uint)plan.Stops[next].StopSequence;
                position.CurrentStatus = vehicle.IsAtStop ? VehiclePosition.Types.VehicleStopStatus.StoppedAt : VehiclePosition.Types.VehicleStopStatus.InTransitTo;
            }
        }

        return position;
    }
}
