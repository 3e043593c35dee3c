using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Search;

/// <summary>The times of a lane's trips on the clock of a search, and which trip can be caught.</summary>
/// <remarks>
/// A trip is named by its index in the day's view; a run of a frequency by its base. Of vehicles that come by headway without fixed times
/// one is sure to come within a headway, unless the rider is there for the first: so forward a run is boarded a headway after the rider
/// came, and backward the rider must be there a headway before the run.
/// </remarks>
internal readonly ref struct LaneClock<TDirection>(TimetableParts timetable, DayView view, in Lane lane, int offsetSeconds, WheelchairNeed wheelchair)
    where TDirection : struct, IDirection
{
    /// <summary>No trip.</summary>
    public const int None = int.MinValue;

    private readonly ref readonly Lane _lane = ref lane;

    /// <summary>Lower is earlier on the search's clock.</summary>
    public static int Rank(int trip) => TDirection.Forward ? trip : -trip;

    /// <summary>When the search can board.</summary>
    public int Board(int trip, int position) => Mirrored(Base(trip) + view.Delta(timetable, Profile(trip), position, TDirection.Forward ? 1 : 0));

    /// <summary>When the search alights.</summary>
    public int Alight(int trip, int position) => Mirrored(Base(trip) + view.Delta(timetable, Profile(trip), position, TDirection.Forward ? 0 : 1));

    /// <returns>The earliest trip on the search's clock that leaves at this time or after, or <see cref="None"/>.</returns>
    public int Catch(int time, int position) => _lane.Frequency >= 0 ? CatchRun(time, position) : CatchTrip(time, position);

    /// <summary>The runs of a frequency that a window is searched for; of vehicles by headway one a headway, and the last that is promised.</summary>
    public List<int> Runs()
    {
        var frequency = timetable.Frequencies[_lane.Frequency];
        var last = frequency.Exact ? frequency.EndSeconds - 1 : frequency.EndSeconds - (TDirection.Forward ? frequency.HeadwaySeconds : 0);
        var runs = new List<int>();
        for (var run = frequency.FirstSeconds; Accessible(_lane.From) && (run <= last || run == frequency.FirstSeconds); run += frequency.HeadwaySeconds)
        {
            runs.Add(run);
        }

        if (!frequency.Exact && runs.Count > 0 && runs[^1] < last)
        {
            runs.Add(last);
        }

        return runs;
    }

    public int Base(int trip) => _lane.Frequency >= 0 ? trip : view.Bases[trip];

    public int Profile(int trip) => view.Profiles[_lane.Frequency >= 0 ? _lane.From : trip];

    private int Mirrored(int seconds) => TDirection.Forward ? seconds + offsetSeconds : -(seconds + offsetSeconds);

    private int CatchTrip(int time, int position)
    {
        var wanted = (TDirection.Forward ? time : -time) - offsetSeconds;
        var (low, high) = (_lane.From, _lane.To);
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            var there = view.Bases[middle] + view.Delta(timetable, view.Profiles[middle], position, TDirection.Forward ? 1 : 0);
            if (TDirection.Forward ? there >= wanted : there > wanted)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        if (TDirection.Forward)
        {
            while (low < _lane.To && !Accessible(low))
            {
                low++;
            }

            return low < _lane.To ? low : None;
        }

        low--;
        while (low >= _lane.From && !Accessible(low))
        {
            low--;
        }

        return low >= _lane.From ? low : None;
    }

    private int CatchRun(int time, int position)
    {
        if (!Accessible(_lane.From))
        {
            return None;
        }

        var frequency = timetable.Frequencies[_lane.Frequency];
        var delta = view.Delta(timetable, view.Profiles[_lane.From], position, TDirection.Forward ? 1 : 0);
        // As if at the first stop: when a run would have to begin there.
        var wanted = (TDirection.Forward ? time : -time) - offsetSeconds - delta;
        var (first, end, headway) = (frequency.FirstSeconds, frequency.EndSeconds, frequency.HeadwaySeconds);
        if (TDirection.Forward)
        {
            var run = wanted <= first ? first
                : frequency.Exact ? first + (((wanted - first + headway - 1) / headway) * headway)
                : wanted + headway;
            return (frequency.Exact ? run < end : run <= end) ? run : None;
        }

        if (wanted < first)
        {
            return None;
        }

        return frequency.Exact
            ? first + ((Math.Min(wanted, end - 1) - first) / headway * headway)
            : Math.Max(first, Math.Min(wanted, end) - headway);
    }

    private bool Accessible(int trip) => wheelchair == WheelchairNeed.None
        || Accepts(wheelchair, timetable.SlotAccessibility[view.Slots[trip]]);

    public static bool Accepts(WheelchairNeed need, byte accessibility) => need switch
    {
        WheelchairNeed.Required => accessibility == (byte)Accessibility.Accessible,
        WheelchairNeed.AllowUnknown => accessibility != (byte)Accessibility.NotAccessible,
        _ => true,
    };
}
