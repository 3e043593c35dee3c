using System.Collections.Frozen;

namespace SmartCity.Transit.Feeds.Live;

/// <summary>All live feeds of a town together. It never changes: a new version is a new one of these.</summary>
public sealed class TownTimetable
{
    private readonly FrozenDictionary<string, StopPlace> _stops;

    public TownTimetable(string municipality, IReadOnlyList<LiveFeed> feeds)
    {
        Municipality = municipality;
        Feeds = [.. feeds.OrderBy(feed => feed.Name, StringComparer.Ordinal)];
        var places = Feeds.SelectMany(feed => Enumerable.Range(0, feed.Feed.Stops.Count).Select(stop => new StopPlace(feed, stop))).ToList();
        var shared = places.GroupBy(place => place.Stop.Id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        var stops = new Dictionary<string, StopPlace>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            var full = $"{place.Feed.Name}:{place.Stop.Id}";
            stops.TryAdd(full, place with { PublicId = shared.Contains(place.Stop.Id) ? full : place.Stop.Id });
        }

        // An id alone names its stop as long as no other feed of the town has the same.
        Stops = [.. stops.Values];
        foreach (var place in Stops.Where(place => !shared.Contains(place.Stop.Id)))
        {
            stops.TryAdd(place.Stop.Id, place);
        }

        _stops = stops.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public string Municipality { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<LiveFeed> Feeds { get; }

    /// <summary>Every stop, station, entrance and node.</summary>
    public IReadOnlyList<StopPlace> Stops { get; }

    /// <summary>A stop by its id, or by <c>{feed}:{id}</c>; null where there is none.</summary>
    public StopPlace? FindStop(string id) => _stops.GetValueOrDefault(id);

    public LiveFeed? FindFeed(string name) => Feeds.FirstOrDefault(feed => feed.Name == name);
}

/// <summary>A stop of one of the town's feeds.</summary>
/// <param name="StopIndex">In the feed.</param>
public sealed record StopPlace(LiveFeed Feed, int StopIndex)
{
    /// <summary>As URLs name it.</summary>
    public string PublicId { get; init; } = "";

    public Gtfs.Model.GtfsStop Stop => Feed.Feed.Stops[StopIndex];
}
