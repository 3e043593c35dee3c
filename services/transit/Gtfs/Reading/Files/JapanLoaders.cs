using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class JapanAgencyLoader : IFileLoader
{
    public string File => "agency_jp.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, name, zip) = (table.Column("agency_id"), table.Column("agency_official_name"), table.Column("agency_zip_number"));
        var (address, position, president) = (table.Column("agency_address"), table.Column("agency_president_pos"), table.Column("agency_president_name"));
        while (table.Next())
        {
            draft.JapanAgencies.Add(new GtfsJapanAgency(table.Text(id)!, table.Text(name), table.Text(zip), table.Text(address), table.Text(position), table.Text(president)));
        }
    }
}

internal sealed class JapanOfficeLoader : IFileLoader
{
    public string File => "office_jp.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, name, url, telephone) = (table.Column("office_id"), table.Column("office_name"), table.Column("office_url"), table.Column("office_phone"));
        while (table.Next())
        {
            draft.JapanOffices.Add(new GtfsJapanOffice(table.Text(id)!, table.Text(name), table.Text(url), table.Text(telephone)));
        }
    }
}

/// <summary>The two forms of one thing: routes_jp.txt until 2021, pattern_jp.txt since.</summary>
internal sealed class JapanRouteLoader(string file, string key) : IFileLoader
{
    public string File => file;

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, date, origin, via, destination) = (
            table.Column(key), table.Column("route_update_date"), table.Column("origin_stop"), table.Column("via_stop"), table.Column("destination_stop"));
        while (table.Next())
        {
            draft.JapanRoutes.Add(new GtfsJapanRoute(table.Text(id)!, table.Text(date), table.Text(origin), table.Text(via), table.Text(destination)));
        }
    }
}
