namespace SmartCity.Transit.Planning.Timetables;

/// <summary>
/// Gathers a feed's stops, services, trips, frequencies and transfers, in any order that adds what is named before it is named, and builds
/// a <see cref="Timetable"/>. Indices count from zero in the order of adding. Not for several threads at once.
/// </summary>
/// <param name="firstDay">First day of the period in which any service runs.</param>
/// <param name="dayCount">Days of the period, at least one.</param>
public sealed class TimetableBuilder(DateOnly firstDay, int dayCount, TimetableOptions? options = null)
{
    /// <summary>No call of a trip is later than ten days after its service day: what is later is a fault of the feed.</summary>
    public const int LatestSeconds = 10 * 86_400;

    private readonly TimetableDraft _draft = new(
        firstDay,
        dayCount > 0 ? dayCount : throw new ArgumentOutOfRangeException(nameof(dayCount), dayCount, "A timetable has at least one day."),
        options ?? new TimetableOptions());

    public int StopCount => _draft.Latitudes.Count;

    public int TripCount => _draft.TripRoutes.Count;

    /// <summary>Adds a stop where vehicles call. Without coordinates (NaN) no walk leads to it.</summary>
    public int AddStop(double latitudeDegrees, double longitudeDegrees, Accessibility wheelchair = Accessibility.Unknown)
    {
        _draft.Latitudes.Add(latitudeDegrees);
        _draft.Longitudes.Add(longitudeDegrees);
        _draft.StopAccessibility.Add((byte)wheelchair);
        return StopCount - 1;
    }

    /// <summary>Adds a service with all its days, exceptions worked in. Days outside the period are left out.</summary>
    public int AddService(IEnumerable<DateOnly> days)
    {
        _draft.Services.Add([.. days.Select(day => day.DayNumber - firstDay.DayNumber).Where(day => day >= 0 && day < dayCount)]);
        return _draft.Services.Count - 1;
    }

    /// <summary>Adds a trip. One with fewer than two calls is counted, and never ridden.</summary>
    /// <param name="routeKey">Whatever number names the route to the caller.</param>
    /// <exception cref="ArgumentException">A stop or service is unknown, or times go backwards; the message says at which call.</exception>
    public int AddTrip(int routeKey, int service, ReadOnlySpan<StopCall> calls, Accessibility wheelchair = Accessibility.Unknown)
    {
        Known(service, _draft.Services.Count, "service");
        if (calls.Length > ushort.MaxValue)
        {
            throw new ArgumentException($"A trip has at most {ushort.MaxValue} calls, not {calls.Length}.", nameof(calls));
        }

        Span<int> times = calls.Length <= 256 ? stackalloc int[2 * calls.Length] : new int[2 * calls.Length];
        CallTimes.Fill(calls, times, _draft);
        for (var call = 0; call < calls.Length; call++)
        {
            Known(calls[call].Stop, StopCount, "stop");
            _draft.CallStops.Add(calls[call].Stop);
            _draft.CallTimes.Add(times[2 * call]);
            _draft.CallTimes.Add(times[(2 * call) + 1]);
            _draft.CallRules.Add((byte)((int)calls[call].Pickup | ((int)calls[call].DropOff << 2)));
        }

        _draft.TripRoutes.Add(routeKey);
        _draft.TripServices.Add(service);
        _draft.TripAccessibility.Add((byte)wheelchair);
        _draft.TripCallStarts.Add(_draft.CallStops.Count);
        return TripCount - 1;
    }

    /// <summary>Makes a trip the template of runs that begin (leave their first stop) from <paramref name="startSeconds"/> until before <paramref name="endSeconds"/>.</summary>
    /// <param name="exact">Runs leave exactly at multiples of the headway; otherwise one comes at least once in every headway.</param>
    public void AddFrequency(int trip, int startSeconds, int endSeconds, int headwaySeconds, bool exact)
    {
        Known(trip, TripCount, "trip");
        if (headwaySeconds <= 0 || endSeconds <= startSeconds)
        {
            throw new ArgumentException($"A frequency needs a headway above 0 s and an end after its start, not {headwaySeconds} s from {startSeconds} to {endSeconds}.", nameof(headwaySeconds));
        }

        _draft.Frequencies.Add((trip, startSeconds, endSeconds, headwaySeconds, exact));
    }

    /// <summary>A rule of <c>transfers.txt</c> between two stops, or for changing at one stop. Of several for a pair, the strictest counts.</summary>
    /// <param name="minimumSeconds">Of <see cref="TransferKind.MinimumTime"/> only.</param>
    public void AddTransfer(int fromStop, int toStop, TransferKind kind, int minimumSeconds = 0)
    {
        Known(fromStop, StopCount, "stop");
        Known(toStop, StopCount, "stop");
        ArgumentOutOfRangeException.ThrowIfNegative(minimumSeconds);
        _draft.Transfers.Add((fromStop, toStop, kind, kind == TransferKind.MinimumTime ? minimumSeconds : 0));
    }

    public Timetable Build() => new(PatternAssembly.Assemble(_draft));

    private static void Known(int index, int count, string what)
    {
        if ((uint)index >= (uint)count)
        {
            throw new ArgumentException($"There is no {what} {index}; {count} were added.", what);
        }
    }
}
