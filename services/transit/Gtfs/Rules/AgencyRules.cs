namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>agency.txt, feed_info.txt and attributions.txt as a whole.</summary>
internal sealed class AgencyRules : IFeedRule
{
    private const string SeveralLanguages = "mul";

    public void Check(RuleContext context)
    {
        CheckAgencies(context);
        CheckIds(context);
        CheckInfo(context);
        for (var index = 0; index < context.Feed.Attributions.Count; index++)
        {
            if (context.Feed.Attributions[index] is { IsProducer: false, IsOperator: false, IsAuthority: false } attribution)
            {
                context.Notices.Add("attribution_without_role", "attributions.txt", context.Lines.Attributions[index], "is_producer", attribution.OrganizationName);
            }
        }
    }

    private static void CheckAgencies(RuleContext context)
    {
        var agencies = context.Feed.Agencies;
        for (var index = 1; index < agencies.Count; index++)
        {
            if (agencies[index].TimeZone != agencies[0].TimeZone)
            {
                context.Notices.Add("inconsistent_agency_timezone", "agency.txt", context.Lines.Agencies[index], "agency_timezone", agencies[index].TimeZone, agencies[0].TimeZone);
            }

            if (agencies[index].Language is { } language && agencies[0].Language is { } first && !language.Equals(first, StringComparison.OrdinalIgnoreCase))
            {
                context.Notices.Add("inconsistent_agency_lang", "agency.txt", context.Lines.Agencies[index], "agency_lang", language, first);
            }
        }
    }

    private static void CheckIds(RuleContext context)
    {
        var feed = context.Feed;
        if (feed.Agencies.Count < 2)
        {
            return;
        }

        for (var index = 0; index < feed.Agencies.Count; index++)
        {
            if (feed.Agencies[index].Id.Length == 0)
            {
                context.Notices.Add("missing_required_agency_id", "agency.txt", context.Lines.Agencies[index], "agency_id");
            }
        }

        for (var index = 0; index < feed.Routes.Count && context.IsComplete("agency.txt"); index++)
        {
            if (feed.Routes[index].Agency < 0)
            {
                context.Notices.Add("missing_required_agency_id", "routes.txt", context.Lines.Routes[index], "agency_id");
            }
        }
    }

    private static void CheckInfo(RuleContext context)
    {
        if (context.Feed.Info is not { } info)
        {
            return;
        }

        var line = context.Lines.FeedInfo[0];
        if (info.ContactEmail is null && info.ContactUrl is null)
        {
            context.Notices.Add("missing_feed_contact_email_and_url", "feed_info.txt", line, "feed_contact_email");
        }

        if (info.Start is null != info.End is null)
        {
            context.Notices.Add("missing_feed_info_date", "feed_info.txt", line, info.Start is null ? "feed_start_date" : "feed_end_date");
        }

        if (info.Start > info.End)
        {
            context.Notices.AddHarmless("start_and_end_range_out_of_order", "feed_info.txt", line, "feed_end_date", $"{info.End:yyyyMMdd}", $"{info.Start:yyyyMMdd}");
        }

        foreach (var agency in context.Feed.Agencies.Where(agency => agency.Language is not null))
        {
            if (info.Language.Length > 0 && !info.Language.Equals(SeveralLanguages, StringComparison.OrdinalIgnoreCase) && !info.Language.Equals(agency.Language, StringComparison.OrdinalIgnoreCase))
            {
                context.Notices.Add("feed_info_lang_and_agency_lang_mismatch", "feed_info.txt", line, "feed_lang", info.Language, agency.Language);
            }
        }
    }
}
