using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using SmartCity.Transit.Vehicles.Plans;
using SmartCity.Transit.Vehicles.States;
using SmartCity.Transit.Vehicles.Tracking;

namespace SmartCity.Transit.Realtime.Board;

/// <summary>The boards of all towns: what departures, planner and GTFS Realtime read, and vehicles, feeds and alerts write.</summary>
public sealed class RealtimeBoard(IOptions<SilenceOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, TownBoard> _towns = new(StringComparer.Ordinal);
    private readonly DepartureRule _rule = new(options.Value);
    private readonly TimeSpan _trackedFor = TimeSpan.FromDays(options.Value.TrackedRouteDays);

    public TownBoard Of(string municipality) => _towns.GetOrAdd(municipality, static _ => new TownBoard());

    /// <summary>How long a vehicle's position predicts.</summary>
    public TimeSpan SilentAfter => _rule.SilentAfter;

    /// <summary>What is known of a run now.</summary>
    /// <param name="board">Of the plan's town; one snapshot for a whole answer.</param>
    public RunView Look(BoardSnapshot board, TripPlan plan) => Look(board, plan, clock.GetUtcNow());

    /// <summary>The same at another time.</summary>
    public RunView Look(BoardSnapshot board, TripPlan plan, DateTimeOffset now) => new(board, plan, _rule, now - _trackedFor, now);

    /// <summary>Takes over what a vehicle's position meant.</summary>
    public void Put(string municipality, TrackResult result)
    {
        var now = clock.GetUtcNow();
        Of(municipality).Update(board => board.With(result, report => _rule.IsLive(report, now)));
    }

    /// <summary>Cancels a run, has it skip stops, or (with null) takes that back.</summary>
    public void Order(string municipality, TripKey key, TripOrder? order) => Of(municipality).Update(board => board.WithOrder(key, order));

    /// <summary>Replaces all alerts of one giver.</summary>
    public void SetAlerts(string municipality, string giver, IEnumerable<ServiceAlert> alerts)
    {
        ServiceAlert[] given = [.. alerts];
        Of(municipality).Update(board => board.WithAlerts(giver, given));
    }

    /// <summary>Replaces the stops that no run serves for now: why, by stop id.</summary>
    public void CloseStops(string municipality, IEnumerable<KeyValuePair<string, string>> reasons)
    {
        var closed = reasons.ToImmutableDictionary(StringComparer.Ordinal);
        Of(municipality).Update(board => board with { ClosedStops = closed });
    }

    /// <summary>Forgets what is over, in every town.</summary>
    internal void Sweep()
    {
        var now = clock.GetUtcNow();
        foreach (var (_, town) in _towns)
        {
            town.Update(board => board.Swept(now));
        }
    }

    /// <summary>Whether another vehicle serves a run and was heard recently.</summary>
    public bool IsTaken(string municipality, TripKey key, string vehicleId)
        => Of(municipality).Current.Reports.TryGetValue(key, out var report) && report.VehicleId != vehicleId && !report.IsAhead && _rule.IsLive(report, clock.GetUtcNow());
}
