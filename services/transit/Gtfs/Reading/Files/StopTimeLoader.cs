using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

internal sealed class StopTimeLoader : IFileLoader
{
    public string File => "stop_times.txt";

    public void Load(GtfsTable table, FeedDraft draft)
    {
        var columns = new StopTimeFields(table);
        var flexRules = new FlexStopTimeCheck(columns, draft.Context);
        var hasTimepoints = draft.Context.Columns.Contains("stop_times.txt.timepoint");
        var (lastTrip, lastSequence) = (-1, -1);
        while (table.Next())
        {
            var trip = table.Reference(columns.Trip);
            var sequence = table.Int(columns.Sequence)!.Value;
            if (trip == lastTrip && sequence < lastSequence)
            {
                draft.Context.Notices.Add("unsorted_stop_times", File, table.Line, "stop_sequence", sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            (lastTrip, lastSequence) = (trip, sequence);
            var timepoint = table.Int(columns.Timepoint);
            CheckTimes(table, columns, timepoint, hasTimepoints, draft.Context);
            var flex = flexRules.Read(table);
            draft.StopTimes.Add(
                new StopTimeRow(
                    trip, table.Reference(columns.Stop), sequence,
                    table.Int(columns.Arrival) ?? GtfsStopTimes.NoTime, table.Int(columns.Departure) ?? GtfsStopTimes.NoTime,
                    draft.StopTimes.HeadsignIndex(table.Text(columns.Headsign)),
                    (byte)(table.Int(columns.Pickup) ?? 0), (byte)(table.Int(columns.DropOff) ?? 0),
                    (float)(table.Real(columns.Distance) ?? double.NaN), (sbyte)(timepoint ?? -1), table.Line),
                flex);
        }
    }

    private static void CheckTimes(GtfsTable table, StopTimeFields columns, int? timepoint, bool hasTimepoints, ReadingContext context)
    {
        var (hasArrival, hasDeparture) = (table.Has(columns.Arrival), table.Has(columns.Departure));
        if (hasArrival != hasDeparture)
        {
            var given = hasArrival ? "arrival_time" : "departure_time";
            context.Fault("stop_time_with_only_arrival_or_departure_time", "stop_times.txt", table.Line, given, table.Span(hasArrival ? columns.Arrival : columns.Departure));
        }

        if (timepoint == 1 && !(hasArrival && hasDeparture))
        {
            context.Fault("stop_time_timepoint_without_times", "stop_times.txt", table.Line, hasArrival ? "departure_time" : "arrival_time");
        }

        if (hasTimepoints && timepoint is null && (hasArrival || hasDeparture))
        {
            context.Notices.Add("missing_timepoint_value", "stop_times.txt", table.Line, "timepoint");
        }

        if (hasArrival && hasDeparture && table.Int(columns.Arrival) > table.Int(columns.Departure))
        {
            context.Fault("start_and_end_range_out_of_order", "stop_times.txt", table.Line, "departure_time", table.Span(columns.Departure), table.Span(columns.Arrival).ToString());
        }

        if (table.Int(columns.Arrival) > 2 * 86400 || table.Int(columns.Departure) > 2 * 86400)
        {
            context.Notices.Add("time_after_second_midnight", "stop_times.txt", table.Line, "arrival_time", table.Text(hasArrival ? columns.Arrival : columns.Departure));
        }
    }
}

/// <summary>Places of the columns.</summary>
internal sealed class StopTimeFields(GtfsTable table)
{
    public int Trip { get; } = table.Column("trip_id");

    public int Arrival { get; } = table.Column("arrival_time");

    public int Departure { get; } = table.Column("departure_time");

    public int Stop { get; } = table.Column("stop_id");

    public int Group { get; } = table.Column("location_group_id");

    public int Location { get; } = table.Column("location_id");

    public int Sequence { get; } = table.Column("stop_sequence");

    public int Headsign { get; } = table.Column("stop_headsign");

    public int WindowStart { get; } = table.Column("start_pickup_drop_off_window");

    public int WindowEnd { get; } = table.Column("end_pickup_drop_off_window");

    public int Pickup { get; } = table.Column("pickup_type");

    public int DropOff { get; } = table.Column("drop_off_type");

    public int ContinuousPickup { get; } = table.Column("continuous_pickup");

    public int ContinuousDropOff { get; } = table.Column("continuous_drop_off");

    public int Distance { get; } = table.Column("shape_dist_traveled");

    public int Timepoint { get; } = table.Column("timepoint");

    public int PickupRule { get; } = table.Column("pickup_booking_rule_id");

    public int DropOffRule { get; } = table.Column("drop_off_booking_rule_id");
}
