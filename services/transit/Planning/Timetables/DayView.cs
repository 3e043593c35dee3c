using System.Runtime.InteropServices;

namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Trips of one pattern on one day that do not overtake one another: what a search reads call by call.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lane
{
    public required int Pattern { get; init; }

    public required int StopOffset { get; init; }

    public required int Length { get; init; }

    /// <summary>Into the timetable's rules, or the complement of an offset into the view's own.</summary>
    public required int RuleOffset { get; init; }

    /// <summary>The trips are those from here to before <see cref="To"/> in the arrays of the view, earliest first.</summary>
    public required int From { get; init; }

    public required int To { get; init; }

    /// <summary>Index of the frequency, or -1.</summary>
    public required int Frequency { get; init; }

    /// <summary>The first arrival of the first trip.</summary>
    public required int FirstSeconds { get; init; }

    /// <summary>The last departure of the last trip.</summary>
    public required int LastSeconds { get; init; }
}

/// <summary>The trips that run on a day: those of its services, as real time has changed them. Times are of the service day.</summary>
internal sealed class DayView
{
    public required Lane[] Lanes { get; init; }

    /// <summary>By pattern: its lanes.</summary>
    public required int[] LaneStarts { get; init; }

    public required int[] Bases { get; init; }

    /// <summary>Offset into the timetable's profiles, or the complement of an offset into <see cref="Wide"/>.</summary>
    public required int[] Profiles { get; init; }

    public required int[] Slots { get; init; }

    public required int[] Wide { get; init; }

    public required byte[] Rules { get; init; }

    /// <summary>Seconds after the trip's base.</summary>
    /// <param name="which">0: arrival, 1: departure.</param>
    public int Delta(TimetableParts timetable, int profile, int position, int which)
        => profile >= 0 ? timetable.Profiles[profile + (2 * position) + which] : Wide[~profile + (2 * position) + which];

    public byte Rule(TimetableParts timetable, in Lane lane, int position)
        => lane.RuleOffset >= 0 ? timetable.PatternRules[lane.RuleOffset + position] : Rules[~lane.RuleOffset + position];

    /// <summary>Whether a trip has other times than the timetable's.</summary>
    public bool IsPredicted(TimetableParts timetable, int trip) => Profiles[trip] != timetable.SlotProfiles[Slots[trip]];
}
