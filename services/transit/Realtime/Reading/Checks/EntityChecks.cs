using SmartCity.Transit.Realtime.Wire;

namespace SmartCity.Transit.Realtime.Reading.Checks;

/// <summary>Every entity, and what they have to do with each other.</summary>
internal sealed class EntityChecks(CheckContext context)
{
    private readonly TripUpdateChecks _updates = new(context);
    private readonly VehicleChecks _vehicles = new(context);
    private readonly AlertChecks _alerts = new(context);

    public void Check(FeedMessage message)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var vehicles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entity in message.Entity)
        {
            if (!entity.HasId || entity.Id.Length == 0)
            {
                context.Notices.Add("entity-without-id", "?", "The entity has no id, by which later messages would name it; it is taken all the same.");
            }
            else if (!ids.Add(entity.Id))
            {
                context.Notices.Add("entity-id-repeated", entity.Id, "Two entities have this id; ids are unique within a message.");
            }

            if (entity.TripUpdate is { } update)
            {
                _updates.Check(entity.Id, update);
            }

            if (entity.Vehicle is { } vehicle)
            {
                _vehicles.Check(entity.Id, vehicle);
                if (vehicle.Vehicle is { HasId: true, Id.Length: > 0 } descriptor && !vehicles.Add(descriptor.Id))
                {
                    context.Notices.Add("E052", entity.Id, "Two positions are of the vehicle with this id.", descriptor.Id);
                }
            }

            if (entity.Alert is { } alert)
            {
                _alerts.Check(entity.Id, alert);
            }

            if (entity is { TripUpdate: null, Vehicle: null, Alert: null, Shape: null, IsDeleted: false })
            {
                context.Notices.Add("entity-empty", entity.Id, "The entity is no trip update, no vehicle position and no alert.");
            }
        }

        Pair(message);
    }

    // A trip update that names a vehicle, and a position of that vehicle, are to speak of the same trip.
    private void Pair(FeedMessage message)
    {
        var trips = message.Entity.Where(static entity => entity.Vehicle is { Vehicle.Id.Length: > 0, Trip.TripId.Length: > 0 })
            .GroupBy(static entity => entity.Vehicle.Vehicle.Id, StringComparer.Ordinal)
            .ToDictionary(static group => group.Key, static group => group.Select(static entity => entity.Vehicle.Trip.TripId).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var entity in message.Entity)
        {
            if (entity.TripUpdate is { Vehicle.Id.Length: > 0, Trip.TripId.Length: > 0 } update
                && trips.TryGetValue(update.Vehicle.Id, out var driven) && !driven.Contains(update.Trip.TripId) && IsUnderWay(update))
            {
                context.Notices.Add("E047", entity.Id, $"The trip update says that the vehicle {update.Vehicle.Id} serves this trip, and its position names {driven.First()}.", update.Trip.TripId);
            }
        }
    }

    // A vehicle may be named for its later trips too.
    private bool IsUnderWay(TripUpdate update)
        => context.Plans?.RunsOf(update.Trip.TripId, context.At).FirstOrDefault() is { } run && run.Start <= context.At && context.At <= run.End;
}
