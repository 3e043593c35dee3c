using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Search;

internal sealed partial class RoundSearch<TDirection>
{
    private void Prepare(LiveTimetable live, SearchQuery query)
    {
        (_timetable, _query) = (live.Timetable.Parts, query);
        if (_patterns.Length < _timetable.PatternCount)
        {
            _patterns = new PatternState[_timetable.PatternCount];
        }

        if (_views.Length < query.Days.Count)
        {
            _views = new DayView[query.Days.Count];
        }

        for (var day = 0; day < query.Days.Count; day++)
        {
            _views[day] = live.View(query.Days[day].Day);
        }

        Forget(_timetable.StopCount);
        _tick++;
        _target = -1;
        _found.Clear();
        Close();
        Ways(_from, TDirection.Forward ? query.From : query.To);
        Ways(_to, TDirection.Forward ? query.To : query.From);
        OrderEnds();
    }

    /// <summary>Stops that are closed, and those that a wheelchair user cannot use.</summary>
    private void Close()
    {
        var words = (_timetable.StopCount + 63) / 64;
        _anyClosed = _query.ClosedStops is not null || _query.Wheelchair != WheelchairNeed.None;
        if (!_anyClosed)
        {
            return;
        }

        if (_closed.Length < words)
        {
            _closed = new ulong[words];
        }

        Array.Clear(_closed);
        _query.ClosedStops?.Words.AsSpan(0, Math.Min(words, _query.ClosedStops.Words.Length)).CopyTo(_closed);
        for (var stop = 0; _query.Wheelchair != WheelchairNeed.None && stop < _timetable.StopCount; stop++)
        {
            if (!LaneClock<TDirection>.Accepts(_query.Wheelchair, _timetable.StopAccessibility[stop]))
            {
                _closed[stop >> 6] |= 1UL << (stop & 63);
            }
        }
    }

    private static void Ways(Reused<EndWay> ways, IReadOnlyList<EndLeg> legs)
    {
        ways.Clear();
        for (var index = 0; index < legs.Count; index++)
        {
            ways.Add(EndWay.Of<TDirection>(legs[index]));
        }
    }

    /// <summary>A stop's ways to the end stand together.</summary>
    private void OrderEnds()
    {
        _toOrder.Clear();
        for (var index = 0; index < _to.Count; index++)
        {
            _toOrder.Add(index);
        }

        _toOrder.Span.Sort((a, b) => (_to[a].Stop, a).CompareTo((_to[b].Stop, b)));
        for (var index = _toOrder.Count - 1; index >= 0; index--)
        {
            Touch(_to[_toOrder[index]].Stop).Ends = index;
        }
    }

    /// <summary>Every time within the window at which one must begin to catch some vehicle at a first stop.</summary>
    private void FindDepartures(int earliest, int latest)
    {
        _departures.Clear();
        for (var index = 0; index < _from.Count; index++)
        {
            var way = _from[index];
            if (_anyClosed && IsClosed(way.Stop))
            {
                continue;
            }

            // An on-demand ride may have to be waited for.
            var pickup = Math.Max(way.BeginFrom, way.EndFrom - way.Seconds);
            if (pickup >= earliest && pickup <= latest)
            {
                _departures.Add(pickup);
            }

            for (var call = _timetable.StopCallStarts[way.Stop]; call < _timetable.StopCallStarts[way.Stop + 1]; call++)
            {
                for (var day = 0; day < _query.Days.Count; day++)
                {
                    var (view, pattern) = (_views[day], _timetable.StopCallPatterns[call]);
                    for (var lane = view.LaneStarts[pattern]; lane < view.LaneStarts[pattern + 1]; lane++)
                    {
                        FindDepartures(way, view, view.Lanes[lane], day, _timetable.StopCallPositions[call], earliest, latest);
                    }
                }
            }
        }

        _departures.Span.Sort();
    }

    private void FindDepartures(in EndWay way, DayView view, in Lane lane, int day, int position, int earliest, int latest)
    {
        if (!MayBoard(view.Rule(_timetable, lane, position)))
        {
            return;
        }

        var clock = new LaneClock<TDirection>(_timetable, view, lane, _query.Days[day].OffsetSeconds, _query.Wheelchair);
        if (lane.Frequency >= 0)
        {
            foreach (var run in clock.Runs())
            {
                if (way.TryBegin(clock.Board(run, position), out var begin) && begin >= earliest && begin <= latest)
                {
                    _departures.Add(begin);
                }
            }

            return;
        }

        var time = earliest + way.Seconds;
        while (clock.Catch(time, position) is var trip && trip != LaneClock<TDirection>.None)
        {
            time = clock.Board(trip, position);
            var possible = way.TryBegin(time, out var begin);
            if (possible && begin >= earliest && begin <= latest)
            {
                _departures.Add(begin);
            }

            // Later vehicles mean a later begin, or, after the last pickup of an on-demand ride, the same one.
            if (begin > latest || time - way.Seconds > latest || time >= way.EndUntil)
            {
                break;
            }

            time++;
        }
    }
}
