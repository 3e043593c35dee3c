using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace SmartCity.Transit.Planning.Timetables;

/// <summary>
/// A timetable as real time has it: a snapshot that is never changed, made anew with each batch of updates. Making one is cheap: a day is
/// laid out when it is first asked for, days without updates are shared with the plain timetable. Safe for all threads.
/// </summary>
public sealed class LiveTimetable
{
    private static readonly ImmutableDictionary<int, TripState> None = ImmutableDictionary<int, TripState>.Empty;

    private readonly LiveTimetable? _plain;
    private readonly Dictionary<int, Dictionary<int, TripState>> _states = [];
    private readonly ConcurrentDictionary<int, DayView> _views = new();
    private readonly ConcurrentDictionary<string, DayView> _byServices = new(StringComparer.Ordinal);

    public LiveTimetable(Timetable timetable) => Timetable = timetable;

    private LiveTimetable(LiveTimetable plain, IEnumerable<TripUpdate> updates)
        : this(plain.Timetable)
    {
        _plain = plain;
        var parts = Timetable.Parts;
        foreach (var update in updates)
        {
            var day = Timetable.DayOf(update.Day);
            var first = (uint)update.Trip < (uint)Timetable.TripCount ? parts.TripSlots[update.Trip] : -1;
            for (var slot = first; day >= 0 && first >= 0 && slot < parts.SlotTrips.Length && parts.SlotTrips[slot] == update.Trip; slot++)
            {
                // Runs of a template are not told apart, so only all of them can be changed.
                if (update.IsCancelled || parts.PatternFrequencies[parts.PatternOf(slot)] < 0)
                {
                    (_states.TryGetValue(day, out var states) ? states : _states[day] = [])[slot] = TripState.Of(parts, slot, update);
                }
            }
        }
    }

    public Timetable Timetable { get; }

    /// <summary>The same timetable with these updates instead of those it had. Of several for a trip and day the last one counts; those of trips and days it does not know are left out.</summary>
    public LiveTimetable With(IEnumerable<TripUpdate> updates) => new(_plain ?? this, updates);

    /// <param name="day">Of the period; outside of it nothing runs.</param>
    internal DayView View(int day) => _views.GetOrAdd(day, static (day, live) => live.Make(day), this);

    private DayView Make(int day)
    {
        if (_plain is null)
        {
            return _byServices.GetOrAdd(ServicesOf(day), static (_, arg) => DayViewBuilder.Build(arg.Parts, arg.day, None), (Timetable.Parts, day));
        }

        return _states.TryGetValue(day, out var states) ? DayViewBuilder.Build(Timetable.Parts, day, states) : _plain.View(day);
    }

    private string ServicesOf(int day) => string.Create(Timetable.Parts.Services.ServiceCount, (Timetable.Parts.Services, day), static (text, arg) =>
    {
        for (var service = 0; service < text.Length; service++)
        {
            text[service] = arg.Services.RunsOn(service, arg.day) ? '1' : '0';
        }
    });
}
