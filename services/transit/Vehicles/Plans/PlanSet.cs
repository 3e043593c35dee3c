using System.Collections.Frozen;

namespace SmartCity.Transit.Vehicles.Plans;

/// <summary>A feed version held in memory: the runs of some days, and the names that its files know.</summary>
public sealed class PlanSet : ITripPlans
{
    private static readonly TimeSpan Reach = TimeSpan.FromHours(12);

    private readonly FrozenDictionary<TripKey, TripPlan> _runs;
    private readonly FrozenDictionary<string, TripPlan[]> _byTrip;
    private readonly FrozenDictionary<(string Block, string Date), TripPlan[]> _byBlock;
    private readonly TripPlan[] _byStart;
    private readonly TimeSpan _longest;
    private readonly PlanNames _names;

    public PlanSet(string version, IEnumerable<TripPlan> runs, PlanNames names)
    {
        Version = version;
        _names = names;
        _byStart = [.. runs.OrderBy(static run => run.Start).ThenBy(static run => run.Key.TripId, StringComparer.Ordinal)];
        _runs = _byStart.ToFrozenDictionary(static run => run.Key);
        _byTrip = _byStart.GroupBy(static run => run.Key.TripId, StringComparer.Ordinal).ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
        _byBlock = _byStart.Where(static run => run.BlockId is not null).GroupBy(static run => (run.BlockId!, run.Key.StartDate)).ToFrozenDictionary(static group => group.Key, static group => group.ToArray());
        _longest = _byStart.Length == 0 ? TimeSpan.Zero : _byStart.Max(static run => run.End - run.Start);
    }

    public string Version { get; }

    public IReadOnlyList<TripPlan> RunsOf(string tripId, DateTimeOffset around)
        => !_byTrip.TryGetValue(tripId, out var runs) ? []
            : [.. runs.Where(run => run.End >= around - Reach && run.Start <= around + Reach).OrderBy(run => Distance(run, around))];

    public TripPlan? Find(TripKey key) => _runs.GetValueOrDefault(key);

    public IReadOnlyList<TripPlan> Running(DateTimeOffset from, DateTimeOffset to)
    {
        var running = new List<TripPlan>();
        for (var index = FirstFrom(from - _longest); index < _byStart.Length && _byStart[index].Start <= to; index++)
        {
            if (_byStart[index].End >= from)
            {
                running.Add(_byStart[index]);
            }
        }

        return running;
    }

    public TripPlan? NextOfBlock(TripPlan plan)
    {
        if (plan.BlockId is null || !_byBlock.TryGetValue((plan.BlockId, plan.Key.StartDate), out var runs))
        {
            return null;
        }

        var place = Array.FindIndex(runs, run => run.Key == plan.Key);
        return place >= 0 && place + 1 < runs.Length ? runs[place + 1] : null;
    }

    public string? RouteOfTrip(string tripId) => _names.RouteByTrip.GetValueOrDefault(tripId);

    public bool HasRoute(string routeId) => _names.Routes.Contains(routeId);

    public bool HasAgency(string agencyId) => _names.Agencies.Contains(agencyId);

    public int? LocationTypeOf(string stopId) => _names.LocationTypeByStop.TryGetValue(stopId, out var type) ? type : null;

    private static TimeSpan Distance(TripPlan run, DateTimeOffset at) => at < run.Start ? run.Start - at : at > run.End ? at - run.End : TimeSpan.Zero;

    private int FirstFrom(DateTimeOffset start)
    {
        var (low, high) = (0, _byStart.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _byStart[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>The names that a feed version knows, whichever day it is.</summary>
public sealed record PlanNames(
    IReadOnlyDictionary<string, string> RouteByTrip, IReadOnlySet<string> Routes, IReadOnlySet<string> Agencies, IReadOnlyDictionary<string, int> LocationTypeByStop);
