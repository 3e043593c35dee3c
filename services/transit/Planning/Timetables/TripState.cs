namespace SmartCity.Transit.Planning.Timetables;

/// <summary>An updated trip as a search sees it.</summary>
/// <param name="Times">Arrival and departure of each call, in seconds of the service day; never backwards.</param>
/// <param name="Rules">Boarding rules of its calls, where they are not the pattern's.</param>
internal sealed record TripState(bool IsCancelled, int[] Times, byte[]? Rules)
{
    public static TripState Of(TimetableParts timetable, int slot, TripUpdate update)
    {
        var pattern = timetable.PatternOf(slot);
        var length = timetable.PatternLengths[pattern];
        var times = new int[2 * length];
        var (offset, latest) = (timetable.PatternStopOffsets[pattern], int.MinValue);
        for (var call = 0; call < length; call++)
        {
            var arrival = Delay(update.ArrivalDelaySeconds ?? update.DepartureDelaySeconds, call);
            var departure = update.DepartureDelaySeconds is null ? arrival : Delay(update.DepartureDelaySeconds, call);
            // A vehicle is never somewhere before it was at the stop ahead.
            times[2 * call] = latest = Math.Max(latest, timetable.ScheduledSeconds(slot, call, 0) + arrival);
            times[(2 * call) + 1] = latest = Math.Max(latest, timetable.ScheduledSeconds(slot, call, 1) + departure);
        }

        byte[]? rules = null;
        if (update.SkippedCalls is { Count: > 0 } skipped)
        {
            rules = timetable.PatternRules.AsSpan(offset, length).ToArray();
            foreach (var call in skipped.Where(call => (uint)call < length))
            {
                rules[call] = (byte)BoardingRule.NotAllowed | ((byte)BoardingRule.NotAllowed << 2);
            }
        }

        return new TripState(update.IsCancelled, times, rules);
    }

    private static int Delay(IReadOnlyList<int>? delays, int call)
        => delays is null || delays.Count == 0 ? 0 : delays[Math.Min(call, delays.Count - 1)];
}
