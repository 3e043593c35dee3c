using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Stops;

/// <summary>Stops in the words of a language.</summary>
internal static class StopWords
{
    public static StopView ViewOf(TownTimetable timetable, StopPlace place, string language, double? distanceMetres = null)
    {
        var stop = place.Stop;
        return new StopView(
            place.PublicId, NameOf(place, language), ReadingOf(place), stop.Code, stop.PlatformCode, stop.Description, KindOf(stop.LocationType),
            stop.HasLocation ? stop.LatitudeDegrees : null, stop.HasLocation ? stop.LongitudeDegrees : null, StationOf(timetable, place)?.PublicId, AccessOf(WheelchairOf(place)),
            stop.ZoneId, place.Feed.Name, distanceMetres is { } metres ? Math.Round(metres) : null);
    }

    public static string NameOf(StopPlace place, string language)
        => place.Feed.Feed.Translations.Find("stops", "stop_name", place.Stop.Id, place.Stop.Name, language) ?? place.Stop.Name;

    public static string? ReadingOf(StopPlace place)
        => place.Feed.Feed.Translations.Find("stops", "stop_name", place.Stop.Id, place.Stop.Name, "ja-Hira") ?? place.Stop.SpokenName;

    public static StopPlace? StationOf(TownTimetable timetable, StopPlace place)
        => place.Stop.Parent >= 0 ? timetable.FindStop($"{place.Feed.Name}:{place.Feed.Feed.Stops[place.Stop.Parent].Id}") : null;

    /// <summary>A platform that says nothing is as its station (GTFS Schedule reference, <c>wheelchair_boarding</c>).</summary>
    public static GtfsAccess WheelchairOf(StopPlace place)
        => place.Stop is { Wheelchair: GtfsAccess.Unknown, Parent: >= 0 and var parent } ? place.Feed.Feed.Stops[parent].Wheelchair : place.Stop.Wheelchair;

    public static string AccessOf(GtfsAccess access) => access switch
    {
        GtfsAccess.Possible => "possible",
        GtfsAccess.Impossible => "impossible",
        _ => "unknown",
    };

    private static string KindOf(GtfsLocationType type) => type switch
    {
        GtfsLocationType.Station => "station",
        GtfsLocationType.Entrance => "entrance",
        GtfsLocationType.Node => "node",
        GtfsLocationType.BoardingArea => "boardingArea",
        _ => "stop",
    };
}
