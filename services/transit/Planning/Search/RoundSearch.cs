using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Search;

/// <summary>
/// RAPTOR (Delling, Pajor, Werneck: Round-Based Public Transit Routing) with bags: round k finds the best ways of k rides by following each
/// pattern once that calls at a stop which round k-1 reached. Ways are compared by time, rides and metres on foot; labels of later
/// departures stay and beat those of earlier ones (range RAPTOR). After a ride one changes at the stop or takes one footpath, never two.
/// Holds its memory between searches; not for several threads at once.
/// </summary>
internal sealed partial class RoundSearch<TDirection> : SearchMemory
    where TDirection : struct, IDirection
{
    private readonly Reused<int> _queue = new();
    private readonly Reused<int> _boardStops = new();
    private readonly Reused<int> _arrivalStops = new();
    private readonly Reused<int> _departures = new();
    private readonly Reused<EndWay> _from = new();
    private readonly Reused<EndWay> _to = new();
    private readonly Reused<int> _toOrder = new();
    private readonly Reused<Riding> _riding = new();
    private readonly Reused<int> _found = new();
    private PatternState[] _patterns = [];
    private ulong[] _closed = [];
    private bool _anyClosed;
    private TimetableParts _timetable = null!;
    private SearchQuery _query = null!;
    private DayView[] _views = [];
    private int _tick;
    private int _target;
    private SearchPass _pass;
    private int _limit;

    /// <summary>Every best way to the end of the last search, as indices of labels.</summary>
    public ReadOnlySpan<int> Found => _found.Span;

    /// <summary>When the first way found is at the end, on the search's clock; <see cref="SearchQuery.Far"/>: none is.</summary>
    public int FirstEnd { get; private set; }

    public void Run(LiveTimetable live, SearchQuery query, SearchPass pass)
    {
        _pass = pass;
        FirstEnd = SearchQuery.Far;
        Prepare(live, query);
        var start = TDirection.Forward ? query.TimeSeconds : -query.TimeSeconds;
        if (query.WindowSeconds is not { } window)
        {
            RunFrom(start);
            return;
        }

        FindDepartures(start, start + window);
        if (_departures.Count > 0)
        {
            // What one can do by leaving after the window is no answer, but beats what is worse within it.
            RunFrom(start + window + 1);
            _found.Clear();
        }

        for (var index = _departures.Count - 1; index >= 0; index--)
        {
            if (index == _departures.Count - 1 || _departures[index] != _departures[index + 1])
            {
                RunFrom(_departures[index]);
            }
        }
    }

    private void RunFrom(int departure)
    {
        _tick++;
        _limit = Math.Min(departure + _query.MaximumSeconds, _pass.Limit);
        _boardStops.Clear();
        var first = _tick;
        WalkAllTheWay(departure);
        Begin(departure, rides: 0);
        for (var round = 1; round <= _query.MaximumRides; round++)
        {
            QueuePatterns();
            _arrivalStops.Clear();
            // Labels made from now on are of this round; those to board with are of the one before.
            _tick++;
            foreach (var pattern in _queue.Span)
            {
                Follow(pattern, round, departure);
            }

            _boardStops.Clear();
            if (round < _query.MaximumRides)
            {
                Transfer(round);
                if (round == 1)
                {
                    Begin(departure, rides: 1);
                }
            }

            if (_boardStops.Count == 0)
            {
                break;
            }
        }

        // Kept now: a search from an earlier time may beat them, and they would still be the best of their time.
        for (var label = _target; label >= 0 && Labels[label].Tick > first; label = Labels[label].Next)
        {
            _found.Add(label);
        }
    }

    /// <summary>No journey counts that is no better than walking.</summary>
    private void WalkAllTheWay(int departure)
    {
        if (_query.DirectWalkMetres is { } metres)
        {
            var seconds = Walking.Seconds(metres, _query.WalkingSpeedMetresPerSecond);
            Labels.TryAdd(ref _target, departure + seconds, _query.LessWalking ? metres : 0, rides: 0, _tick);
        }
    }

    private void Begin(int departure, int rides)
    {
        for (var index = 0; index < _from.Count; index++)
        {
            ref var way = ref _from[index];
            if (way.Rides == rides && way.TryPass(departure, out var time))
            {
                AddBoard(way.Stop, time, _query.LessWalking ? way.Metres : 0, rides, parent: -1, way: index);
            }
        }
    }

    /// <summary>Only patterns that call at a stop where the last round can board, each from its first such call.</summary>
    private void QueuePatterns()
    {
        _queue.Clear();
        var parts = _timetable;
        foreach (var stop in _boardStops.Span)
        {
            for (var call = parts.StopCallStarts[stop]; call < parts.StopCallStarts[stop + 1]; call++)
            {
                var pattern = parts.StopCallPatterns[call];
                var position = parts.StopCallPositions[call];
                var from = TDirection.Forward ? position : parts.PatternLengths[pattern] - 1 - position;
                ref var state = ref _patterns[pattern];
                if (state.Tick != _tick)
                {
                    (state.Tick, state.From) = (_tick, from);
                    _queue.Add(pattern);
                }
                else if (from < state.From)
                {
                    state.From = from;
                }
            }
        }
    }

    private void Follow(int pattern, int round, int departure)
    {
        var days = _query.Days;
        for (var day = 0; day < days.Count; day++)
        {
            var view = _views[day];
            for (var lane = view.LaneStarts[pattern]; lane < view.LaneStarts[pattern + 1]; lane++)
            {
                ref readonly var read = ref view.Lanes[lane];
                var (first, last) = (read.FirstSeconds + days[day].OffsetSeconds, read.LastSeconds + days[day].OffsetSeconds);
                // A lane that is over before the search begins or begins after its end is not looked at.
                if (TDirection.Forward ? last >= departure && first <= _limit : -first >= departure && -last <= _limit)
                {
                    FollowLane(day, lane, round);
                }
            }
        }
    }

    private void End(int way, int parent, int time, int walk, int round)
    {
        ref var to = ref _to[way];
        var rides = round + to.Rides;
        if (!to.TryPass(time, out var end) || end > _limit || rides > _query.MaximumRides)
        {
            return;
        }

        FirstEnd = Math.Min(FirstEnd, end);
        _limit = _pass.SlackSeconds is { } slack ? Math.Min(_limit, end + slack) : _limit;
        var label = Labels.TryAdd(ref _target, end, walk + (_query.LessWalking ? to.Metres : 0), rides, _tick);
        if (label >= 0)
        {
            Labels.OriginOf(label) = new Origin { Parent = parent, Stop = -1, Lane = way };
        }
    }

    private void Transfer(int round)
    {
        var paths = _timetable.Footpaths;
        var (starts, stops, metres, minimum) = TDirection.Forward
            ? (paths.OutStarts, paths.OutStops, paths.OutMetres, paths.OutMinimumSeconds)
            : (paths.InStarts, paths.InStops, paths.InMetres, paths.InMinimumSeconds);
        foreach (var stop in _arrivalStops.Span)
        {
            for (var label = Stops[stop].Arrivals; label >= 0 && Labels[label].Tick == _tick; label = Labels[label].Next)
            {
                var (time, walk) = (Labels[label].Time, Labels[label].Walk);
                if (paths.ChangeSeconds[stop] >= 0)
                {
                    AddBoard(stop, time + Math.Max(paths.ChangeSeconds[stop], _query.MinimumTransferSeconds), walk, round, label, way: -1);
                }

                for (var path = starts[stop]; path < starts[stop + 1] && metres[path] <= _query.MaximumTransferWalkMetres; path++)
                {
                    var seconds = Math.Max(_query.MinimumTransferSeconds, Math.Max(minimum[path], Walking.Seconds(metres[path], _query.WalkingSpeedMetresPerSecond)));
                    AddBoard(stops[path], time + seconds, walk + (_query.LessWalking ? metres[path] : 0), round, label, way: -1);
                }
            }
        }
    }

    private void AddBoard(int stop, int time, int walk, int rides, int parent, int way)
    {
        // A ride more is needed from here at least.
        if (time > _limit || (_anyClosed && IsClosed(stop))
            || (!_pass.Scouts && Labels.Beats(_target, time, walk, rides + 1))
            || _pass.Bound?.LeadsOnFromBoard(stop, time, _query.MaximumRides - rides) == false)
        {
            return;
        }

        ref var state = ref Touch(stop);
        var label = Labels.TryAdd(ref state.Boards, time, walk, rides, _tick);
        if (label < 0)
        {
            return;
        }

        Labels.OriginOf(label) = new Origin { Parent = parent, Stop = stop, Lane = way };
        if (state.BoardTick != _tick)
        {
            state.BoardTick = _tick;
            _boardStops.Add(stop);
        }
    }
}
