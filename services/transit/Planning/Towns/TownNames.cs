using SmartCity.Transit.Departures;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Planning.Answers;
using SmartCity.Transit.Planning.Timetables;
using SmartCity.Transit.Stops;

namespace SmartCity.Transit.Planning.Towns;

/// <summary>Names out of the feeds themselves, at the moment they are asked for, so that no language takes memory.</summary>
/// <param name="feeds">In the order of their trips.</param>
/// <param name="places">By stop of the timetable.</param>
internal sealed class TownNames(TownTimetable town, IReadOnlyList<PlannedFeed> feeds, StopPlace[] places) : ITownNames
{
    public IReadOnlyList<PlannedFeed> Feeds => feeds;

    public TownPlace? Find(string id, string language)
    {
        if (town.FindStop(id) is not { } place || StopsOf(place) is not { Length: > 0 } stops)
        {
            return null;
        }

        var at = place.Stop.HasLocation ? place.Stop : places[stops[0]].Stop;
        return new TownPlace(place.PublicId, StopWords.NameOf(place, language), at.LatitudeDegrees, at.LongitudeDegrees, stops);
    }

    /// <summary>Stops that an id of the town stands for; none where it is unknown.</summary>
    public int[] StopsOf(string id) => town.FindStop(id) is { } place ? StopsOf(place) : [];

    public (string Id, string Name) Stop(int stop, string language) => (places[stop].PublicId, StopWords.NameOf(places[stop], language));

    public string? ZoneOf(int stop) => places[stop].Stop.ZoneId;

    public TownTrip Trip(int trip, int call, string language)
    {
        var planned = FeedOf(trip);
        var feed = planned.Feed;
        var own = feed.Trips[trip - planned.FirstTrip];
        var route = feed.Routes[own.Route];
        var headsign = DepartureWords.HeadsignOf(feed, own, planned.StopTimeOf(trip - planned.FirstTrip, call), language);
        return new TownTrip(
            own.Id, planned.Live.Name, route.Id, DepartureWords.RouteOf(feed, route, language), headsign.Length == 0 ? null : headsign, (Accessibility)own.Wheelchair,
            route.Agency >= 0 ? feed.Agencies[route.Agency].Id : null);
    }

    /// <summary>A trip by its id, or by <c>{feed}:{id}</c>; null where none or several feeds have it.</summary>
    public (PlannedFeed Feed, int Trip)? FindTrip(string id)
    {
        (PlannedFeed, int)? found = null;
        foreach (var feed in feeds)
        {
            if (id.Length > feed.Live.Name.Length + 1 && id[feed.Live.Name.Length] == ':' && id.StartsWith(feed.Live.Name, StringComparison.Ordinal)
                && feed.Feed.TripIndex(id[(feed.Live.Name.Length + 1)..]) is >= 0 and var named)
            {
                return (feed, named);
            }

            if (feed.Feed.TripIndex(id) is >= 0 and var trip)
            {
                if (found is not null)
                {
                    // A prediction of another feed's trip would be worse than none.
                    return null;
                }

                found = (feed, trip);
            }
        }

        return found;
    }

    private int[] StopsOf(StopPlace place)
    {
        foreach (var feed in feeds)
        {
            if (ReferenceEquals(feed.Live, place.Feed))
            {
                return feed.StopsOf(place.StopIndex);
            }
        }

        return [];
    }

    private PlannedFeed FeedOf(int trip)
    {
        var at = feeds.Count - 1;
        while (feeds[at].FirstTrip > trip)
        {
            at--;
        }

        return feeds[at];
    }
}
