using System.Collections.Frozen;

namespace SmartCity.Transit.Gtfs.Model;

/// <summary>
/// One GTFS Schedule dataset, read and compact (https://gtfs.org/documentation/schedule/reference/). It never changes; entities
/// are known by their place in their list, and every reference between them is such an index (-1 for none).
/// </summary>
public sealed class GtfsFeed
{
    private readonly FrozenDictionary<string, int> _stopIndexes;
    private readonly FrozenDictionary<string, int> _routeIndexes;
    private readonly FrozenDictionary<string, int> _tripIndexes;

    internal GtfsFeed(GtfsParts parts)
    {
        Agencies = parts.Agencies;
        Stops = parts.Stops;
        Routes = parts.Routes;
        Trips = parts.Trips;
        StopTimes = parts.StopTimes;
        Services = parts.Services;
        Shapes = parts.Shapes;
        Frequencies = parts.Frequencies;
        Transfers = parts.Transfers;
        Levels = parts.Levels;
        Pathways = parts.Pathways;
        Fares = parts.Fares;
        Translations = parts.Translations;
        Info = parts.Info;
        Attributions = parts.Attributions;
        Flex = parts.Flex;
        Japan = parts.Japan;
        TimeZone = parts.TimeZone;
        _stopIndexes = IndexBy(Stops, stop => stop.Id);
        _routeIndexes = IndexBy(Routes, route => route.Id);
        _tripIndexes = IndexBy(Trips, trip => trip.Id);
    }

    public IReadOnlyList<GtfsAgency> Agencies { get; }

    public IReadOnlyList<GtfsStop> Stops { get; }

    public IReadOnlyList<GtfsRoute> Routes { get; }

    public IReadOnlyList<GtfsTrip> Trips { get; }

    /// <summary>Of all trips, those of one trip together and by rising <c>stop_sequence</c>.</summary>
    public GtfsStopTimes StopTimes { get; }

    public IReadOnlyList<GtfsService> Services { get; }

    public IReadOnlyList<GtfsShape> Shapes { get; }

    public IReadOnlyList<GtfsFrequency> Frequencies { get; }

    public IReadOnlyList<GtfsTransfer> Transfers { get; }

    public IReadOnlyList<GtfsLevel> Levels { get; }

    public IReadOnlyList<GtfsPathway> Pathways { get; }

    public GtfsFares Fares { get; }

    public GtfsTranslations Translations { get; }

    /// <summary>The first row of feed_info.txt, or null.</summary>
    public GtfsFeedInfo? Info { get; }

    public IReadOnlyList<GtfsAttribution> Attributions { get; }

    public GtfsFlex Flex { get; }

    /// <summary>The files that GTFS-JP adds.</summary>
    public GtfsJapan Japan { get; }

    /// <summary>Of the agencies; every time of the feed is in it (<c>stop_timezone</c> does not shift stop times).</summary>
    public TimeZoneInfo TimeZone { get; }

    /// <summary>Index of a stop by its <c>stop_id</c>, or -1.</summary>
    public int StopIndex(string id) => _stopIndexes.GetValueOrDefault(id, -1);

    /// <summary>Index of a route by its <c>route_id</c>, or -1.</summary>
    public int RouteIndex(string id) => _routeIndexes.GetValueOrDefault(id, -1);

    /// <summary>Index of a trip by its <c>trip_id</c>, or -1.</summary>
    public int TripIndex(string id) => _tripIndexes.GetValueOrDefault(id, -1);

    // Of a duplicate the first counts, as a notice says.
    private static FrozenDictionary<string, int> IndexBy<T>(IReadOnlyList<T> items, Func<T, string> id)
    {
        var indexes = new Dictionary<string, int>(items.Count, StringComparer.Ordinal);
        for (var index = 0; index < items.Count; index++)
        {
            indexes.TryAdd(id(items[index]), index);
        }

        return indexes.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
