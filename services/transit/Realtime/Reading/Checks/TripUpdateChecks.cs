using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Plans;
using Call = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate;
using CallRelationship = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate.Types.ScheduleRelationship;
using Relationship = SmartCity.Transit.Realtime.Wire.TripDescriptor.Types.ScheduleRelationship;

namespace SmartCity.Transit.Realtime.Reading.Checks;

/// <summary>Trip updates, call by call.</summary>
internal sealed class TripUpdateChecks(CheckContext context)
{
    private readonly TripChecks _trips = new(context);
    private readonly StopTimeChecks _times = new(context);

    public void Check(string entity, TripUpdate update)
    {
        var notices = context.Notices;
        if (update.Trip is not { } trip)
        {
            notices.Add("W006", entity, "The trip update names no trip and can't be used.");
            return;
        }

        if (!trip.HasTripId || trip.TripId.Length == 0)
        {
            notices.Add("W006", entity, "The trip update has no trip_id.");
        }

        var run = _trips.Check(entity, trip);
        if (update.HasTimestamp)
        {
            context.Time(update.Timestamp, entity, "timestamp");
        }
        else
        {
            notices.Add("W001", entity, "The trip update has no timestamp; the header's is taken, and nobody can tell how old the vehicle's position is.");
        }

        if (update.Vehicle is not { HasId: true, Id.Length: > 0 })
        {
            notices.Add("W002", entity, "The trip update names no vehicle.");
        }

        if (update.StopTimeUpdate.Count == 0 && trip.ScheduleRelationship is not (Relationship.Canceled or Relationship.Deleted))
        {
            notices.Add("E041", entity, "The trip is not cancelled, and no stop of it is updated.");
        }

        Order(entity, update.StopTimeUpdate);
        foreach (var call in update.StopTimeUpdate)
        {
            Stop(entity, call, run);
            _times.Check(entity, call);
        }
    }

    private void Order(string entity, IList<Call> calls)
    {
        Call? before = null;
        foreach (var call in calls)
        {
            if (before is not null)
            {
                if (call.HasStopSequence && before.HasStopSequence && call.StopSequence == before.StopSequence)
                {
                    context.Notices.Add("E036", entity, "Two updates in a row have the same stop_sequence.", call.StopSequence);
                }
                else if (call.HasStopSequence && before.HasStopSequence && call.StopSequence < before.StopSequence)
                {
                    context.Notices.Add("E002", entity, "The updates are not in the order of stop_sequence.", call.StopSequence);
                }

                if (call.HasStopId && before.HasStopId && call.StopId == before.StopId && (!call.HasStopSequence || call.StopSequence == before.StopSequence))
                {
                    context.Notices.Add("E037", entity, "Two updates in a row have the same stop_id.", call.StopId);
                }

                _times.CheckOrder(entity, before, call);
            }

            before = call;
        }
    }

    private void Stop(string entity, Call call, TripPlan? run)
    {
        if (!call.HasStopSequence && !call.HasStopId)
        {
            context.Notices.Add("E040", entity, "The update has neither stop_sequence nor stop_id; nobody can tell which stop it is for.");
            return;
        }

        if (call.HasStopId && context.Plans is { } plans && call.ScheduleRelationship != CallRelationship.Unscheduled)
        {
            StopChecks.Check(context, plans, entity, call.StopId);
        }

        if (run is null)
        {
            return;
        }

        if (!call.HasStopSequence)
        {
            if (run.Stops.Count(stop => stop.StopId == call.StopId) > 1)
            {
                context.Notices.Add("E009", entity, "The trip calls at this stop more than once, and stop_sequence does not say which call it is.", call.StopId);
            }

            return;
        }

        var at = run.Stops.Where(stop => stop.StopSequence == call.StopSequence).Select(static stop => stop.StopId).FirstOrDefault();
        if (at is null)
        {
            context.Notices.Add("E051", entity, "The trip has no such stop_sequence in the live feed version.", call.StopSequence);
        }
        else if (call.HasStopId && call.StopId != at)
        {
            context.Notices.Add("E045", entity, $"In the live feed version the stop at stop_sequence {call.StopSequence} is {at}.", call.StopId);
        }
    }
}
