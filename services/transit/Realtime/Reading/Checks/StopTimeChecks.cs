using System.Globalization;
using Call = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate;
using CallEvent = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeEvent;
using CallRelationship = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate.Types.ScheduleRelationship;

namespace SmartCity.Transit.Realtime.Reading.Checks;

/// <summary>Times and delays of one call, and of two in a row.</summary>
internal sealed class StopTimeChecks(CheckContext context)
{
    public void Check(string entity, Call call)
    {
        var notices = context.Notices;
        switch (call.ScheduleRelationship)
        {
            case CallRelationship.NoData when call.Arrival is not null || call.Departure is not null:
                notices.Add("E042", entity, "The update says NO_DATA, and has an arrival or a departure.");
                break;
            case CallRelationship.Scheduled when call.Arrival is null && call.Departure is null:
                notices.Add("E043", entity, "The update has neither arrival nor departure; the delay of the stop before goes on.");
                break;
            default:
                break;
        }

        if (call.ScheduleRelationship is CallRelationship.Scheduled or CallRelationship.Unscheduled)
        {
            Event(entity, call.Arrival);
            Event(entity, call.Departure);
            if (call is { Arrival.HasTime: true, Departure.HasTime: true } && call.Departure.Time < call.Arrival.Time)
            {
                notices.Add("E025", entity, "The departure is before the arrival.", call.Departure.Time);
            }
        }
    }

    public void CheckOrder(string entity, Call before, Call call)
    {
        var left = before.Departure ?? before.Arrival;
        var comes = call.Arrival ?? call.Departure;
        if (left is { HasTime: true } && comes is { HasTime: true } && comes.Time < left.Time)
        {
            context.Notices.Add("E022", entity, "The vehicle would be at this stop before it has left the one before.", comes.Time);
        }
    }

    private void Event(string entity, CallEvent? one)
    {
        if (one is null)
        {
            return;
        }

        if (!one.HasDelay && !one.HasTime)
        {
            context.Notices.Add("E044", entity, "The arrival or departure has neither delay nor time.");
        }

        if (one.HasTime && !(one.Time > 0 && CheckContext.IsPosix((ulong)one.Time)))
        {
            context.Notices.Add("E001", entity, "The time of an arrival or departure is no time in seconds since 1970 (POSIX); perhaps it is in milliseconds.", one.Time);
        }

        if (one.HasDelay && IsAbsurd(one.Delay))
        {
            context.Notices.Add("delay-absurd", entity, string.Create(CultureInfo.InvariantCulture, $"No vehicle is {Math.Abs((long)one.Delay)} s off its timetable and still on the same run; the update is not taken."), one.Delay);
        }
    }

    private bool IsAbsurd(int delaySeconds) => Math.Abs((long)delaySeconds) > context.Options.MostDelaySeconds;
}
