namespace SmartCity.Transit.Gtfs.Model;

/// <summary>The days of a <c>service_id</c>: calendar.txt with calendar_dates.txt over it, or the latter alone.</summary>
/// <param name="Weekdays">Bit 0 for Monday to bit 6 for Sunday.</param>
/// <param name="Start">First day of the weekly pattern; null where there is none.</param>
/// <param name="End">Last day of the weekly pattern, itself included.</param>
/// <param name="Added">Days of <c>exception_type</c> 1.</param>
/// <param name="Removed">Days of <c>exception_type</c> 2.</param>
public sealed record GtfsService(string Id, int Weekdays, DateOnly? Start, DateOnly? End, IReadOnlySet<DateOnly> Added, IReadOnlySet<DateOnly> Removed)
{
    public bool RunsOn(DateOnly day) => Added.Contains(day) || (IsInPattern(day) && !Removed.Contains(day));

    /// <summary>First and last day on which it runs, or null when it never does.</summary>
    public (DateOnly First, DateOnly Last)? Window()
    {
        DateOnly? first = null;
        DateOnly? last = null;
        foreach (var day in Added)
        {
            first = first is null || day < first ? day : first;
            last = last is null || day > last ? day : last;
        }

        if (Weekdays != 0 && Start is { } start && End is { } end)
        {
            for (var day = start; day <= end; day = day.AddDays(1))
            {
                if (RunsOn(day))
                {
                    first = first is null || day < first ? day : first;
                    break;
                }
            }

            for (var day = end; day >= start; day = day.AddDays(-1))
            {
                if (RunsOn(day))
                {
                    last = last is null || day > last ? day : last;
                    break;
                }
            }
        }

        return first is { } from && last is { } to ? (from, to) : null;
    }

    private bool IsInPattern(DateOnly day)
        => Start <= day && day <= End && (Weekdays & (1 << (((int)day.DayOfWeek + 6) % 7))) != 0;
}
