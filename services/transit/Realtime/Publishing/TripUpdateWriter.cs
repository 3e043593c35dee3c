using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Realtime.Wire;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;
using Relationship = SmartCity.Transit.Realtime.Wire.TripUpdate.Types.StopTimeUpdate.Types.ScheduleRelationship;

namespace SmartCity.Transit.Realtime.Publishing;

/// <summary>
/// Trip updates out of a board: predicted runs with times, cancelled ones as CANCELED, and unconfirmed ones with NO_DATA at every
/// stop ahead, so that nobody who reads the feed takes silence for being on time.
/// </summary>
internal sealed class TripUpdateWriter(RealtimeBoard boards)
{
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);
    private static readonly TimeSpan After = TimeSpan.FromHours(2);

    public IEnumerable<FeedEntity> Write(BoardSnapshot board, ITripPlans plans, DateTimeOffset now)
    {
        foreach (var plan in PlansOf(board, plans, now))
        {
            if (UpdateOf(boards.Look(board, plan, now), now) is { } update)
            {
                yield return new FeedEntity { Id = IdOf(plan.Key), TripUpdate = update };
            }
        }
    }

    public static TripDescriptor Describe(TripPlan plan)
    {
        var trip = new TripDescriptor
        {
            TripId = plan.Key.TripId,
            StartDate = plan.Key.StartDate,
            RouteId = plan.RouteId,
            // Trips of frequencies.txt without exact times have no schedule to be compared with.
            ScheduleRelationship = TripDescriptor.Types.ScheduleRelationship.Scheduled,
        };
        if (plan.Key.StartTime is { } start)
        {
            trip.StartTime = start;
        }

        if (plan.DirectionId is { } direction)
        {
            trip.DirectionId = (uint)direction;
        }

        return trip;
    }

    public static string IdOf(TripKey key) => key.StartTime is null ? $"{key.TripId}@{key.StartDate}" : $"{key.TripId}@{key.StartDate}T{key.StartTime}";

    // What is under way, and beside it whatever the board says something of.
    private static IEnumerable<TripPlan> PlansOf(BoardSnapshot board, ITripPlans plans, DateTimeOffset now)
    {
        var found = new Dictionary<TripKey, TripPlan>();
        foreach (var plan in plans.Running(now - Before, now + After))
        {
            found[plan.Key] = plan;
        }

        foreach (var key in board.Reports.Keys.Concat(board.Orders.Keys).Concat(board.Foreign.Values.SelectMany(static one => one.Reports.Keys.Concat(one.Cancelled.Keys))))
        {
            if (!found.ContainsKey(key) && plans.Find(key) is { } plan && plan.End >= now - Before)
            {
                found[key] = plan;
            }
        }

        return found.Values.OrderBy(static plan => plan.Start).ThenBy(static plan => plan.Key.TripId, StringComparer.Ordinal);
    }

    private static TripUpdate? UpdateOf(RunView run, DateTimeOffset now)
    {
        var update = new TripUpdate { Trip = Describe(run.Plan) };
        if (run.Order is { IsCancelled: true })
        {
            update.Trip.ScheduleRelationship = TripDescriptor.Types.ScheduleRelationship.Canceled;
            return update;
        }

        var says = false;
        for (var index = 0; index < run.Plan.Stops.Count; index++)
        {
            var state = run.At(index);
            if (state.Kind != DepartureKind.Gone)
            {
                says |= state.Kind != DepartureKind.Scheduled;
                update.StopTimeUpdate.Add(StopUpdate(run.Plan, index, state));
            }
        }

        if (!says)
        {
            return null;
        }

        if (run.Report is { } report)
        {
            update.Timestamp = Unix(report.PositionAt < now ? report.PositionAt : now);
            if (report.VehicleId is { } vehicle)
            {
                update.Vehicle = new VehicleDescriptor { Id = vehicle };
            }
        }

        return update;
    }

    private static TripUpdate.Types.StopTimeUpdate StopUpdate(TripPlan plan, int index, DepartureState state)
    {
        var stop = plan.Stops[index];
        var update = new TripUpdate.Types.StopTimeUpdate
        {
            StopSequence = (uint)stop.StopSequence,
            StopId = stop.StopId,
            ScheduleRelationship = state.Kind switch
            {
                DepartureKind.Predicted => Relationship.Scheduled,
                DepartureKind.Cancelled => Relationship.Skipped,
                // Without it the delay of the stop before would be taken over.
                _ => Relationship.NoData,
            },
        };
        if (state.Kind != DepartureKind.Predicted)
        {
            return update;
        }

        var uncertainty = (int)Math.Ceiling(state.UncertaintySeconds);
        if (index > 0)
        {
            update.Arrival = Event(state.Arrival, stop.Arrival, uncertainty);
        }

        if (index < plan.Stops.Count - 1)
        {
            update.Departure = Event(state.Departure, stop.Departure, uncertainty);
        }

        return update;
    }

    private static TripUpdate.Types.StopTimeEvent Event(DateTimeOffset predicted, DateTimeOffset scheduled, int uncertainty) => new()
    {
        Time = predicted.ToUnixTimeSeconds(),
        Delay = (int)(predicted.ToUnixTimeSeconds() - scheduled.ToUnixTimeSeconds()),
        Uncertainty = uncertainty,
    };

    internal static ulong Unix(DateTimeOffset at) => (ulong)Math.Max(0, at.ToUnixTimeSeconds());
}
