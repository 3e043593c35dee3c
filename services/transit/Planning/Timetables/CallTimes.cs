using SmartCity.ServiceDefaults.Geography;

namespace SmartCity.Transit.Planning.Timetables;

/// <summary>The times of a trip's calls, those that are not stated put between their neighbours by the distance of the stops.</summary>
internal static class CallTimes
{
    /// <param name="times">Arrival and departure of each call.</param>
    /// <exception cref="ArgumentException">Times go backwards, are out of range, or the first or last call has none.</exception>
    public static void Fill(ReadOnlySpan<StopCall> calls, Span<int> times, TimetableDraft draft)
    {
        var stated = -1;
        for (var call = 0; call < calls.Length; call++)
        {
            var (arrival, departure) = (calls[call].ArrivalSeconds, calls[call].DepartureSeconds);
            if (arrival == StopCall.NoTime && departure == StopCall.NoTime)
            {
                continue;
            }

            arrival = arrival == StopCall.NoTime ? departure : arrival;
            departure = departure == StopCall.NoTime ? arrival : departure;
            if (arrival > departure || arrival < (stated < 0 ? 0 : times[(2 * stated) + 1]) || departure > TimetableBuilder.LatestSeconds)
            {
                throw new ArgumentException($"Call {call} arrives at {arrival} s and departs at {departure} s, before the call ahead of it or out of range.", nameof(calls));
            }

            (times[2 * call], times[(2 * call) + 1]) = (arrival, departure);
            if (stated >= 0)
            {
                Between(calls, times, stated, call, draft);
            }
            else if (call > 0)
            {
                break;
            }

            stated = call;
        }

        if (calls.Length > 0 && stated != calls.Length - 1)
        {
            throw new ArgumentException("The first and the last call of a trip state a time.", nameof(calls));
        }
    }

    private static void Between(ReadOnlySpan<StopCall> calls, Span<int> times, int from, int to, TimetableDraft draft)
    {
        double whole = 0;
        for (var call = from; call < to; call++)
        {
            whole += Metres(calls[call].Stop, calls[call + 1].Stop, draft);
        }

        var (begin, end, gone) = (times[(2 * from) + 1], times[2 * to], 0.0);
        for (var call = from + 1; call < to; call++)
        {
            gone += Metres(calls[call - 1].Stop, calls[call].Stop, draft);
            var share = whole > 0 ? gone / whole : (call - from) / (double)(to - from);
            times[2 * call] = times[(2 * call) + 1] = begin + (int)((end - begin) * share);
        }
    }

    private static double Metres(int a, int b, TimetableDraft draft)
    {
        var metres = (uint)a < (uint)draft.Latitudes.Count && (uint)b < (uint)draft.Latitudes.Count
            ? GeoPoint.Metres(draft.Latitudes[a], draft.Longitudes[a], draft.Latitudes[b], draft.Longitudes[b])
            : 0;
        return double.IsFinite(metres) ? metres : 0;
    }
}
