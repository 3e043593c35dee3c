using System.Collections.Concurrent;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Departures;

/// <summary>
/// The service days of a feed. Its times count from twelve hours before noon (GTFS Schedule reference, "Time"), which is midnight
/// but for the days on which clocks change.
/// </summary>
public sealed class ServiceDays(GtfsFeed feed)
{
    private const int MostDaysKept = 800;
    private readonly ConcurrentDictionary<DateOnly, Day> _days = new();

    /// <summary>The day at the agency.</summary>
    public DateOnly DateOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, feed.TimeZone).DateTime);

    /// <summary>The moment from which the day's seconds count.</summary>
    public DateTimeOffset StartOf(DateOnly date) => Of(date).Start;

    /// <summary>A moment of a service day, in the agency's local time.</summary>
    public DateTimeOffset TimeOf(DateOnly date, int seconds) => TimeZoneInfo.ConvertTime(StartOf(date).AddSeconds(seconds), feed.TimeZone);

    /// <summary>Which services run on the day, by their index.</summary>
    public bool[] RunningOn(DateOnly date) => Of(date).IsRunning;

    private Day Of(DateOnly date)
    {
        if (_days.TryGetValue(date, out var known))
        {
            return known;
        }

        if (_days.Count > MostDaysKept)
        {
            _days.Clear();
        }

        var noon = DateTime.SpecifyKind(date.ToDateTime(new TimeOnly(12, 0)), DateTimeKind.Unspecified);
        var start = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(noon, feed.TimeZone)).AddHours(-12);
        return _days.GetOrAdd(date, new Day(start, [.. feed.Services.Select(service => service.RunsOn(date))]));
    }

    private sealed record Day(DateTimeOffset Start, bool[] IsRunning);
}
