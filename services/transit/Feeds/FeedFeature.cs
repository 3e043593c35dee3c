using SmartCity.Transit.Feeds.Import;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Gtfs.Notices;

namespace SmartCity.Transit.Feeds;

internal static class FeedFeature
{
    public static void AddFeeds(this IServiceCollection services)
    {
        services.AddSingleton(NoticeWording.Load());
        services.AddSingleton<LiveTimetables>();
        services.AddSingleton<LiveFeedLoader>();
        services.AddSingleton<FeedDesk>();
        // What the database holds first: the manifest's files are compared with it.
        services.AddHostedService<LiveFeedKeeper>();
        services.AddHostedService<ManifestFeedLoader>();
    }
}
