namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>What riders are told of a trip.</summary>
internal sealed class TripRules : IFeedRule
{
    private const int Ferry = 4;

    public void Check(RuleContext context)
    {
        var feed = context.Feed;
        for (var index = 0; index < feed.Trips.Count; index++)
        {
            var trip = feed.Trips[index];
            if (trip.Route >= 0 && feed.Routes[trip.Route].Type == Ferry && trip.Bicycles == Model.GtfsAccess.Unknown)
            {
                context.Notices.Add("missing_bike_allowance", "trips.txt", context.Lines.Trips[index], "bikes_allowed", null, trip.Id);
            }

            if (trip is { Headsign: { } headsign, StopTimeCount: > 2 } && feed.StopTimes.Stops[trip.EndStopTime - 1] is >= 0 and var last && feed.Stops[last].Name != headsign)
            {
                for (var at = trip.FirstStopTime + 1; at < trip.EndStopTime - 1; at++)
                {
                    if (feed.StopTimes.Stops[at] is >= 0 and var stop && feed.Stops[stop].Name == headsign)
                    {
                        context.Notices.Add("trip_headsign_matches_intermediate_stop", "trips.txt", context.Lines.Trips[index], "trip_headsign", headsign, feed.Stops[stop].Id);
                        break;
                    }
                }
            }
        }
    }
}
