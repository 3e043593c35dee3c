using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Retries;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>
/// Fetches what the inbox has, and has it given to the towns. What fails is tried again: for ever where a database is at fault, which
/// says nothing about the bulletin, and otherwise some times. No entry ends the intake of others.
/// </summary>
public sealed class EntryFetcher(JmaClient client, JmaInbox inbox, TownGiver giver, TimeProvider clock, ILogger<EntryFetcher> log)
{
    private const int MostTries = 8;
    private const int AtOnce = 50;

    /// <summary>A bulletin has some hundred kilobytes; what is not kept is fetched again, and towns that have it take it again without effect.</summary>
    private const int MostKept = 100;

    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));

    /// <summary>For databases. Nobody else is bothered by it, and a town has to be told as soon as its database is back.</summary>
    private static readonly Backoff ShortPauses = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    private readonly OrderedDictionary<string, Handing> _unfinished = new(StringComparer.Ordinal);

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

    private async Task TakeAsync(EntryRow row, CancellationToken cancellationToken)
    {
        try
        {
            if (!_unfinished.Remove(row.Id, out var handing))
            {
                handing = await FetchAsync(row, cancellationToken);
            }

            if (handing.Reading.Report is null)
            {
                await GiveUpAsync(row, row.Tries + 1, $"It cannot be read: {handing.Reading.Notices[0].Message}", cancellationToken);
                return;
            }

            await giver.GiveAsync(handing, cancellationToken);
            await SettleAsync(row, handing, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await TryLaterAsync(row, exception, cancellationToken);
        }
    }

    private async Task<Handing> FetchAsync(EntryRow row, CancellationToken cancellationToken)
    {
        var (content, _) = await client.GetAsync(new Uri(row.Address), known: null, cancellationToken)
            ?? throw new HttpRequestException("The answer was 304 to a request without condition.");
        return new Handing(JmaReader.Read(content), content);
    }

    private async Task SettleAsync(EntryRow row, Handing handing, CancellationToken cancellationToken)
    {
        var odd = handing.Faults.Where(fault => !IsDatabase(fault.Value)).ToList();
        var tries = row.Tries + (handing.Faults.Count == 0 || odd.Count > 0 ? 1 : 0);
        foreach (var (town, fault) in odd)
        {
            log.TownNotTold(fault, row.Id, town);
            if (tries >= MostTries)
            {
                handing.GiveUp(town);
            }
        }

        var text = handing.Describe();
        if (handing.Faults.Count > 0)
        {
            log.EntryNotTaken(row.Id, text, tries);
            Keep(row.Id, handing);
            var pause = (odd.Count > 0 ? Pauses : ShortPauses).After(handing.Rounds);
            await inbox.SetAsync(row.Id, EntryState.Pending, tries, clock.GetUtcNow() + pause, text + ".", cancellationToken);
        }
        else if (handing.IsIncomplete)
        {
            await GiveUpAsync(row, tries, $"{text}. Given up after {tries} tries.", cancellationToken);
        }
        else
        {
            text = text.Length > 0 ? text + "." : string.Create(CultureInfo.InvariantCulture, $"It concerns none of {giver.Towns.Count} municipalities.");
            await inbox.SetAsync(row.Id, EntryState.Done, tries, row.NextTry, text, cancellationToken);
        }
    }

    // A bulletin may be on the list before it is there (404). Only what the agency says is gone for good (410) is not asked for again.
    private async Task TryLaterAsync(EntryRow row, Exception exception, CancellationToken cancellationToken)
    {
        var isDatabase = IsDatabase(exception);
        var tries = row.Tries + (isDatabase ? 0 : 1);
        if (!isDatabase && (tries >= MostTries || exception is HttpRequestException { StatusCode: HttpStatusCode.Gone }))
        {
            await GiveUpAsync(row, tries, $"Given up after {tries} tries: {exception.Message}", cancellationToken);
            return;
        }

        if (isDatabase || exception is HttpRequestException or OperationCanceledException)
        {
            log.EntryNotTaken(row.Id, exception.Message, tries);
        }
        else
        {
            log.EntryFailed(exception, row.Id, tries);
        }

        var pause = (isDatabase ? ShortPauses : Pauses).After(Math.Max(tries, 1));
        await inbox.SetAsync(row.Id, EntryState.Pending, tries, clock.GetUtcNow() + pause, $"Try {tries} failed: {exception.Message}", cancellationToken);
    }

    private async Task GiveUpAsync(EntryRow row, int tries, string why, CancellationToken cancellationToken)
    {
        await inbox.SetAsync(row.Id, EntryState.Failed, tries, row.NextTry, why, cancellationToken);
        log.EntryGivenUp(row.Id, why);
    }

    private void Keep(string id, Handing handing)
    {
        if (_unfinished.Count == MostKept)
        {
            _unfinished.RemoveAt(0);
        }

        _unfinished[id] = handing;
    }

    private static bool IsDatabase(Exception exception) => exception is DbUpdateException || exception.IsDatabaseFault();
}
