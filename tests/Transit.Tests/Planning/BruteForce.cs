using System.Runtime.InteropServices;
using SmartCity.Transit.Planning.Search;

namespace SmartCity.Transit.Tests.Planning;

/// <summary>A journey by what it costs.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cost(int Departure, int Arrival, int Rides, int Walk);

/// <summary>
/// Tries every way there is, ride by ride, and throws nothing away but what it has seen: slow, and easy to believe.
/// </summary>
internal sealed class BruteForce(SmallNetwork network, SearchQuery query)
{
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct State(int Stop, int Time, int Walk, int Other);

    private readonly ILookup<int, (SmallRun Run, int Call)> _calls = network.Runs(query)
        .SelectMany(run => run.Stops.Select((stop, call) => (stop, run, call))).ToLookup(each => each.stop, each => (each.run, each.call));

    private readonly (int Seconds, int Metres)?[] _changes = [.. Enumerable.Range(0, network.Stops.Count * network.Stops.Count)
        .Select(pair => network.Change(pair / network.Stops.Count, pair % network.Stops.Count, query))];

    public IReadOnlyCollection<Cost> Solve()
    {
        var (begin, window) = (query.TimeSeconds, query.WindowSeconds);
        if (!query.ArriveBy)
        {
            var soon = query.SlackSeconds + Forward(WaitingAtFirst(begin + (window ?? 0))).Min(cost => (int?)cost.Arrival) ?? int.MaxValue;
            return window is null
                ? Best(Forward(WaitingAtFirst(begin)).Where(cost => cost.Arrival <= soon).Select(cost => cost with { Departure = begin }))
                    .ConvertAll(cost => cost with { Departure = 0 })
                : Best(Forward(LeavingAtFirst()).Where(cost => cost.Arrival <= soon)).FindAll(cost => cost.Departure <= begin + window);
        }

        var late = Backward(WaitingAtLast(begin - (window ?? 0))).Max(cost => (int?)cost.Departure) - query.SlackSeconds ?? int.MinValue;
        return window is null
            ? Best(Backward(WaitingAtLast(begin)).Where(cost => cost.Departure >= late)).ConvertAll(cost => cost with { Arrival = 0 })
            : Best(Backward(ComingAtLast()).Where(cost => cost.Departure >= late)).FindAll(cost => cost.Arrival >= begin - window);
    }

    /// <summary>Those that no other is as good as in everything, nor walking.</summary>
    private List<Cost> Best(IEnumerable<Cost> all)
    {
        var costs = all.Where(cost => !WalkIsAsGood(cost)).Distinct().ToList();
        return costs.FindAll(cost => !costs.Exists(other => other != cost
            && other.Departure >= cost.Departure && other.Arrival <= cost.Arrival && other.Rides <= cost.Rides && other.Walk <= cost.Walk));
    }

    private IEnumerable<(State State, int Rides)> WaitingAtFirst(int time)
    {
        foreach (var leg in query.From)
        {
            var pickup = Math.Max(time, leg.EarliestPickupSeconds);
            if (pickup <= leg.LatestPickupSeconds)
            {
                yield return (new State(leg.Stop, pickup + leg.Seconds, leg.Metres, time), leg.OnDemand >= 0 ? 1 : 0);
            }
        }
    }

    /// <summary>From every time at which one leaves for some vehicle, or for the first on-demand ride; and just after the window, for vehicles by headway.</summary>
    private IEnumerable<(State State, int Rides)> LeavingAtFirst() => (
        from leg in query.From
        from each in _calls[leg.Stop]
        where each.Run.Boards[each.Call] && network.Usable(leg.Stop, query)
        from time in each.Run.Departing(each.Call)
        let pickup = Math.Min(time - leg.Seconds, leg.LatestPickupSeconds)
        where pickup >= leg.EarliestPickupSeconds
        select pickup)
        .Concat(query.From.Select(leg => leg.EarliestPickupSeconds))
        .Append(query.TimeSeconds + query.WindowSeconds!.Value + 1)
        .Where(time => time >= query.TimeSeconds).Distinct().SelectMany(WaitingAtFirst);

    private IEnumerable<Cost> Forward(IEnumerable<(State State, int Rides)> begin)
    {
        var first = begin.ToList();
        var boarding = new HashSet<State>();
        for (var rides = 0; rides < query.MaximumRides; rides++)
        {
            boarding.UnionWith(first.Where(each => each.Rides == rides && network.Usable(each.State.Stop, query)).Select(each => each.State));
            var alighted = new HashSet<State>();
            foreach (var state in boarding)
            {
                alighted.UnionWith(RidesFrom(state));
            }

            foreach (var cost in alighted.SelectMany(state => Ends(state, rides + 1)))
            {
                yield return cost;
            }

            boarding = [.. alighted.SelectMany(ChangesFrom)];
        }
    }

    private IEnumerable<State> RidesFrom(State state)
    {
        foreach (var (run, board) in _calls[state.Stop].Where(each => each.Run.Boards[each.Call]))
        {
            if (run.Catch(board, state.Time) is not { } later)
            {
                continue;
            }

            for (var alight = board + 1; alight < run.Stops.Length; alight++)
            {
                var time = run.Arrivals[alight] + later;
                if (run.Alights[alight] && network.Usable(run.Stops[alight], query) && time <= state.Other + query.MaximumSeconds)
                {
                    yield return state with { Stop = run.Stops[alight], Time = time };
                }
            }
        }
    }

    private IEnumerable<State> ChangesFrom(State state)
    {
        for (var stop = 0; stop < network.Stops.Count; stop++)
        {
            if (network.Usable(stop, query) && Change(state.Stop, stop) is { } change)
            {
                yield return state with { Stop = stop, Time = state.Time + change.Seconds, Walk = state.Walk + change.Metres };
            }
        }
    }

    private IEnumerable<Cost> Ends(State state, int rides) =>
        from leg in query.To
        where leg.Stop == state.Stop
        let pickup = Math.Max(state.Time, leg.EarliestPickupSeconds)
        where pickup <= leg.LatestPickupSeconds
        let cost = new Cost(state.Other, pickup + leg.Seconds, rides + (leg.OnDemand >= 0 ? 1 : 0), state.Walk + leg.Metres)
        where cost.Rides <= query.MaximumRides && cost.Arrival - cost.Departure <= query.MaximumSeconds
        select cost;

    private (int Seconds, int Metres)? Change(int from, int to) => _changes[(from * network.Stops.Count) + to];

    /// <summary>Walking all the way begins whenever one likes.</summary>
    private bool WalkIsAsGood(Cost cost) => query.DirectWalkMetres is { } metres && cost.Walk >= metres
        && cost.Arrival - cost.Departure >= (int)Math.Ceiling(metres / query.WalkingSpeedMetresPerSecond);

    private IEnumerable<(State State, int Rides)> WaitingAtLast(int time)
    {
        foreach (var leg in query.To)
        {
            var pickup = Math.Min(time - leg.Seconds, leg.LatestPickupSeconds);
            if (pickup >= leg.EarliestPickupSeconds)
            {
                yield return (new State(leg.Stop, pickup, leg.Metres, time), leg.OnDemand >= 0 ? 1 : 0);
            }
        }
    }

    private IEnumerable<(State State, int Rides)> ComingAtLast() => (
        from leg in query.To
        from each in _calls[leg.Stop]
        where each.Run.Alights[each.Call] && network.Usable(leg.Stop, query)
        from time in each.Run.Arriving(each.Call)
        let pickup = Math.Max(time, leg.EarliestPickupSeconds)
        where pickup <= leg.LatestPickupSeconds
        select pickup + leg.Seconds)
        .Concat(query.To.Select(leg => leg.LatestPickupSeconds + leg.Seconds))
        .Append(query.TimeSeconds - query.WindowSeconds!.Value - 1)
        .Where(time => time <= query.TimeSeconds).Distinct().SelectMany(WaitingAtLast);

    private IEnumerable<Cost> Backward(IEnumerable<(State State, int Rides)> begin)
    {
        var last = begin.ToList();
        var alighting = new HashSet<State>();
        for (var rides = 0; rides < query.MaximumRides; rides++)
        {
            alighting.UnionWith(last.Where(each => each.Rides == rides && network.Usable(each.State.Stop, query)).Select(each => each.State));
            var boarded = new HashSet<State>();
            foreach (var state in alighting)
            {
                boarded.UnionWith(RidesTo(state));
            }

            foreach (var cost in boarded.SelectMany(state => Begins(state, rides + 1)))
            {
                yield return cost;
            }

            alighting = [.. boarded.SelectMany(ChangesTo)];
        }
    }

    private IEnumerable<State> RidesTo(State state)
    {
        foreach (var (run, alight) in _calls[state.Stop].Where(each => each.Run.Alights[each.Call]))
        {
            for (var board = 0; board < alight; board++)
            {
                if (run.Boards[board] && network.Usable(run.Stops[board], query)
                    && run.BeThere(board, alight, state.Time) is { } time && time >= state.Other - query.MaximumSeconds)
                {
                    yield return state with { Stop = run.Stops[board], Time = time };
                }
            }
        }
    }

    private IEnumerable<State> ChangesTo(State state)
    {
        for (var stop = 0; stop < network.Stops.Count; stop++)
        {
            if (network.Usable(stop, query) && Change(stop, state.Stop) is { } change)
            {
                yield return state with { Stop = stop, Time = state.Time - change.Seconds, Walk = state.Walk + change.Metres };
            }
        }
    }

    private IEnumerable<Cost> Begins(State state, int rides) =>
        from leg in query.From
        where leg.Stop == state.Stop
        let pickup = Math.Min(state.Time - leg.Seconds, leg.LatestPickupSeconds)
        where pickup >= leg.EarliestPickupSeconds
        let cost = new Cost(pickup, state.Other, rides + (leg.OnDemand >= 0 ? 1 : 0), state.Walk + leg.Metres)
        where cost.Rides <= query.MaximumRides && cost.Arrival - cost.Departure <= query.MaximumSeconds
        select cost;
}
