using SmartCity.Transit.Departures;
using SmartCity.Transit.Gtfs.Model;

namespace SmartCity.Transit.Feeds.Live;

/// <summary>A feed that is being served, with what makes answers quick. It never changes.</summary>
/// <param name="name">Among the town's feeds.</param>
/// <param name="version">Of <see cref="Store.FeedVersion"/>.</param>
public sealed class LiveFeed(string name, string version, GtfsFeed feed)
{
    public string Name => name;

    public string Version => version;

    public GtfsFeed Feed => feed;

    /// <summary>Departures of every stop in order of time.</summary>
    public StopBoards Boards { get; } = StopBoards.Build(feed);

    /// <summary>Days and seconds of the feed's service days.</summary>
    public ServiceDays Days { get; } = new(feed);
}
