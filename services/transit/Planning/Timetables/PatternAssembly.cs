using System.Runtime.InteropServices;

namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Sorts trips into patterns and lays out the arrays of a <see cref="Timetable"/>.</summary>
internal sealed class PatternAssembly
{
    private readonly TimetableDraft _draft;
    private readonly ProfilePool<ushort> _profiles = new();
    private readonly ProfilePool<int> _wideProfiles = new();
    private readonly List<(int Stops, int Length)> _patterns = [];
    private readonly List<int> _patternSlotStarts = [0];
    private readonly List<int> _patternFrequencies = [];
    private readonly List<Frequency> _frequencies = [];
    private readonly List<(int Trip, int Base, int Profile)> _slots = [];
    private int _latest;

    private PatternAssembly(TimetableDraft draft) => _draft = draft;

    public static TimetableParts Assemble(TimetableDraft draft) => new PatternAssembly(draft).Run();

    private TimetableParts Run()
    {
        var frequencies = _draft.Frequencies.ToLookup(frequency => frequency.Trip);
        // Stops and rules are one list each, laid out alike: a group of trips is one entry in both.
        var groups = new Dictionary<int, List<int>>();
        var layout = new SequenceLayout(_draft);
        for (var trip = 0; trip < _draft.TripRoutes.Count; trip++)
        {
            if (layout.CallsOf(trip).Length >= 2)
            {
                ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, layout.Place(trip), out _);
                (group ??= []).Add(trip);
            }
        }

        foreach (var (offset, trips) in groups.OrderBy(group => group.Key))
        {
            var length = layout.CallsOf(trips[0]).Length;
            foreach (var chain in Overtaking.Split(trips.FindAll(trip => !frequencies.Contains(trip)), layout))
            {
                Add(offset, length, chain, layout);
            }

            foreach (var template in trips.Where(frequencies.Contains))
            {
                foreach (var frequency in frequencies[template])
                {
                    AddFrequency(offset, length, template, frequency, layout);
                }
            }
        }

        return Parts(layout);
    }

    private void Add(int offset, int length, List<int> trips, SequenceLayout layout)
    {
        foreach (var trip in trips)
        {
            var times = layout.TimesOf(trip);
            _latest = Math.Max(_latest, times[^1]);
            _slots.Add((trip, times[0], Profile(times)));
        }

        _patterns.Add((offset, length));
        _patternSlotStarts.Add(_slots.Count);
        _patternFrequencies.Add(-1);
    }

    private void AddFrequency(
        int offset, int length, int template, (int Trip, int StartSeconds, int EndSeconds, int HeadwaySeconds, bool Exact) frequency, SequenceLayout layout)
    {
        var times = layout.TimesOf(template);
        var dwell = times[1] - times[0];
        _frequencies.Add(new Frequency(frequency.StartSeconds - dwell, frequency.EndSeconds - dwell, frequency.HeadwaySeconds, frequency.Exact));
        _latest = Math.Max(_latest, frequency.EndSeconds + times[^1] - times[0]);
        _slots.Add((template, frequency.StartSeconds - dwell, Profile(times)));
        _patterns.Add((offset, length));
        _patternSlotStarts.Add(_slots.Count);
        _patternFrequencies.Add(_frequencies.Count - 1);
    }

    private int Profile(ReadOnlySpan<int> times)
    {
        var first = times[0];
        if (times[^1] - first > ushort.MaxValue)
        {
            var wide = new int[times.Length];
            for (var index = 0; index < wide.Length; index++)
            {
                wide[index] = times[index] - first;
            }

            return ~_wideProfiles.Add(wide);
        }

        Span<ushort> narrow = times.Length <= 512 ? stackalloc ushort[times.Length] : new ushort[times.Length];
        for (var index = 0; index < narrow.Length; index++)
        {
            narrow[index] = (ushort)(times[index] - first);
        }

        return _profiles.Add(narrow);
    }

    private TimetableParts Parts(SequenceLayout layout)
    {
        var tripSlots = new int[_draft.TripRoutes.Count];
        Array.Fill(tripSlots, -1);
        for (var slot = _slots.Count - 1; slot >= 0; slot--)
        {
            tripSlots[_slots[slot].Trip] = slot;
        }

        var services = new ServiceDays(_draft.DayCount, _draft.Services.Count);
        for (var service = 0; service < _draft.Services.Count; service++)
        {
            foreach (var day in _draft.Services[service])
            {
                services.Set(service, day);
            }
        }

        double[] latitudes = [.. _draft.Latitudes];
        double[] longitudes = [.. _draft.Longitudes];
        var grid = new StopGrid(latitudes, longitudes);
        var calls = StopCalls.Of(latitudes.Length, _patterns, layout.Stops);
        return new TimetableParts
        {
            FirstDay = _draft.FirstDay,
            DayCount = _draft.DayCount,
            Options = _draft.Options,
            Latitudes = latitudes,
            Longitudes = longitudes,
            StopAccessibility = [.. _draft.StopAccessibility],
            Services = services,
            PatternStopOffsets = [.. _patterns.Select(pattern => pattern.Stops)],
            PatternLengths = [.. _patterns.Select(pattern => (ushort)pattern.Length)],
            PatternStops = layout.Stops,
            PatternRules = layout.Rules,
            PatternSlotStarts = [.. _patternSlotStarts],
            PatternFrequencies = [.. _patternFrequencies],
            Frequencies = [.. _frequencies],
            SlotBases = [.. _slots.Select(slot => slot.Base)],
            SlotProfiles = [.. _slots.Select(slot => slot.Profile)],
            SlotTrips = [.. _slots.Select(slot => slot.Trip)],
            SlotAccessibility = [.. _slots.Select(slot => _draft.TripAccessibility[slot.Trip])],
            Profiles = _profiles.ToArray(),
            WideProfiles = _wideProfiles.ToArray(),
            TripRoutes = [.. _draft.TripRoutes],
            TripServices = [.. _draft.TripServices],
            TripSlots = tripSlots,
            StopCallStarts = calls.Starts,
            StopCallPatterns = calls.Patterns,
            StopCallPositions = calls.Positions,
            Footpaths = FootpathAssembly.Assemble(_draft, grid),
            Grid = grid,
            LatestSeconds = _latest,
        };
    }
}
