using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Gtfs.Rules;

/// <summary>Stops without a fare zone where fares go by zone.</summary>
internal sealed class FareRules : IFeedRule
{
    public void Check(RuleContext context)
    {
        var feed = context.Feed;
        var zonedRoutes = feed.Fares.Rules.Where(rule => (rule.OriginZone ?? rule.DestinationZone ?? rule.ContainsZone) is not null && rule.Route >= 0).Select(rule => rule.Route).ToHashSet();
        if (zonedRoutes.Count == 0)
        {
            return;
        }

        var reported = new HashSet<int>();
        for (var at = 0; at < feed.StopTimes.Count; at++)
        {
            if (feed.StopTimes.Stops[at] is >= 0 and var stop && feed.Stops[stop] is { ZoneId: null, LocationType: GtfsLocationType.Stop }
                && zonedRoutes.Contains(feed.Trips[feed.StopTimes.Trips[at]].Route) && reported.Add(stop))
            {
                context.Notices.Add("stop_without_zone_id", "stops.txt", context.Lines.Stops[stop], "zone_id", null, feed.Stops[stop].Id);
            }
        }
    }
}
