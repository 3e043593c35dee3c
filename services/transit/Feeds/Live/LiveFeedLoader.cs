using Microsoft.EntityFrameworkCore;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Data;
using SmartCity.Transit.Gtfs;

namespace SmartCity.Transit.Feeds.Live;

/// <summary>Brings what is served to what the database says is live, one town at a time.</summary>
public sealed class LiveFeedLoader(IServiceScopeFactory scopes, LiveTimetables timetables, TimeProvider clock, ILogger<LiveFeedLoader> log) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="fresh">A version that was just read, so that it need not be read again.</param>
    public async Task RefreshAsync(string municipality, LiveFeed? fresh, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = municipality;
            var database = scope.ServiceProvider.GetRequiredService<TransitDbContext>();
            var wanted = await database.FeedVersions.AsNoTracking().Where(row => row.IsLive).OrderBy(row => row.Feed)
                .Select(row => new { row.Feed, row.Version }).ToListAsync(cancellationToken);
            var served = timetables.Of(municipality).Feeds;
            if (wanted.Select(row => row.Version).SequenceEqual(served.Select(feed => feed.Version), StringComparer.Ordinal))
            {
                return;
            }

            var feeds = new List<LiveFeed>();
            foreach (var row in wanted)
            {
                var known = served.Append(fresh).FirstOrDefault(feed => feed?.Version == row.Version);
                if ((known ?? await ReadAsync(database, municipality, row.Feed, row.Version, cancellationToken)) is { } feed)
                {
                    feeds.Add(feed);
                }
            }

            timetables.Set(new TownTimetable(municipality, feeds));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<LiveFeed?> ReadAsync(TransitDbContext database, string municipality, string feed, string version, CancellationToken cancellationToken)
    {
        var zip = await database.FeedContents.AsNoTracking().Where(row => row.Version == version).Select(row => row.Zip).FirstOrDefaultAsync(cancellationToken);
        var reading = zip is null ? null : FeedReader.Read(new MemoryStream(zip, writable: false), clock.GetUtcNow());
        if (reading?.Feed is null)
        {
            log.LiveFeedUnreadable(municipality, feed, version);
            return null;
        }

        return new LiveFeed(feed, version, reading.Feed);
    }
}
