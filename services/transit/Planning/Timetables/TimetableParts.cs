using System.Runtime.InteropServices;

namespace SmartCity.Transit.Planning.Timetables;

/// <summary>The arrays of a <see cref="Timetable"/>. "Starts" arrays have one more entry than what they divide.</summary>
internal sealed class TimetableParts
{
    public required DateOnly FirstDay { get; init; }

    public required int DayCount { get; init; }

    public required TimetableOptions Options { get; init; }

    public int StopCount => Latitudes.Length;

    public int PatternCount => PatternSlotStarts.Length - 1;

    public required double[] Latitudes { get; init; }

    public required double[] Longitudes { get; init; }

    public required byte[] StopAccessibility { get; init; }

    public required ServiceDays Services { get; init; }

    /// <summary>By pattern: where its stops begin in <see cref="PatternStops"/> and <see cref="PatternRules"/>. Patterns of the same stops share them.</summary>
    public required int[] PatternStopOffsets { get; init; }

    public required ushort[] PatternLengths { get; init; }

    public required int[] PatternStops { get; init; }

    /// <summary>Low two bits: pickup; next two: drop-off (<see cref="BoardingRule"/>).</summary>
    public required byte[] PatternRules { get; init; }

    public required int[] PatternSlotStarts { get; init; }

    /// <summary>By pattern: index into <see cref="Frequencies"/>, or -1.</summary>
    public required int[] PatternFrequencies { get; init; }

    public required Frequency[] Frequencies { get; init; }

    public required int[] SlotBases { get; init; }

    /// <summary>Offset into <see cref="Profiles"/>, or the complement of an offset into <see cref="WideProfiles"/>.</summary>
    public required int[] SlotProfiles { get; init; }

    public required int[] SlotTrips { get; init; }

    public required byte[] SlotAccessibility { get; init; }

    /// <summary>Arrival and departure, call by call, in seconds after the trip's base.</summary>
    public required ushort[] Profiles { get; init; }

    /// <summary>The same of trips of more than 18 hours.</summary>
    public required int[] WideProfiles { get; init; }

    public required int[] TripRoutes { get; init; }

    public required int[] TripServices { get; init; }

    /// <summary>By trip: its first slot, or -1 when it has fewer than two calls. A template of n frequencies has n slots.</summary>
    public required int[] TripSlots { get; init; }

    /// <summary>By stop: which patterns call there, and at which of their calls.</summary>
    public required int[] StopCallStarts { get; init; }

    public required int[] StopCallPatterns { get; init; }

    public required ushort[] StopCallPositions { get; init; }

    public required Footpaths Footpaths { get; init; }

    public required StopGrid Grid { get; init; }

    public required int LatestSeconds { get; init; }

    /// <summary>The pattern that a slot belongs to.</summary>
    public int PatternOf(int slot)
    {
        var index = Array.BinarySearch(PatternSlotStarts, slot);
        // No pattern is without slots, so a start is found once.
        return index >= 0 ? index : ~index - 1;
    }

    /// <param name="which">0: arrival, 1: departure.</param>
    public int ScheduledSeconds(int slot, int call, int which)
    {
        var profile = SlotProfiles[slot];
        return SlotBases[slot] + (profile >= 0 ? Profiles[profile + (2 * call) + which] : WideProfiles[~profile + (2 * call) + which]);
    }

    public long SizeBytes => (2 * sizeof(double) * (long)StopCount) + StopAccessibility.Length + Services.SizeBytes
        + (sizeof(int) * ((long)PatternStopOffsets.Length + PatternStops.Length + PatternSlotStarts.Length + PatternFrequencies.Length
            + SlotBases.Length + SlotProfiles.Length + SlotTrips.Length + WideProfiles.Length + TripRoutes.Length + TripServices.Length
            + TripSlots.Length + StopCallStarts.Length + StopCallPatterns.Length))
        + (sizeof(ushort) * ((long)PatternLengths.Length + Profiles.Length + StopCallPositions.Length))
        + PatternRules.Length + SlotAccessibility.Length + (16L * Frequencies.Length) + Footpaths.SizeBytes + Grid.SizeBytes;
}

/// <summary>A template trip that leaves again and again (GTFS <c>frequencies.txt</c>).</summary>
/// <param name="FirstSeconds">Base of the first run: its arrival at the first stop.</param>
/// <param name="EndSeconds">No run's base is after (headways) or at (exact times) this.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Frequency(int FirstSeconds, int EndSeconds, int HeadwaySeconds, bool Exact);
