using System.Globalization;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class FareLoader : IFileLoader
{
    public string File => "fare_attributes.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (id, price, currency, payment) = (table.Column("fare_id"), table.Column("price"), table.Column("currency_type"), table.Column("payment_method"));
        var (transfers, agency, duration) = (table.Column("transfers"), table.Column("agency_id"), table.Column("transfer_duration"));
        while (table.Next())
        {
            // As written: a fare of 0.1 is no binary fraction.
            var amount = decimal.TryParse(table.Span(price), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : 0;
            draft.Fares.Add(new GtfsFare(
                table.Text(id)!, amount, table.Text(currency) ?? "", table.Int(payment) == 1, table.Int(transfers), table.Reference(agency), table.Int(duration)));
        }
    }
}

internal sealed class FareRuleLoader : IFileLoader
{
    public string File => "fare_rules.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (fare, route) = (table.Column("fare_id"), table.Column("route_id"));
        var (origin, destination, contains) = (table.Column("origin_id"), table.Column("destination_id"), table.Column("contains_id"));
        while (table.Next())
        {
            draft.FareRules.Add(new GtfsFareRule(table.Reference(fare), table.Reference(route), table.Text(origin), table.Text(destination), table.Text(contains)));
        }
    }
}
