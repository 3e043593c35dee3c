using System.Globalization;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Matching;

namespace SmartCity.Transit.Realtime.Reading.Checks;

/// <summary>Vehicle positions.</summary>
internal sealed class VehicleChecks(CheckContext context)
{
    /// <summary>As far as the validator lets a vehicle be off its shape: an eighth of a mile.</summary>
    private const double FarFromShapeMetres = 201;

    /// <summary>120 km/h: a coach on a motorway in Japan.</summary>
    private const double FastMetresPerSecond = 33.4;

    private static readonly MatchOptions Near = new() { OffRouteMetres = FarFromShapeMetres };
    private readonly TripChecks _trips = new(context);

    /// <summary>Whether a place is one at all.</summary>
    public static bool IsValid(Position position)
        => position is { HasLatitude: true, HasLongitude: true } && Math.Abs(position.Latitude) <= 90 && Math.Abs(position.Longitude) <= 180 && (position.Latitude != 0 || position.Longitude != 0);

    public void Check(string entity, VehiclePosition vehicle)
    {
        var notices = context.Notices;
        if (vehicle.Vehicle is not { HasId: true, Id.Length: > 0 })
        {
            notices.Add("W002", entity, "The position names no vehicle; the entity's id is taken for it.");
        }

        if (vehicle.HasTimestamp)
        {
            context.Time(vehicle.Timestamp, entity, "timestamp");
        }
        else
        {
            notices.Add("W001", entity, "The position has no timestamp; the header's is taken.");
        }

        var run = vehicle.Trip is { } trip ? _trips.Check(entity, trip) : null;
        if (vehicle.HasStopId && vehicle.StopId.Length > 0 && context.Plans is { } plans)
        {
            StopChecks.Check(context, plans, entity, vehicle.StopId);
        }

        if (run is not null && vehicle.HasCurrentStopSequence && run.Stops.All(stop => stop.StopSequence != vehicle.CurrentStopSequence))
        {
            notices.Add("E051", entity, "The trip has no such stop_sequence in the live feed version.", vehicle.CurrentStopSequence);
        }

        if (vehicle.Position is not { } position || !IsValid(position))
        {
            notices.Add("E026", entity, "The position is none: latitude is from -90 to 90, longitude from -180 to 180, and both 0 is what receivers say without satellites.",
                vehicle.Position is { } wrong ? string.Create(CultureInfo.InvariantCulture, $"{wrong.Latitude},{wrong.Longitude}") : null);
            return;
        }

        if (position.HasBearing && !(position.Bearing is >= 0 and <= 360))
        {
            notices.Add("E027", entity, "bearing is degrees clockwise from north, 0 to 360; it is not taken.", position.Bearing);
        }

        if (position.HasSpeed && !(position.Speed is >= 0 and <= (float)FastMetresPerSecond))
        {
            notices.Add("W004", entity, "speed is in metres per second; no bus is so fast.", position.Speed);
        }

        if (run is not null && ShapeMatcher.Match(run.Shape, position.Latitude, position.Longitude, default, Near) is null)
        {
            notices.Add("E029", entity, string.Create(CultureInfo.InvariantCulture, $"The vehicle is further than {FarFromShapeMetres} m from the shape of its trip."), string.Create(CultureInfo.InvariantCulture, $"{position.Latitude},{position.Longitude}"));
        }
    }
}
