using SmartCity.Transit.Planning.Search;
using SmartCity.Transit.Planning.Timetables;

namespace SmartCity.Transit.Planning.Answers;

/// <summary>
/// The clock of a search: seconds after the zero of a service day, which is noon minus twelve hours in the feed's time zone (GTFS
/// reference, Time), so not always midnight where clocks change.
/// </summary>
internal sealed class DayClock
{
    private readonly TimeZoneInfo _zone;
    private readonly DateOnly _date;
    private readonly DateTimeOffset _zero;

    public DayClock(DateTimeOffset at, TimeZoneInfo zone)
    {
        _zone = zone;
        _date = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        _zero = Zero(_date);
    }

    public DateOnly Date => _date;

    /// <summary>Rounded up, so that nothing before it is offered.</summary>
    public int Seconds(DateTimeOffset at) => (int)Math.Clamp(Math.Ceiling((at - _zero).TotalSeconds), -SearchQuery.Far, SearchQuery.Far);

    public DateTimeOffset At(int seconds) => TimeZoneInfo.ConvertTime(_zero.AddSeconds(seconds), _zone);

    /// <summary>Every service day of the timetable's period with trips in reach, the latest last.</summary>
    /// <param name="before">Days before the clock's; as many more are added as trips run past their own.</param>
    public List<SearchDay> Days(Timetable timetable, int before, int after)
    {
        var days = new List<SearchDay>();
        for (var date = _date.AddDays(-before - (timetable.LatestSeconds / 86_400)); date <= _date.AddDays(after); date = date.AddDays(1))
        {
            if (timetable.DayOf(date) is var day && day >= 0)
            {
                days.Add(new SearchDay(day, (int)(Zero(date) - _zero).TotalSeconds));
            }
        }

        return days;
    }

    private DateTimeOffset Zero(DateOnly date)
    {
        var noon = date.ToDateTime(new TimeOnly(12, 0));
        return new DateTimeOffset(noon, _zone.GetUtcOffset(noon)).AddHours(-12);
    }
}
