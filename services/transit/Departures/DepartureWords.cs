using System.Globalization;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs.Model;
using SmartCity.Transit.Stops;

namespace SmartCity.Transit.Departures;

/// <summary>Departures in the words of a language.</summary>
internal static class DepartureWords
{
    public static DepartureView ViewOf(TownTimetable timetable, Departure departure, DepartureStatus? status, string language)
    {
        var feed = departure.Feed.Feed;
        var trip = feed.Trips[departure.Trip];
        var route = feed.Routes[trip.Route];
        var place = timetable.FindStop($"{departure.Feed.Name}:{feed.Stops[feed.StopTimes.Stops[departure.StopTime]].Id}")!;
        var sequence = feed.StopTimes.Sequences[departure.StopTime];
        return new DepartureView(
            IdOf(departure, trip, sequence), StateOf(status?.State ?? DepartureState.Scheduled), status?.Predicted ?? departure.Scheduled, departure.Scheduled, status?.Predicted,
            status?.AgeSeconds, status?.Confidence, feed.StopTimes.IsExact[departure.StopTime] && departure.HeadwaySeconds is null, departure.HeadwaySeconds, departure.ServiceDate,
            trip.Id, route.Id, RouteOf(feed, route, language), route.Type, route.Colour, route.TextColour, HeadsignOf(feed, trip, departure.StopTime, language), place.PublicId, sequence,
            place.Stop.PlatformCode, PickupOf(feed.StopTimes.PickupTypes[departure.StopTime]), BookingOf(feed, trip, departure.StopTime), WheelchairOf(place, trip), status?.Crowding, status?.Note,
            status?.VehicleId, AgencyOf(feed, route, language), departure.Feed.Name);
    }

    /// <summary>The stop's own headsign, or the trip's, or else where the trip ends.</summary>
    public static string HeadsignOf(GtfsFeed feed, GtfsTrip trip, int stopTime, string language)
    {
        var texts = feed.Translations;
        if (feed.StopTimes.HeadsignOf(stopTime) is { } own)
        {
            var sequence = feed.StopTimes.Sequences[stopTime].ToString(CultureInfo.InvariantCulture);
            return texts.Find("stop_times", "stop_headsign", trip.Id, own, language, sequence) ?? own;
        }

        if (trip.Headsign is { } headsign)
        {
            return texts.Find("trips", "trip_headsign", trip.Id, headsign, language) ?? headsign;
        }

        var last = feed.StopTimes.Stops[trip.EndStopTime - 1];
        return last < 0 ? "" : texts.Find("stops", "stop_name", feed.Stops[last].Id, feed.Stops[last].Name, language) ?? feed.Stops[last].Name;
    }

    /// <summary>What riders call a trip's route, and where it goes.</summary>
    public static (string Route, string Headsign) NamesOf(GtfsFeed feed, int trip, string language)
        => (RouteOf(feed, feed.Routes[feed.Trips[trip].Route], language), HeadsignOf(feed, feed.Trips[trip], feed.Trips[trip].FirstStopTime, language));

    public static string RouteOf(GtfsFeed feed, GtfsRoute route, string language)
        => route.ShortName is { } shortName
            ? feed.Translations.Find("routes", "route_short_name", route.Id, shortName, language) ?? shortName
            : route.LongName is { } longName ? feed.Translations.Find("routes", "route_long_name", route.Id, longName, language) ?? longName : route.Id;

    private static string AgencyOf(GtfsFeed feed, GtfsRoute route, string language)
    {
        if (route.Agency < 0)
        {
            return "";
        }

        var agency = feed.Agencies[route.Agency];
        return feed.Translations.Find("agency", "agency_name", agency.Id, agency.Name, language) ?? agency.Name;
    }

    private static string IdOf(Departure departure, GtfsTrip trip, int sequence)
        => string.Create(CultureInfo.InvariantCulture, $"{departure.Feed.Name}:{trip.Id}:{departure.ServiceDate:yyyyMMdd}{(departure.StartSeconds is { } start ? $":{start}" : "")}:{sequence}");

    private static string StateOf(DepartureState state) => state switch
    {
        DepartureState.Predicted => "predicted",
        DepartureState.Cancelled => "cancelled",
        DepartureState.Unconfirmed => "unconfirmed",
        _ => "scheduled",
    };

    private static string PickupOf(byte type) => type switch
    {
        2 => "telephoneAgency",
        3 => "askDriver",
        _ => "regular",
    };

    private static BookingView? BookingOf(GtfsFeed feed, GtfsTrip trip, int stopTime)
    {
        if (feed.Flex.StopTimes.TryGetValue(stopTime, out var flex) && flex.PickupRule >= 0)
        {
            var rule = feed.Flex.BookingRules[flex.PickupRule];
            return new BookingView(rule.PickupMessage ?? rule.Message, rule.Telephone, rule.BookingUrl ?? rule.InfoUrl);
        }

        // Many feeds say "telephone the agency" and leave it to the rider to know the number.
        return feed.StopTimes.PickupTypes[stopTime] == 2 && feed.Routes[trip.Route].Agency is >= 0 and var agency && feed.Agencies[agency].Telephone is { } telephone
            ? new BookingView(null, telephone, null)
            : null;
    }

    private static string WheelchairOf(StopPlace place, GtfsTrip trip)
    {
        var stop = StopWords.WheelchairOf(place);
        var worse = stop == GtfsAccess.Impossible || trip.Wheelchair == GtfsAccess.Impossible ? GtfsAccess.Impossible
            : stop == GtfsAccess.Possible && trip.Wheelchair == GtfsAccess.Possible ? GtfsAccess.Possible : GtfsAccess.Unknown;
        return StopWords.AccessOf(worse);
    }
}
