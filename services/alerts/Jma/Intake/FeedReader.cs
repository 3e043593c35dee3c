using System.Xml;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Retries;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>Reads each feed once, where its turn has come.</summary>
public sealed class FeedReader(JmaClient client, JmaInbox inbox, IOptions<JmaOptions> options, TimeProvider clock, ILogger<FeedReader> log)
{
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(30));
    private readonly Dictionary<Uri, (int Failures, DateTimeOffset NextTry)> _failing = [];

    /// <summary>A feed that failed is left alone for a while: the agency asks not to be hammered.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        foreach (var feed in options.Value.Feeds.Where(feed => !_failing.TryGetValue(feed, out var failing) || failing.NextTry <= clock.GetUtcNow()))
        {
            try
            {
                await ReadAsync(feed, cancellationToken);
                _failing.Remove(feed);
            }
            catch (Exception exception) when (exception is HttpRequestException or XmlException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                var failures = _failing.GetValueOrDefault(feed).Failures + 1;
                var pause = Pauses.After(failures);
                _failing[feed] = (failures, clock.GetUtcNow() + pause);
                log.FeedNotRead(feed, exception.Message, pause);
            }
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
