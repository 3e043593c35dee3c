using SmartCity.Transit.Planning.Answers;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>A town's timetable with real time worked in, as of the newest look at the board.</summary>
internal sealed class TownPlanState(TownPlan plan)
{
    private readonly Lock _refreshing = new();
    private Seen _seen = new(plan.Town, BoardSnapshot.Empty, null, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    public TownPlan Plan => plan;

    /// <summary>The newest snapshot. While one caller works real time in, the others take what there is.</summary>
    /// <param name="pause">Least time between two looks at the board.</param>
    public PlannerTown Current(TownBoard board, ITripPlans? plans, DepartureRule rule, DateTimeOffset now, TimeSpan pause)
    {
        var seen = Volatile.Read(ref _seen);
        if (!seen.IsOld(board.Current, plans, now, pause) || !_refreshing.TryEnter())
        {
            return seen.Town;
        }

        try
        {
            seen = Volatile.Read(ref _seen);
            if (seen.IsOld(board.Current, plans, now, pause))
            {
                seen = Look(board.Current, plans, rule, now);
                Volatile.Write(ref _seen, seen);
            }

            return seen.Town;
        }
        finally
        {
            _refreshing.Exit();
        }
    }

    private Seen Look(BoardSnapshot board, ITripPlans? plans, DepartureRule rule, DateTimeOffset now)
    {
        var reading = BoardReading.Of(plan.Names, board, plans, rule, now);
        var town = plan.Town with
        {
            Live = reading.Updates.Count == 0 ? plan.Town.Live : plan.Town.Live.With(reading.Updates),
            ClosedStops = reading.ClosedStops(plan.Town.Live.Timetable.StopCount),
            RealtimeAt = reading.NewestAt,
        };
        return new Seen(town, board, plans, now, reading.ValidUntil);
    }

    /// <param name="At">When the board was looked at.</param>
    /// <param name="ValidUntil">When a vehicle of it falls silent.</param>
    private sealed record Seen(PlannerTown Town, BoardSnapshot Board, ITripPlans? Plans, DateTimeOffset At, DateTimeOffset ValidUntil)
    {
        // A clock that was set back looks again, too.
        public bool IsOld(BoardSnapshot board, ITripPlans? plans, DateTimeOffset now, TimeSpan pause)
            => (!ReferenceEquals(board, Board) || !ReferenceEquals(plans, Plans) || now > ValidUntil) && (now >= At + pause || now < At);
    }
}
