using System.Net;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Cap.Xml;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Import.Feeds;

/// <summary>
/// Fetches what the inbox has and hands it to the towns of its feed. A town that has it already takes it again without effect, so one
/// that could not take it holds up no other.
/// </summary>
public sealed class CapEntryFetcher(
    CapFeedClient client, CapFeedInbox inbox, IServiceScopeFactory scopes, ITownDirectory towns, IOptions<CapFeedOptions> options, TimeProvider clock, ILogger<CapEntryFetcher> log)
{
    private const int MostTries = 8;
    private const int AtOnce = 50;

    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));

    /// <summary>Everything that is to be fetched now.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await inbox.PendingAsync(AtOnce, cancellationToken) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                if (await inbox.ClaimAsync(row, cancellationToken))
                {
                    await TakeAsync(row, cancellationToken);
                }
            }
        }
    }

    private async Task TakeAsync(CapEntry row, CancellationToken cancellationToken)
    {
        try
        {
            if (options.Value.Feeds.FirstOrDefault(feed => feed.Address!.AbsoluteUri == row.Feed) is not { } feed)
            {
                await EndAsync(row, CapEntryState.Failed, "Its feed is followed no more.", cancellationToken);
                return;
            }

            var (content, _) = await client.GetAsync(new Uri(row.Address), known: null, cancellationToken)
                ?? throw new HttpRequestException("The answer was 304 to a request without condition.");
            var reading = CapReader.Read(content, charset: null, clock.GetUtcNow());
            if (!reading.IsUsable)
            {
                var fault = reading.Notices.First(notice => notice.Severity == NoticeSeverity.Error);
                await EndAsync(row, CapEntryState.Failed, $"It is no usable CAP message: {fault.Message} ({fault.Code})", cancellationToken);
            }
            else if (feed.Senders.Count > 0 && !feed.Senders.Contains(reading.Alert!.Sender, StringComparer.Ordinal))
            {
                await EndAsync(row, CapEntryState.Failed, $"Its sender {reading.Alert.Sender} is not among those that are taken from this feed.", cancellationToken);
            }
            else
            {
                await EndAsync(row, CapEntryState.Done, await GiveAsync(feed, reading, cancellationToken), cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await TryLaterAsync(row, exception, cancellationToken);
        }
    }

    private async Task<string> GiveAsync(CapFeed feed, CapReading reading, CancellationToken cancellationToken)
    {
        var outcomes = new List<string>();
        Exception? fault = null;
        foreach (var code in feed.Towns)
        {
            if (!towns.TryGet(code, out var town) || !town.Offers(AppIds.Alerts))
            {
                outcomes.Add($"{code} has no alerts here");
                continue;
            }

            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = code;
                var result = await scope.ServiceProvider.GetRequiredService<ForeignAlertDesk>().ImportAsync(
                    town, new ForeignAlert { Alert = reading.Alert!, CapXml = reading.Text, ImportedBy = "feed " + feed.Address!.Host, Notices = reading.Notices }, cancellationToken);
                outcomes.Add($"{code} {result.Outcome}{(result.IsRepeated ? " before" : "")}");
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // An outage is waited for, whatever else failed.
                fault = fault?.IsDatabaseAway() == true ? fault : exception;
            }
        }

        // The others have it; those whose database is away get it when it is back, and what fails each time ends after its tries.
        return fault is null ? string.Join(", ", outcomes) + "." : throw fault;
    }

    // A message may be listed before it is there (404). What is gone for good (410), too large or leads elsewhere is not asked for again.
    private async Task TryLaterAsync(CapEntry row, Exception exception, CancellationToken cancellationToken)
    {
        var isAway = exception.IsDatabaseAway();
        var tries = row.Tries + (isAway ? 0 : 1);
        var isFinal = exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConfigurationLimitExceeded,
        } or HttpRequestException { StatusCode: HttpStatusCode.Gone or (>= HttpStatusCode.Moved and < HttpStatusCode.BadRequest) };
        if (!isAway && (isFinal || tries >= MostTries))
        {
            await EndAsync(row, CapEntryState.Failed, $"Given up after {tries} {(tries == 1 ? "try" : "tries")}: {exception.Message}", cancellationToken);
            return;
        }

        log.EntryNotTaken(exception, row.Id, tries);
        await inbox.SetAsync(row, CapEntryState.Pending, tries, clock.GetUtcNow() + Pauses.After(Math.Max(tries, 1)), $"Try {Math.Max(tries, 1)} failed: {exception.Message}", cancellationToken);
    }

    private async Task EndAsync(CapEntry row, CapEntryState state, string explanation, CancellationToken cancellationToken)
    {
        await inbox.SetAsync(row, state, row.Tries + 1, row.NextTry, explanation, cancellationToken);
        log.EntryEnded(row.Id, state, explanation);
    }
}
