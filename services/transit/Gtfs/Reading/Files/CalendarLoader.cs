namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class CalendarLoader : IFileLoader
{
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public string File => "calendar.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, start, end) = (table.Column("service_id"), table.Column("start_date"), table.Column("end_date"));
        int[] days = [.. Days.Select(table.Column)];
        while (table.Next())
        {
            var weekdays = 0;
            for (var day = 0; day < days.Length; day++)
            {
                weekdays |= table.Int(days[day]) == 1 ? 1 << day : 0;
            }

            draft.Services.SetPattern(draft.Services.FindOrAdd(table.Span(id)), weekdays, table.Date(start)!.Value, table.Date(end)!.Value);
            draft.Lines.Services.Add(table.Line);
        }
    }
}

internal sealed class CalendarDateLoader : IFileLoader
{
    public string File => "calendar_dates.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, date, type) = (table.Column("service_id"), table.Column("date"), table.Column("exception_type"));
        while (table.Next())
        {
            var service = draft.Services.FindOrAdd(table.Span(id));
            if (service == draft.Lines.Services.Count)
            {
                draft.Lines.Services.Add(0);
            }

            if (table.Int(type) == 1)
            {
                draft.Services.Add(service, table.Date(date)!.Value);
            }
            else
            {
                draft.Services.Remove(service, table.Date(date)!.Value);
            }
        }
    }
}
