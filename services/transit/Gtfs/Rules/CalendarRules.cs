namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>On which days the feed has service, and whether those are yet to come.</summary>
internal sealed class CalendarRules : IFeedRule
{
    private const string File = "calendar.txt";

    public void Check(RuleContext context)
    {
        var windows = new List<(DateOnly First, DateOnly Last)>();
        for (var index = 0; index < context.Feed.Services.Count; index++)
        {
            var (service, line) = (context.Feed.Services[index], context.Lines.Services[index]);
            if (service.Start > service.End)
            {
                context.Notices.Add("start_and_end_range_out_of_order", File, line, "end_date", $"{service.End:yyyyMMdd}", $"{service.Start:yyyyMMdd}");
            }

            if (service is { Weekdays: 0, Start: not null, Added.Count: 0 })
            {
                context.Notices.Add("service_has_no_active_day_of_the_week", File, line, "service_id", service.Id);
            }

            if (service.Window() is { } window)
            {
                windows.Add(window);
                if (window.Last < context.Today)
                {
                    context.Notices.Add("expired_calendar", line > 0 ? File : "calendar_dates.txt", line, "service_id", service.Id, $"{window.Last:yyyy-MM-dd}");
                }
            }
        }

        if (windows.Count > 0)
        {
            CheckWhole(context, windows.Min(window => window.First), windows.Max(window => window.Last));
        }
    }

    private static void CheckWhole(RuleContext context, DateOnly first, DateOnly last)
    {
        var today = context.Today;
        if (first > today)
        {
            context.Notices.Add("future_calendar", File, 0, "start_date", null, $"{first:yyyy-MM-dd}");
        }

        if (first > today || last < today.AddDays(7))
        {
            context.Notices.Add("trip_coverage_not_active_for_next7_days", File, 0, "end_date", null, $"{first:yyyy-MM-dd} – {last:yyyy-MM-dd}");
        }

        if (context.Feed.Info is { } info)
        {
            if (info.End is { } end && end < today.AddDays(30))
            {
                context.Notices.Add(end < today.AddDays(7) ? "feed_expiration_date7_days" : "feed_expiration_date30_days", "feed_info.txt", context.Lines.FeedInfo[0], "feed_end_date", $"{end:yyyyMMdd}");
            }

            if (info.Start > today)
            {
                context.Notices.Add("future_feed", "feed_info.txt", context.Lines.FeedInfo[0], "feed_start_date", $"{info.Start:yyyyMMdd}");
            }
        }
    }
}
