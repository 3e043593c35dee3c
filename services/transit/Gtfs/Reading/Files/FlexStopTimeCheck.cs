using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Reading.Files;

/// <summary>What GTFS-Flex adds to a row of stop_times.txt, and the fields that exclude each other there.</summary>
internal sealed class FlexStopTimeCheck(StopTimeFields columns, ReadingContext context)
{
    private const string File = "stop_times.txt";

    /// <summary>The demand-responsive part, or null for an ordinary stop time.</summary>
    public GtfsFlexStopTime? Read(GtfsTable table)
    {
        var (hasStop, hasGroup, hasLocation) = (table.Has(columns.Stop), table.Has(columns.Group), table.Has(columns.Location));
        var (hasStart, hasEnd) = (table.Has(columns.WindowStart), table.Has(columns.WindowEnd));
        CheckPlace(table, table.IsGiven(columns.Stop), table.IsGiven(columns.Group), table.IsGiven(columns.Location));
        if (hasStart || hasEnd)
        {
            CheckWindow(table, hasStart, hasEnd);
        }

        CheckBooking(table);
        if (!(hasGroup || hasLocation || hasStart || hasEnd || table.Has(columns.PickupRule) || table.Has(columns.DropOffRule)))
        {
            return null;
        }

        var zone = hasLocation ? context.Ids(GeoJsonReader.Target).Find(table.Span(columns.Location)) : -1;
        if (hasLocation && zone < 0 && !context.Unreadable.Contains(GeoJsonReader.File))
        {
            context.Fault("foreign_key_violation", File, table.Line, "location_id", table.Span(columns.Location), GeoJsonReader.File);
        }

        return new GtfsFlexStopTime(
            zone, table.Reference(columns.Group), table.Int(columns.WindowStart), table.Int(columns.WindowEnd), table.Reference(columns.PickupRule), table.Reference(columns.DropOffRule));
    }

    private void CheckPlace(GtfsTable table, bool hasStop, bool hasGroup, bool hasLocation)
    {
        var places = (hasStop ? 1 : 0) + (hasGroup ? 1 : 0) + (hasLocation ? 1 : 0);
        if (places > 1)
        {
            context.Fault("forbidden_geography_id", File, table.Line, "stop_id", table.Span(columns.Stop));
        }
        else if (places == 0)
        {
            context.Fault("missing_required_field", File, table.Line, "stop_id");
        }

        if (!hasStop && places > 0 && table.Has(columns.Distance))
        {
            context.Fault("forbidden_shape_dist_traveled", File, table.Line, "shape_dist_traveled", table.Span(columns.Distance));
        }
    }

    private void CheckWindow(GtfsTable table, bool hasStart, bool hasEnd)
    {
        if (table.Has(columns.Arrival) || table.Has(columns.Departure))
        {
            context.Fault("forbidden_arrival_or_departure_time", File, table.Line, "arrival_time", table.Span(table.Has(columns.Arrival) ? columns.Arrival : columns.Departure));
        }

        if (!hasStart || !hasEnd)
        {
            context.Fault("missing_pickup_or_drop_off_window", File, table.Line, hasStart ? "end_pickup_drop_off_window" : "start_pickup_drop_off_window");
        }
        else if (table.Int(columns.WindowStart) >= table.Int(columns.WindowEnd))
        {
            context.Fault("invalid_pickup_drop_off_window", File, table.Line, "end_pickup_drop_off_window", table.Span(columns.WindowEnd), table.Span(columns.WindowStart).ToString());
        }

        if ((table.Int(columns.Pickup) ?? 0) is 0 or 3)
        {
            context.Fault("forbidden_pickup_type", File, table.Line, "pickup_type", table.Span(columns.Pickup));
        }

        if ((table.Int(columns.DropOff) ?? 0) == 0)
        {
            context.Fault("forbidden_drop_off_type", File, table.Line, "drop_off_type", table.Span(columns.DropOff));
        }

        if (table.Int(columns.ContinuousPickup) is 0 or 2 or 3 || table.Int(columns.ContinuousDropOff) is 0 or 2 or 3)
        {
            context.Fault("forbidden_continuous_pickup_drop_off", File, table.Line, "continuous_pickup", table.Span(columns.ContinuousPickup));
        }
    }

    private void CheckBooking(GtfsTable table)
    {
        if (table.Int(columns.Pickup) == 2 && !table.Has(columns.PickupRule))
        {
            context.Notices.Add("missing_pickup_drop_off_booking_rule_id", File, table.Line, "pickup_booking_rule_id");
        }

        if (table.Int(columns.DropOff) == 2 && !table.Has(columns.DropOffRule))
        {
            context.Notices.Add("missing_pickup_drop_off_booking_rule_id", File, table.Line, "drop_off_booking_rule_id");
        }
    }
}
