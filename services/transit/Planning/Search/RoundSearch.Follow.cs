using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Search;

internal sealed partial class RoundSearch<TDirection>
{
    private void FollowLane(int day, int laneIndex, int round)
    {
        var view = _views[day];
        ref readonly var lane = ref view.Lanes[laneIndex];
        var clock = new LaneClock<TDirection>(_timetable, view, lane, _query.Days[day].OffsetSeconds, _query.Wheelchair);
        _riding.Clear();
        for (var step = _patterns[lane.Pattern].From; step < lane.Length; step++)
        {
            var position = TDirection.Forward ? step : lane.Length - 1 - step;
            var stop = _timetable.PatternStops[lane.StopOffset + position];
            var rule = view.Rule(_timetable, lane, position);
            if (_anyClosed && IsClosed(stop))
            {
                continue;
            }

            if (_riding.Count > 0 && MayAlight(rule))
            {
                foreach (ref var riding in _riding.Span)
                {
                    var time = clock.Alight(riding.Trip, position);
                    Arrive(stop, time, round, day, laneIndex, (ushort)position, riding);
                }
            }

            ref var state = ref Stops[stop];
            if (state.Epoch == Epoch && state.BoardTick == _tick - 1 && MayBoard(rule))
            {
                for (var label = state.Boards; label >= 0 && Labels[label].Tick == _tick - 1; label = Labels[label].Next)
                {
                    var trip = clock.Catch(Labels[label].Time, position);
                    if (trip != LaneClock<TDirection>.None)
                    {
                        Board(new Riding { Trip = trip, Walk = Labels[label].Walk, Parent = label, Board = (ushort)position });
                    }
                }
            }
        }
    }

    private static bool MayBoard(byte rule) => ((TDirection.Forward ? rule : rule >> 2) & 3) != (int)BoardingRule.NotAllowed;

    private static bool MayAlight(byte rule) => ((TDirection.Forward ? rule >> 2 : rule) & 3) != (int)BoardingRule.NotAllowed;

    private bool IsClosed(int stop) => (_closed[stop >> 6] & (1UL << (stop & 63))) != 0;

    private void Board(Riding boarding)
    {
        var rank = LaneClock<TDirection>.Rank(boarding.Trip);
        for (var index = 0; index < _riding.Count; index++)
        {
            ref var other = ref _riding[index];
            var otherRank = LaneClock<TDirection>.Rank(other.Trip);
            if (otherRank <= rank && other.Walk <= boarding.Walk)
            {
                return;
            }

            if (rank <= otherRank && boarding.Walk <= other.Walk)
            {
                other = _riding[_riding.Count - 1];
                _riding.RemoveLast();
                index--;
            }
        }

        _riding.Add(boarding);
    }

    private void Arrive(int stop, int time, int round, int day, int lane, ushort position, in Riding riding)
    {
        if (time > _limit
            || (!_pass.Scouts && Labels.Beats(_target, time, riding.Walk, round))
            || _pass.Bound?.LeadsOnFromArrival(stop, time, _query.MaximumRides - round) == false)
        {
            return;
        }

        ref var state = ref Touch(stop);
        var label = Labels.TryAdd(ref state.Arrivals, time, riding.Walk, round, _tick);
        if (label < 0)
        {
            return;
        }

        Labels.OriginOf(label) = new Origin
        {
            Parent = riding.Parent,
            Stop = stop,
            Day = day,
            Lane = lane,
            Trip = riding.Trip,
            Board = riding.Board,
            Alight = position,
        };
        if (state.ArrivalTick != _tick)
        {
            state.ArrivalTick = _tick;
            _arrivalStops.Add(stop);
        }

        for (var end = state.Ends; end >= 0 && end < _toOrder.Count && _to[_toOrder[end]].Stop == stop; end++)
        {
            End(_toOrder[end], label, time, riding.Walk, round);
        }
    }
}
