using System.Collections.Concurrent;

namespace SmartCity.Transit.Feeds.Live;

/// <summary>What is served now, by town: each behind one reference, so that a reader sees a whole version or another, never both.</summary>
public sealed class LiveTimetables
{
    private readonly ConcurrentDictionary<string, TownTimetable> _towns = new(StringComparer.Ordinal);

    /// <summary>After a town's timetable was replaced, with its code.</summary>
    public event Action<string>? Changed;

    /// <summary>The town's timetable, empty where it has no feed.</summary>
    public TownTimetable Of(string municipality) => _towns.TryGetValue(municipality, out var known) ? known : _towns.GetOrAdd(municipality, code => new TownTimetable(code, []));

    /// <summary>Serves these feeds of the town from now on.</summary>
    public void Set(TownTimetable timetable)
    {
        _towns[timetable.Municipality] = timetable;
        Changed?.Invoke(timetable.Municipality);
    }
}
