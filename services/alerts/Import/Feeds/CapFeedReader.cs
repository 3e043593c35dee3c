using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Retries;

namespace SmartCity.Alerts.Import.Feeds;

/// <summary>Reads each feed once, where its turn has come. One that failed is left alone for a while, and says why in the list of feeds.</summary>
public sealed class CapFeedReader(CapFeedClient client, CapFeedInbox inbox, IOptions<CapFeedOptions> options, TimeProvider clock, ILogger<CapFeedReader> log)
{
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(10));

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var feed in options.Value.Feeds.Select(feed => feed.Address!).Distinct())
        {
            var state = await inbox.StateAsync(feed, cancellationToken);
            if (state?.NextTry is null || state.NextTry <= clock.GetUtcNow())
            {
                await ReadAsync(feed, state, cancellationToken);
            }
        }
    }

    // What is wrong with one feed is no matter of the others; a database that is away concerns them all.
    private async Task ReadAsync(Uri feed, CapFeedState? state, CancellationToken cancellationToken)
    {
        try
        {
            if (await client.GetAsync(feed, new FeedAbout(state?.ETag, state?.LastModified), cancellationToken) is not var (content, about))
            {
                await inbox.LookedAsync(feed, fault: null, TimeSpan.Zero, cancellationToken);
                return;
            }

            log.FeedRead(feed, await inbox.AddAsync(feed, FeedEntries.Read(content), about, cancellationToken));
        }
        catch (Exception exception) when (!exception.IsDatabaseAway() && !cancellationToken.IsCancellationRequested)
        {
            var pause = Pauses.After((state?.Failures ?? 0) + 1);
            // The outer one of a refused row says nothing.
            var why = exception is DbUpdateException ? exception.GetBaseException().Message : exception.Message;
            await inbox.LookedAsync(feed, why, pause, cancellationToken);
            log.FeedNotRead(feed, why, pause);
        }
    }
}
