using System.Globalization;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>transfers.txt.</summary>
internal sealed class TransferRules : IFeedRule
{
    private const string File = "transfers.txt";
    private const double NotableMetres = 2000;
    private const double FarMetres = 10_000;

    public void Check(RuleContext context)
    {
        for (var index = 0; index < context.Feed.Transfers.Count; index++)
        {
            var (transfer, line) = (context.Feed.Transfers[index], context.Lines.Transfers[index]);
            CheckEnd(context, transfer, line, "from", transfer.FromStop, transfer.FromRoute, transfer.FromTrip);
            CheckEnd(context, transfer, line, "to", transfer.ToStop, transfer.ToRoute, transfer.ToTrip);
            CheckDistance(context, transfer, line);
            if (transfer is { Type: 4 or 5, FromTrip: >= 0, ToTrip: >= 0 } && TypeOf(context.Feed, transfer.FromTrip) != TypeOf(context.Feed, transfer.ToTrip))
            {
                context.Notices.Add("inconsistent_route_type_for_in_seat_transfer", File, line, "to_trip_id", context.Feed.Trips[transfer.ToTrip].Id);
            }
        }
    }

    private static void CheckEnd(RuleContext context, GtfsTransfer transfer, int line, string end, int stop, int route, int trip)
    {
        var feed = context.Feed;
        var isInSeat = transfer.Type is 4 or 5;
        if (stop < 0 && !isInSeat)
        {
            context.Notices.AddHarmless("missing_required_field", File, line, end + "_stop_id");
        }

        if (trip < 0)
        {
            if (isInSeat)
            {
                context.Notices.AddHarmless("missing_required_field", File, line, end + "_trip_id");
            }
        }
        else if (route >= 0 && feed.Trips[trip].Route != route)
        {
            context.Notices.Add("transfer_with_invalid_trip_and_route", File, line, end + "_route_id", feed.Routes[route].Id, feed.Trips[trip].Id);
        }

        if (stop >= 0)
        {
            CheckStop(context, line, end, stop, trip, isInSeat);
        }
    }

    private static void CheckStop(RuleContext context, int line, string end, int stop, int trip, bool isInSeat)
    {
        var feed = context.Feed;
        if (feed.Stops[stop].LocationType is not (GtfsLocationType.Stop or GtfsLocationType.Station) || (isInSeat && feed.Stops[stop].LocationType == GtfsLocationType.Station))
        {
            context.Notices.Add("transfer_with_invalid_stop_location_type", File, line, end + "_stop_id", feed.Stops[stop].Id);
        }

        if (trip < 0 || feed.Trips[trip].StopTimeCount == 0)
        {
            return;
        }

        var of = feed.Trips[trip];
        var visited = feed.StopTimes.Stops[of.FirstStopTime..of.EndStopTime];
        if (!Array.Exists(visited, visit => visit == stop || (visit >= 0 && feed.Stops[visit].Parent == stop)))
        {
            context.Notices.Add("transfer_with_invalid_trip_and_stop", File, line, end + "_stop_id", feed.Stops[stop].Id, of.Id);
        }
        else if (isInSeat && (end == "from" ? visited[^1] : visited[0]) != stop)
        {
            context.Notices.Add("transfer_with_suspicious_mid_trip_in_seat", File, line, end + "_stop_id", feed.Stops[stop].Id, of.Id);
        }
    }

    private static void CheckDistance(RuleContext context, GtfsTransfer transfer, int line)
    {
        if (transfer.FromStop < 0 || transfer.ToStop < 0 || context.Feed.Stops[transfer.FromStop] is not { HasLocation: true } from || context.Feed.Stops[transfer.ToStop] is not { HasLocation: true } to)
        {
            return;
        }

        var metres = new GeoPoint(from.LatitudeDegrees, from.LongitudeDegrees).MetresTo(new GeoPoint(to.LatitudeDegrees, to.LongitudeDegrees));
        if (metres > NotableMetres)
        {
            context.Notices.Add(metres > FarMetres ? "transfer_distance_too_large" : "transfer_distance_above_2_km", File, line, "to_stop_id", to.Id,
                string.Create(CultureInfo.InvariantCulture, $"{metres / 1000:0.0}"));
        }
    }

    private static int TypeOf(GtfsFeed feed, int trip) => feed.Routes[feed.Trips[trip].Route].Type;
}
