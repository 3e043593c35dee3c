using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Stops;

/// <summary>Which routes stop where.</summary>
internal static class StopRoutes
{
    /// <summary>Of a stop, or of a station's stops together, in the feed's order.</summary>
    public static IReadOnlyList<StopRouteView> Of(StopPlace place)
    {
        var feed = place.Feed.Feed;
        var members = MembersOf(place).ToHashSet();
        var routes = new SortedSet<int>();
        for (var at = 0; at < feed.StopTimes.Count; at++)
        {
            if (members.Contains(feed.StopTimes.Stops[at]))
            {
                routes.Add(feed.Trips[feed.StopTimes.Trips[at]].Route);
            }
        }

        return [.. routes.OrderBy(route => feed.Routes[route].SortOrder ?? int.MaxValue).Select(route => feed.Routes[route])
            .Select(route => new StopRouteView(route.Id, route.DisplayName, route.Colour, route.TextColour))];
    }

    /// <summary>The stop itself, or the stops of a station.</summary>
    public static IReadOnlyList<int> MembersOf(StopPlace place)
    {
        if (place.Stop.LocationType != GtfsLocationType.Station)
        {
            return [place.StopIndex];
        }

        var stops = place.Feed.Feed.Stops;
        return [.. Enumerable.Range(0, stops.Count).Where(stop => stops[stop].Parent == place.StopIndex)];
    }
}
