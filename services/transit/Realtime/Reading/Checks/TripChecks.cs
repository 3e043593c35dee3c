using System.Globalization;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Plans;
using Relationship = SmartCity.Transit.Realtime.Wire.TripDescriptor.Types.ScheduleRelationship;

namespace SmartCity.Transit.Realtime.Reading.Checks;

/// <summary>Trip descriptors against the live feed version.</summary>
internal sealed class TripChecks(CheckContext context)
{
    /// <summary>The run that is meant, or null where there is none or it can't be told.</summary>
    public TripPlan? Check(string entity, TripDescriptor trip)
    {
        var notices = context.Notices;
        if (!trip.HasScheduleRelationship)
        {
            notices.Add("W009", entity, "schedule_relationship of the trip is not said; it is taken as SCHEDULED.");
        }

        if (trip.HasStartDate && !DateOnly.TryParseExact(trip.StartDate, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            notices.Add("E021", entity, "start_date is no date as in 20260701.", trip.StartDate);
        }

        if (trip.HasStartTime && !IsTime(trip.StartTime))
        {
            notices.Add("E020", entity, "start_time is no time as in 11:15:35, which may pass 24:00:00 for trips after midnight.", trip.StartTime);
        }

        if (trip.HasRouteId && trip.RouteId.Length > 0 && context.Plans?.HasRoute(trip.RouteId) == false)
        {
            notices.Add("E004", entity, "route_id is not in the live feed version.", trip.RouteId);
        }

        return trip.HasTripId && trip.TripId.Length > 0 && context.Plans is { } plans ? Named(entity, trip, plans) : null;
    }

    /// <summary>The run that a descriptor names around a time, or null.</summary>
    public static TripPlan? Find(ITripPlans plans, TripDescriptor trip, DateTimeOffset around)
        => plans.RunsOf(trip.TripId, around).FirstOrDefault(run =>
            (!trip.HasStartDate || trip.StartDate == run.Key.StartDate)
            && (!trip.HasStartTime || run.Key.StartTime is null || SameTime(trip.StartTime, run.Key.StartTime)));

    private TripPlan? Named(string entity, TripDescriptor trip, ITripPlans plans)
    {
        var route = plans.RouteOfTrip(trip.TripId);
        var isExtra = trip.ScheduleRelationship is Relationship.Added or Relationship.New;
        if (route is null)
        {
            if (!isExtra && trip.ScheduleRelationship is not (Relationship.Duplicated or Relationship.Replacement or Relationship.Unscheduled))
            {
                context.Notices.Add("E003", entity, "trip_id is not in the live feed version: the message is for another version, or for another agency.", trip.TripId);
            }

            return null;
        }

        if (isExtra)
        {
            context.Notices.Add("E016", entity, "The trip is said to be added, and it is in the live feed version.", trip.TripId);
        }

        if (trip.HasRouteId && trip.RouteId.Length > 0 && trip.RouteId != route)
        {
            context.Notices.Add("E035", entity, $"The trip belongs to the route {route} in the live feed version.", trip.RouteId);
        }

        var run = Find(plans, trip, context.At);
        if (run is null)
        {
            context.Notices.Add("trip-not-running", entity, "The trip is in the live feed version, and does not run on that day or at this time.", $"{trip.TripId} {trip.StartDate}".TrimEnd());
            return null;
        }

        if (trip.HasDirectionId && run.DirectionId is { } direction && trip.DirectionId != direction)
        {
            context.Notices.Add("E024", entity, "direction_id is another one in the live feed version.", trip.DirectionId);
        }

        if (trip.HasStartTime && run.Key.StartTime is null && IsTime(trip.StartTime) && Seconds(trip.StartTime) != SecondsOfDay(run))
        {
            context.Notices.Add("E023", entity, "start_time is not when the trip starts in the live feed version.", trip.StartTime);
        }

        return run;
    }

    private static bool IsTime(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 3 && parts.All(static part => part.Length is 1 or 2 && part.All(char.IsAsciiDigit)) && int.Parse(parts[1], CultureInfo.InvariantCulture) < 60 && int.Parse(parts[2], CultureInfo.InvariantCulture) < 60;
    }

    private static bool SameTime(string one, string other) => IsTime(one) && IsTime(other) && Seconds(one) == Seconds(other);

    private static int Seconds(string time)
    {
        var parts = time.Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture) * 3600) + (int.Parse(parts[1], CultureInfo.InvariantCulture) * 60) + int.Parse(parts[2], CultureInfo.InvariantCulture);
    }

    // Without daylight saving the service day begins at midnight.
    private static int SecondsOfDay(TripPlan run)
        => (int)(run.Stops[0].Departure.DateTime - DateTime.ParseExact(run.Key.StartDate, "yyyyMMdd", CultureInfo.InvariantCulture)).TotalSeconds;
}
