namespace SmartCity.Transit.Planning.Timetables;

/// <summary>Which patterns call at each stop; a pattern that comes twice is listed twice.</summary>
internal static class StopCalls
{
    public static (int[] Starts, int[] Patterns, ushort[] Positions) Of(int stopCount, List<(int Stops, int Length)> patterns, int[] patternStops)
    {
        var starts = new int[stopCount + 1];
        foreach (var (offset, length) in patterns)
        {
            foreach (var stop in patternStops.AsSpan(offset, length))
            {
                starts[stop + 1]++;
            }
        }

        for (var stop = 0; stop < stopCount; stop++)
        {
            starts[stop + 1] += starts[stop];
        }

        var next = starts.AsSpan(0, stopCount).ToArray();
        var (byPattern, positions) = (new int[starts[^1]], new ushort[starts[^1]]);
        for (var pattern = 0; pattern < patterns.Count; pattern++)
        {
            for (var position = 0; position < patterns[pattern].Length; position++)
            {
                var entry = next[patternStops[patterns[pattern].Stops + position]]++;
                byPattern[entry] = pattern;
                positions[entry] = (ushort)position;
            }
        }

        return (starts, byPattern, positions);
    }
}
