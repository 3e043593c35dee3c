using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Retries;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>Reads each feed once, where its turn has come.</summary>
public sealed class FeedReader(JmaClient client, JmaInbox inbox, IOptions<JmaOptions> options, TimeProvider clock, ILogger<FeedReader> log)
{
    /// <summary>The short feeds name what came in the last ten minutes or so: a longer pause would lose bulletins.</summary>
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(90));

    private readonly Dictionary<Uri, (int Failures, DateTimeOffset NextTry)> _failing = [];
    private readonly Dictionary<Uri, DateTimeOffset> _readAt = [];
    private readonly LongFeedTurns _longTurns = new();

    /// <summary>A feed that failed is left alone for a while: the agency asks not to be hammered.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var feed in options.Value.Feeds.Where(MayTry))
        {
            if (await TryAsync(feed, cancellationToken))
            {
                var now = clock.GetUtcNow();
                if (!_readAt.TryGetValue(feed, out var last) || now - last > LongFeedTurns.LongestGap)
                {
                    _longTurns.Plan(options.Value.LongFeeds, now);
                }

                _readAt[feed] = now;
            }
        }

        foreach (var feed in _longTurns.Due(clock.GetUtcNow()).Where(MayTry).ToList())
        {
            var began = clock.GetUtcNow();
            if (await TryAsync(feed, cancellationToken))
            {
                _longTurns.Done(feed, began);
            }
        }
    }

    private bool MayTry(Uri feed) => !_failing.TryGetValue(feed, out var failing) || failing.NextTry <= clock.GetUtcNow();

    // What is wrong with one feed is no matter of the others; a database that is away concerns them all.
    private async Task<bool> TryAsync(Uri feed, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(feed, cancellationToken);
            _failing.Remove(feed);
            return true;
        }
        catch (Exception exception) when (exception is not DbUpdateException && !exception.IsDatabaseFault() && !cancellationToken.IsCancellationRequested)
        {
            var failures = _failing.GetValueOrDefault(feed).Failures + 1;
            var pause = Pauses.After(failures);
            _failing[feed] = (failures, clock.GetUtcNow() + pause);
            log.FeedNotRead(feed, exception.Message, pause);
            return false;
        }
    }

    private async Task ReadAsync(Uri feed, CancellationToken cancellationToken)
    {
        if (await client.GetAsync(feed, await inbox.AboutAsync(feed, cancellationToken), cancellationToken) is not var (content, about))
        {
            return;
        }

        var (count, wanted) = await inbox.AddAsync(feed, AtomFeed.Read(content), about, cancellationToken);
        log.FeedRead(feed, count, wanted);
    }
}
