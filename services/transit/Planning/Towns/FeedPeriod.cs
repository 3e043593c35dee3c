using System.Runtime.InteropServices;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>The days that a timetable is made for.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FeedPeriod(DateOnly First, int DayCount)
{
    /// <summary>Some calendars reach to the year 2099; nobody plans so far ahead, and each day costs memory.</summary>
    public const int MostDays = 1_100;

    private const int DaysBack = 366;

    public static FeedPeriod Of(IEnumerable<GtfsService> services, DateOnly today)
    {
        var windows = services.Select(service => service.Window()).OfType<(DateOnly First, DateOnly Last)>().ToList();
        if (windows.Count == 0)
        {
            return new FeedPeriod(today, 1);
        }

        var (first, last) = (windows.Min(window => window.First), windows.Max(window => window.Last));
        var days = last.DayNumber - first.DayNumber + 1;
        if (days <= MostDays)
        {
            return new FeedPeriod(first, days);
        }

        var from = Math.Clamp(today.DayNumber - DaysBack, first.DayNumber, last.DayNumber - MostDays + 1);
        return new FeedPeriod(DateOnly.FromDayNumber(from), MostDays);
    }

    public IEnumerable<DateOnly> DaysOf(GtfsService service) => Enumerable.Range(0, DayCount).Select(First.AddDays).Where(service.RunsOn);
}
