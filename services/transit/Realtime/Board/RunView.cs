using System.Runtime.InteropServices;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Realtime.Board;

/// <summary>One run at one moment, out of one snapshot: looked up once, asked stop by stop.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct RunView
{
    private readonly BoardSnapshot _board;
    private readonly DepartureRule _rule;
    private readonly bool _isTracked;
    private readonly DateTimeOffset _now;

    internal RunView(BoardSnapshot board, TripPlan plan, DepartureRule rule, DateTimeOffset trackedSince, DateTimeOffset now)
    {
        (_board, Plan, _rule, _now) = (board, plan, rule, now);
        Report = board.ReportOf(plan.Key);
        Order = board.OrderOf(plan.Key);
        _isTracked = board.IsTracked(plan.RouteId, trackedSince);
    }

    public TripPlan Plan { get; }

    /// <summary>The newest report of the run, or null.</summary>
    public TripReport? Report { get; }

    /// <summary>What was decided about the run, or null.</summary>
    public TripOrder? Order { get; }

    /// <summary>What the call at a stop is shown as.</summary>
    /// <param name="stopIndex">Place in the plan's stops.</param>
    public DepartureState At(int stopIndex)
    {
        var state = _rule.Of(Plan, stopIndex, Report, _isTracked, _now);
        if (state.Kind == DepartureKind.Gone)
        {
            return state;
        }

        var stop = Plan.Stops[stopIndex];
        var reason = Order is { } order && (order.IsCancelled || order.SkippedStops.Contains(stopIndex)) ? order.Reason : _board.ClosedStops.GetValueOrDefault(stop.StopId);
        return reason is null ? state : new DepartureState(DepartureKind.Cancelled, stop.Arrival, stop.Departure, VehicleId: Report?.VehicleId, Reason: reason);
    }
}
