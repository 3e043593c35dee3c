using System.Runtime.CompilerServices;
using SmartCity.ServiceDefaults.Geography;
using SmartCity.ServiceDefaults.Names;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Stops;

/// <summary>Finds stops by what people type: any spelling, reading or language of the name, the number on the pole, or the id.</summary>
internal static class StopSearch
{
    private const string Between = "\n";
    private static readonly ConditionalWeakTable<TownTimetable, IReadOnlyList<Entry>> Indexes = [];

    /// <summary>Stops and stations, in the order of their names; entrances and nodes of stations are no places to wait at.</summary>
    public static IReadOnlyList<StopPlace> All(TownTimetable timetable) => [.. IndexOf(timetable).Select(entry => entry.Place)];

    /// <summary>Those whose name holds the text, those that begin with it first.</summary>
    public static IEnumerable<StopPlace> Find(TownTimetable timetable, string text)
    {
        var key = NameKey.Of(text);
        var entries = IndexOf(timetable);
        return key.Length == 0
            ? entries.Where(entry => entry.Place.Stop.Id == text || entry.Place.Stop.Code == text).Select(entry => entry.Place)
            : entries.Where(entry => entry.Keys.Contains(key, StringComparison.Ordinal) || entry.Place.Stop.Id == text)
                .OrderBy(entry => entry.Keys.Contains(Between + key, StringComparison.Ordinal) ? 0 : 1).Select(entry => entry.Place);
    }

    /// <summary>Those within a distance of a place, the nearest first.</summary>
    public static IEnumerable<(StopPlace Place, double Metres)> Near(IEnumerable<StopPlace> places, GeoPoint point, double radiusMetres)
        => places.Where(place => place.Stop.HasLocation)
            .Select(place => (Place: place, Metres: point.MetresTo(new GeoPoint(place.Stop.LatitudeDegrees, place.Stop.LongitudeDegrees))))
            .Where(row => row.Metres <= radiusMetres)
            .OrderBy(row => row.Metres);

    // Kept as long as the timetable is.
    private static IReadOnlyList<Entry> IndexOf(TownTimetable timetable) => Indexes.GetValue(timetable, static of =>
        [.. of.Stops.Where(place => place.Stop.LocationType is GtfsLocationType.Stop or GtfsLocationType.Station)
            .Select(place => new Entry(place, KeysOf(place)))
            .OrderBy(entry => StopWords.ReadingOf(entry.Place) ?? entry.Place.Stop.Name, StringComparer.Ordinal)
            .ThenBy(entry => entry.Place.PublicId, StringComparer.Ordinal)]);

    private static string KeysOf(StopPlace place)
    {
        var languages = place.Feed.Feed.Translations.Languages;
        var names = languages.Select(language => StopWords.NameOf(place, language)).Append(place.Stop.Name).Append(place.Stop.SpokenName ?? "").Append(place.Stop.Code ?? "");
        return Between + string.Join(Between, names.Select(NameKey.Of).Distinct(StringComparer.Ordinal));
    }

    private sealed record Entry(StopPlace Place, string Keys);
}
