using System.Collections.Immutable;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;

namespace SmartCity.Transit.Realtime.Board;

/// <summary>All that is known of a town's traffic at one moment. Immutable: whoever reads it reads one state of affairs.</summary>
public sealed record BoardSnapshot
{
    public static BoardSnapshot Empty { get; } = new();

    /// <summary>Rises with every change.</summary>
    public long Version { get; init; }

    /// <summary>By run, from the town's own vehicles.</summary>
    public ImmutableDictionary<TripKey, TripReport> Reports { get; init; } = ImmutableDictionary<TripKey, TripReport>.Empty;

    /// <summary>By id.</summary>
    public ImmutableDictionary<string, VehicleState> Vehicles { get; init; } = ImmutableDictionary<string, VehicleState>.Empty;

    /// <summary>Orders of people and alerts.</summary>
    public ImmutableDictionary<TripKey, TripOrder> Orders { get; init; } = ImmutableDictionary<TripKey, TripOrder>.Empty;

    /// <summary>Why, by the id of a stop that no run serves for now.</summary>
    public ImmutableDictionary<string, string> ClosedStops { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What other agencies' feeds say, by source.</summary>
    public ImmutableSortedDictionary<string, ForeignState> Foreign { get; init; } = ImmutableSortedDictionary<string, ForeignState>.Empty;

    /// <summary>Alerts by who gave them: the town's disruptions, or a source.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<ServiceAlert>> Alerts { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<ServiceAlert>>.Empty;

    /// <summary>When a vehicle of a route was heard last.</summary>
    public ImmutableDictionary<string, DateTimeOffset> TrackedRoutes { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>The newest report of a run, whoever gave it.</summary>
    public TripReport? ReportOf(TripKey key)
    {
        var report = Reports.GetValueOrDefault(key);
        foreach (var (_, foreign) in Foreign)
        {
            if (foreign.Reports.TryGetValue(key, out var other) && (report is null || other.PositionAt > report.PositionAt))
            {
                report = other;
            }
        }

        return report;
    }

    /// <summary>What was decided about a run, by the town or by a source, or null.</summary>
    public TripOrder? OrderOf(TripKey key)
    {
        if (Orders.TryGetValue(key, out var order))
        {
            return order;
        }

        foreach (var (_, foreign) in Foreign)
        {
            if (foreign.Cancelled.TryGetValue(key, out var cancelled))
            {
                return cancelled;
            }
        }

        return null;
    }

    /// <summary>Whether vehicles of a route are heard at all, so that hearing nothing means something.</summary>
    public bool IsTracked(string routeId, DateTimeOffset since) => TrackedRoutes.TryGetValue(routeId, out var heard) && heard >= since;
}
