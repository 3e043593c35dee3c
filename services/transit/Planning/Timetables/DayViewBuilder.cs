namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Lays out the trips of a day. Only patterns with an updated trip take more than copying.</summary>
internal sealed class DayViewBuilder
{
    private readonly TimetableParts _timetable;
    private readonly IReadOnlyDictionary<int, TripState> _states;
    private readonly List<Lane> _lanes = [];
    private readonly List<int> _wide;
    private readonly List<byte> _rules = [];
    private readonly int[] _bases;
    private readonly int[] _profiles;
    private readonly int[] _slots;
    private int _count;

    private DayViewBuilder(TimetableParts timetable, IReadOnlyDictionary<int, TripState> states)
    {
        _timetable = timetable;
        _states = states;
        _wide = [.. timetable.WideProfiles];
        (_bases, _profiles, _slots) = (new int[timetable.SlotTrips.Length], new int[timetable.SlotTrips.Length], new int[timetable.SlotTrips.Length]);
    }

    /// <param name="states">Updated trips by slot.</param>
    public static DayView Build(TimetableParts timetable, int day, IReadOnlyDictionary<int, TripState> states)
        => new DayViewBuilder(timetable, states).Run(day);

    private DayView Run(int day)
    {
        var starts = new int[_timetable.PatternCount + 1];
        var running = new bool[_timetable.Services.ServiceCount];
        for (var service = 0; service < running.Length; service++)
        {
            running[service] = _timetable.Services.RunsOn(service, day);
        }

        var updated = new List<(int Slot, TripState State)>();
        for (var pattern = 0; pattern < _timetable.PatternCount; pattern++)
        {
            var from = _count;
            updated.Clear();
            for (var slot = _timetable.PatternSlotStarts[pattern]; slot < _timetable.PatternSlotStarts[pattern + 1]; slot++)
            {
                if (!running[_timetable.TripServices[_timetable.SlotTrips[slot]]])
                {
                    continue;
                }

                if (_states.Count > 0 && _states.TryGetValue(slot, out var state))
                {
                    updated.Add((slot, state));
                    continue;
                }

                Put(_timetable.SlotBases[slot], _timetable.SlotProfiles[slot], slot);
            }

            AddLane(pattern, from, _timetable.PatternStopOffsets[pattern]);
            AddUpdated(pattern, updated);
            starts[pattern + 1] = _lanes.Count;
        }

        return new DayView
        {
            Lanes = [.. _lanes],
            LaneStarts = starts,
            Bases = _bases.AsSpan(0, _count).ToArray(),
            Profiles = _profiles.AsSpan(0, _count).ToArray(),
            Slots = _slots.AsSpan(0, _count).ToArray(),
            Wide = [.. _wide],
            Rules = [.. _rules],
        };
    }

    private void Put(int start, int profile, int slot)
        => (_bases[_count], _profiles[_count], _slots[_count++]) = (start, profile, slot);

    /// <summary>A delayed trip may be overtaken: updated trips have lanes of their own, and one that passes calls has one for itself.</summary>
    private void AddUpdated(int pattern, List<(int Slot, TripState State)> updated)
    {
        var waiting = updated.Where(trip => !trip.State.IsCancelled).OrderBy(trip => trip.State.Times[0]).ThenBy(trip => trip.Slot).ToList();
        while (waiting.Count > 0)
        {
            var from = _count;
            var rules = waiting[0].State.Rules;
            int[]? last = null;
            waiting.RemoveAll(trip =>
            {
                if ((last is not null && (rules is not null || trip.State.Rules is not null)) || (last is not null && !Overtaking.IsAfter(last, trip.State.Times)))
                {
                    return false;
                }

                last = trip.State.Times;
                Put(0, ~_wide.Count, trip.Slot);
                _wide.AddRange(last);
                return true;
            });
            var offset = rules is null ? _timetable.PatternStopOffsets[pattern] : ~_rules.Count;
            _rules.AddRange(rules ?? []);
            AddLane(pattern, from, offset);
        }
    }

    private void AddLane(int pattern, int from, int ruleOffset)
    {
        if (from == _count)
        {
            return;
        }

        var frequency = _timetable.PatternFrequencies[pattern];
        var length = _timetable.PatternLengths[pattern];
        var lastBase = frequency < 0 ? _bases[_count - 1] : _timetable.Frequencies[frequency].EndSeconds;
        var profile = _profiles[_count - 1];
        var last = profile >= 0 ? _timetable.Profiles[profile + (2 * length) - 1] : _wide[~profile + (2 * length) - 1];
        var first = _profiles[from] >= 0 ? _bases[from] : _bases[from] + _wide[~_profiles[from]];
        _lanes.Add(new Lane
        {
            Pattern = pattern,
            StopOffset = _timetable.PatternStopOffsets[pattern],
            Length = length,
            RuleOffset = ruleOffset,
            From = from,
            To = _count,
            Frequency = frequency,
            FirstSeconds = first,
            LastSeconds = lastBase + last,
        });
    }
}
