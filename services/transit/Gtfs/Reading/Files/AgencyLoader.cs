using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class AgencyLoader : IFileLoader
{
    public string File => "agency.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, name, url, timeZone) = (table.Column("agency_id"), table.Column("agency_name"), table.Column("agency_url"), table.Column("agency_timezone"));
        var (language, telephone, fareUrl, email) = (table.Column("agency_lang"), table.Column("agency_phone"), table.Column("agency_fare_url"), table.Column("agency_email"));
        while (table.Next())
        {
            draft.Agencies.Add(new GtfsAgency(
                table.Text(id) ?? "", table.Text(name)!, table.Text(url) ?? "", table.Text(timeZone)!,
                table.Text(language), table.Text(telephone), table.Text(fareUrl), table.Text(email)));
            draft.Lines.Agencies.Add(table.Line);
        }
    }
}

internal sealed class FeedInfoLoader : IFileLoader
{
    public string File => "feed_info.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (name, url, language, defaultLanguage) = (table.Column("feed_publisher_name"), table.Column("feed_publisher_url"), table.Column("feed_lang"), table.Column("default_lang"));
        var (start, end, version) = (table.Column("feed_start_date"), table.Column("feed_end_date"), table.Column("feed_version"));
        var (email, contact) = (table.Column("feed_contact_email"), table.Column("feed_contact_url"));
        while (table.Next())
        {
            draft.Lines.FeedInfo.Add(table.Line);
            draft.Info ??= new GtfsFeedInfo(
                table.Text(name)!, table.Text(url) ?? "", table.Text(language) ?? "", table.Text(defaultLanguage),
                table.Date(start), table.Date(end), table.Text(version), table.Text(email), table.Text(contact));
        }
    }
}

internal sealed class AttributionLoader : IFileLoader
{
    public string File => "attributions.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (name, url, email, telephone) = (table.Column("organization_name"), table.Column("attribution_url"), table.Column("attribution_email"), table.Column("attribution_phone"));
        var (producer, operates, authority) = (table.Column("is_producer"), table.Column("is_operator"), table.Column("is_authority"));
        while (table.Next())
        {
            draft.Attributions.Add(new GtfsAttribution(
                table.Text(name)!, table.Int(producer) == 1, table.Int(operates) == 1, table.Int(authority) == 1, table.Text(url), table.Text(email), table.Text(telephone)));
            draft.Lines.Attributions.Add(table.Line);
        }
    }
}
