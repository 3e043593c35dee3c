using System.Globalization;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

/// <summary>Which fields a booking rule must and must not have, by its <c>booking_type</c> (GTFS Schedule reference, booking_rules.txt).</summary>
internal static class BookingRuleCheck
{
    public static void Check(GtfsBookingRule rule, bool hasService, int line, ReadingContext context)
    {
        void Fault(string code, string field, object? value = null)
            => context.Fault(code, "booking_rules.txt", line, field, Convert.ToString(value, CultureInfo.InvariantCulture));

        switch (rule.Type)
        {
            case 0:
                foreach (var field in Given(rule, hasService, ["min", "max", "last", "start", "service"]))
                {
                    Fault("forbidden_real_time_booking_field_value", field);
                }

                break;
            case 1:
                if (rule.PriorNoticeMinimumMinutes is null)
                {
                    Fault("missing_prior_notice_duration_min", "prior_notice_duration_min");
                }

                foreach (var field in Given(rule, hasService, ["last", "service"]))
                {
                    Fault("forbidden_same_day_booking_field_value", field);
                }

                break;
            default:
                CheckPriorDay(rule, hasService, Fault);
                break;
        }

        CheckNotice(rule, Fault);
    }

    private static void CheckPriorDay(GtfsBookingRule rule, bool hasService, Action<string, string, object?> fault)
    {
        if (rule.LastDay is null)
        {
            fault("missing_prior_notice_last_day", "prior_notice_last_day", null);
        }

        if (rule.LastSeconds is null)
        {
            fault("missing_prior_notice_last_time", "prior_notice_last_time", null);
        }

        foreach (var field in Given(rule, hasService, ["min", "max"]))
        {
            fault("forbidden_prior_day_booking_field_value", field, null);
        }
    }

    private static void CheckNotice(GtfsBookingRule rule, Action<string, string, object?> fault)
    {
        if (rule.PriorNoticeMinimumMinutes > rule.PriorNoticeMaximumMinutes)
        {
            fault("invalid_prior_notice_duration_min", "prior_notice_duration_min", rule.PriorNoticeMinimumMinutes);
        }

        if (rule.PriorNoticeMaximumMinutes is not null && rule.StartDay is not null)
        {
            fault("forbidden_prior_notice_start_day", "prior_notice_start_day", rule.StartDay);
        }

        if (rule.StartSeconds is not null && rule.StartDay is null)
        {
            fault("forbidden_prior_notice_start_time", "prior_notice_start_time", null);
        }

        if (rule.StartDay is not null && rule.StartSeconds is null)
        {
            fault("missing_prior_notice_start_time", "prior_notice_start_time", null);
        }

        if (rule.LastDay > rule.StartDay)
        {
            fault("prior_notice_last_day_after_start_day", "prior_notice_last_day", rule.LastDay);
        }
    }

    private static IEnumerable<string> Given(GtfsBookingRule rule, bool hasService, string[] kinds)
    {
        (string Kind, string Field, bool IsGiven)[] fields =
        [
            ("min", "prior_notice_duration_min", rule.PriorNoticeMinimumMinutes is not null),
            ("max", "prior_notice_duration_max", rule.PriorNoticeMaximumMinutes is not null),
            ("last", "prior_notice_last_day", rule.LastDay is not null),
            ("last", "prior_notice_last_time", rule.LastSeconds is not null),
            ("start", "prior_notice_start_day", rule.StartDay is not null),
            ("start", "prior_notice_start_time", rule.StartSeconds is not null),
            ("service", "prior_notice_service_id", hasService),
        ];
        return fields.Where(field => field.IsGiven && kinds.Contains(field.Kind, StringComparer.Ordinal)).Select(field => field.Field);
    }
}
