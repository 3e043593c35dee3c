using System.Globalization;
using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Timetables;
using SmartCity.Transit.Realtime.Board;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>
/// What a town's board says, as the planner takes it: delays of vehicles that are heard, cancelled runs, calls that are skipped or gone by,
/// closed stops. A silent vehicle predicts nothing: its run is as in the timetable.
/// </summary>
/// <param name="plans">Of the town, or null: then places of stops count as calls.</param>
/// <param name="rule">Until when a report predicts.</param>
internal sealed class BoardReading(TownNames names, BoardSnapshot board, ITripPlans? plans, DepartureRule rule, DateTimeOffset now)
{
    private readonly List<TripUpdate> _updates = [];

    public IReadOnlyList<TripUpdate> Updates => _updates;

    /// <summary>The newest position that predicts.</summary>
    public DateTimeOffset? NewestAt { get; private set; }

    /// <summary>When the first of the reports stops predicting, and the board has to be read again.</summary>
    public DateTimeOffset ValidUntil { get; private set; } = DateTimeOffset.MaxValue;

    public static BoardReading Of(TownNames names, BoardSnapshot board, ITripPlans? plans, DepartureRule rule, DateTimeOffset now)
    {
        var reading = new BoardReading(names, board, plans, rule, now);
        var keys = new HashSet<TripKey>([.. board.Reports.Keys, .. board.Orders.Keys]);
        foreach (var foreign in board.Foreign.Values)
        {
            keys.UnionWith(foreign.Reports.Keys);
            keys.UnionWith(foreign.Cancelled.Keys);
        }

        foreach (var key in keys)
        {
            reading.Read(key);
        }

        return reading;
    }

    /// <summary>Closed stops; of a closed station all its stops.</summary>
    public StopSet? ClosedStops(int stopCount)
    {
        if (board.ClosedStops.Count == 0)
        {
            return null;
        }

        var closed = new StopSet(stopCount);
        foreach (var stop in board.ClosedStops.Keys.SelectMany(names.StopsOf))
        {
            closed.Add(stop);
        }

        return closed;
    }

    private void Read(TripKey key)
    {
        // Single runs of a template are not told apart.
        if (key.StartTime is not null || names.FindTrip(key.TripId) is not var (feed, trip)
            || !DateOnly.TryParseExact(key.StartDate, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return;
        }

        var update = new TripUpdate(feed.FirstTrip + trip, day);
        if (board.OrderOf(key) is { IsCancelled: true })
        {
            _updates.Add(update with { IsCancelled = true });
            return;
        }

        var calls = new RunCalls(feed, trip, day, plans?.Find(key));
        var skipped = calls.Of(board.OrderOf(key)?.SkippedStops ?? new HashSet<int>());
        if (board.ReportOf(key) is { } report)
        {
            skipped.UnionWith(calls.Of(report.SkippedStops));
            skipped.UnionWith(calls.Before(report.NextStop));
            if (rule.IsLive(report, now))
            {
                update = calls.Delay(update, report);
                NewestAt = NewestAt > report.PositionAt ? NewestAt : report.PositionAt;
                ValidUntil = report.PositionAt + rule.SilentAfter is var silent && silent < ValidUntil ? silent : ValidUntil;
            }
        }

        if (skipped.Count > 0 || update.ArrivalDelaySeconds is not null)
        {
            _updates.Add(update with { SkippedCalls = skipped });
        }
    }
}
