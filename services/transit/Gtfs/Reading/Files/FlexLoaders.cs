using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class LocationGroupLoader : IFileLoader
{
    public string File => "location_groups.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, name) = (table.Column("location_group_id"), table.Column("location_group_name"));
        while (table.Next())
        {
            draft.Groups.Add(new GtfsLocationGroup(table.Text(id)!, table.Text(name), []));
        }
    }
}

internal sealed class LocationGroupStopLoader : IFileLoader
{
    public string File => "location_group_stops.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (group, stop) = (table.Column("location_group_id"), table.Column("stop_id"));
        var stops = new List<int>[draft.Groups.Count];
        while (table.Next())
        {
            (stops[table.Reference(group)] ??= []).Add(table.Reference(stop));
        }

        for (var index = 0; index < stops.Length; index++)
        {
            if (stops[index] is { } members)
            {
                draft.Groups[index] = draft.Groups[index] with { Stops = members };
            }
        }
    }
}

internal sealed class BookingRuleLoader : IFileLoader
{
    public string File => "booking_rules.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, type, minimum, maximum) = (table.Column("booking_rule_id"), table.Column("booking_type"), table.Column("prior_notice_duration_min"), table.Column("prior_notice_duration_max"));
        var (lastDay, lastTime, startDay, startTime) = (
            table.Column("prior_notice_last_day"), table.Column("prior_notice_last_time"), table.Column("prior_notice_start_day"), table.Column("prior_notice_start_time"));
        var (service, message, pickup, dropOff) = (table.Column("prior_notice_service_id"), table.Column("message"), table.Column("pickup_message"), table.Column("drop_off_message"));
        var (telephone, info, booking) = (table.Column("phone_number"), table.Column("info_url"), table.Column("booking_url"));
        while (table.Next())
        {
            var days = table.Has(service) ? draft.Services.Find(table.Span(service)) : -1;
            if (table.Has(service) && days < 0)
            {
                draft.Context.Fault("foreign_key_violation", File, table.Line, "prior_notice_service_id", table.Span(service), "calendar.txt, calendar_dates.txt");
            }

            var rule = new GtfsBookingRule(
                table.Text(id)!, table.Int(type) ?? 0, table.Int(minimum), table.Int(maximum), table.Int(lastDay), table.Int(lastTime), table.Int(startDay), table.Int(startTime),
                days, table.Text(message), table.Text(pickup), table.Text(dropOff), table.Text(telephone), table.Text(info), table.Text(booking));
            BookingRuleCheck.Check(rule, table.Has(service), table.Line, draft.Context);
            draft.BookingRules.Add(rule);
        }
    }
}
