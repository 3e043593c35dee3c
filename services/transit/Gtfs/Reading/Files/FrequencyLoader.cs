using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class FrequencyLoader : IFileLoader
{
    public string File => "frequencies.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (trip, start, end, headway, exact) = (
            table.Column("trip_id"), table.Column("start_time"), table.Column("end_time"), table.Column("headway_secs"), table.Column("exact_times"));
        while (table.Next())
        {
            draft.Frequencies.Add(new GtfsFrequency(table.Reference(trip), table.Int(start)!.Value, table.Int(end)!.Value, table.Int(headway)!.Value, table.Int(exact) == 1));
            draft.Lines.Frequencies.Add(table.Line);
        }
    }
}

internal sealed class TransferLoader : IFileLoader
{
    public string File => "transfers.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var (fromStop, toStop, fromRoute, toRoute) = (table.Column("from_stop_id"), table.Column("to_stop_id"), table.Column("from_route_id"), table.Column("to_route_id"));
        var (fromTrip, toTrip, type, minimum) = (table.Column("from_trip_id"), table.Column("to_trip_id"), table.Column("transfer_type"), table.Column("min_transfer_time"));
        while (table.Next())
        {
            draft.Transfers.Add(new GtfsTransfer(
                table.Reference(fromStop), table.Reference(toStop), table.Reference(fromRoute), table.Reference(toRoute),
                table.Reference(fromTrip), table.Reference(toTrip), table.Int(type) ?? 0, table.Int(minimum)));
            draft.Lines.Transfers.Add(table.Line);
        }
    }
}
