using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class RouteLoader : IFileLoader
{
    public string File => "routes.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, agency, shortName, longName, description) = (
            table.Column("route_id"), table.Column("agency_id"), table.Column("route_short_name"), table.Column("route_long_name"), table.Column("route_desc"));
        var (type, url, colour, textColour, order) = (
            table.Column("route_type"), table.Column("route_url"), table.Column("route_color"), table.Column("route_text_color"), table.Column("route_sort_order"));
        while (table.Next())
        {
            draft.Routes.Add(new GtfsRoute(
                table.Text(id)!, AgencyOf(table, agency, draft), table.Text(shortName), table.Text(longName), table.Text(description),
                table.Int(type) ?? 3, table.Text(url), table.Text(colour)?.ToUpperInvariant(), table.Text(textColour)?.ToUpperInvariant(), table.Int(order)));
            draft.Lines.Routes.Add(table.Line);
        }
    }

    // An only agency need not be named.
    private static int AgencyOf(GtfsTable table, int column, FeedDraft draft)
        => table.Reference(column) is >= 0 and var agency ? agency : draft.Agencies.Count == 1 ? 0 : -1;
}

internal sealed class TripLoader : IFileLoader
{
    public string File => "trips.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, route, service, headsign, shortName) = (
            table.Column("trip_id"), table.Column("route_id"), table.Column("service_id"), table.Column("trip_headsign"), table.Column("trip_short_name"));
        var (direction, block, shape, wheelchair, bicycles) = (
            table.Column("direction_id"), table.Column("block_id"), table.Column("shape_id"), table.Column("wheelchair_accessible"), table.Column("bikes_allowed"));
        var areServicesKnown = !draft.Context.Unreadable.Contains("calendar.txt") && !draft.Context.Unreadable.Contains("calendar_dates.txt");
        while (table.Next())
        {
            var days = draft.Services.Find(table.Span(service));
            if (days < 0)
            {
                if (areServicesKnown)
                {
                    draft.Context.Fault("foreign_key_violation", File, table.Line, "service_id", table.Span(service), "calendar.txt, calendar_dates.txt");
                }

                days = draft.Services.FindOrAdd(table.Span(service));
                draft.Lines.Services.Add(0);
            }

            draft.Trips.Add(new GtfsTrip(
                table.Text(id)!, table.Reference(route), days, table.Text(headsign), table.Text(shortName), table.Int(direction) ?? -1, table.Text(block),
                table.Reference(shape), (GtfsAccess)(table.Int(wheelchair) ?? 0), (GtfsAccess)(table.Int(bicycles) ?? 0), 0, 0, []));
            draft.Lines.Trips.Add(table.Line);
        }
    }
}
