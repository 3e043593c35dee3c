using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Jma.Importing;
using SmartCity.Alerts.Jma.Mapping;
using SmartCity.Alerts.Jma.Reading;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>Fetches what the inbox has, and gives each bulletin to every town that it concerns, each in a scope and database of its own.</summary>
public sealed class EntryFetcher(JmaClient client, JmaInbox inbox, IServiceScopeFactory scopes, ITownDirectory towns, TimeProvider clock, ILogger<EntryFetcher> log)
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

    private async Task TakeAsync(EntryRow row, CancellationToken cancellationToken)
    {
        try
        {
            var (content, _) = await client.GetAsync(new Uri(row.Address), known: null, cancellationToken)
                ?? throw new HttpRequestException("The answer was 304 to a request without condition.");
            var reading = JmaReader.Read(content);
            if (reading.Report is null)
            {
                await inbox.SetAsync(row.Id, EntryState.Failed, row.Tries + 1, row.NextTry, $"It cannot be read: {reading.Notices[0].Message}", cancellationToken);
                log.EntryGivenUp(row.Id, reading.Notices[0].Message);
                return;
            }

            await inbox.SetAsync(row.Id, EntryState.Done, row.Tries + 1, row.NextTry, await GiveAsync(reading, content, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or DbUpdateException || exception.IsDatabaseFault()
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await TryLaterAsync(row, exception, cancellationToken);
        }
    }

    // Idempotent: towns that took it before the failure take it again without effect.
    private async Task TryLaterAsync(EntryRow row, Exception exception, CancellationToken cancellationToken)
    {
        var tries = row.Tries + 1;
        var isGone = exception is HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Gone };
        if (tries >= MostTries || isGone)
        {
            await inbox.SetAsync(row.Id, EntryState.Failed, tries, row.NextTry, $"Given up after {tries} tries: {exception.Message}", cancellationToken);
            log.EntryGivenUp(row.Id, exception.Message);
            return;
        }

        await inbox.SetAsync(row.Id, EntryState.Pending, tries, clock.GetUtcNow() + Pauses.After(tries), $"Try {tries} failed: {exception.Message}", cancellationToken);
        log.EntryNotTaken(row.Id, exception.Message, tries);
    }

    /// <returns>What became of it, town by town.</returns>
    private async Task<string> GiveAsync(JmaReading reading, byte[] content, CancellationToken cancellationToken)
    {
        var report = reading.Report!;
        var outcomes = new List<string>();
        var all = towns.Towns.Where(town => town.Offers(AppIds.Alerts)).ToList();
        // What takes something back names no area: each town knows whether it had it, or must not have it when it comes.
        foreach (var town in all.Where(town => report.InfoType == JmaInfoType.Cancelled || TownBulletin.Of(town, report).Concerns))
        {
            outcomes.Add($"{town.Code} {(await GiveAsync(town, reading, content, cancellationToken)).Outcome}");
        }

        return outcomes.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"It concerns none of {all.Count} municipalities.")
            : string.Join(", ", outcomes) + ".";
    }

    private async Task<BulletinAnswer> GiveAsync(Town town, JmaReading reading, byte[] content, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = town.Code;
        return await scope.ServiceProvider.GetRequiredService<JmaDesk>().TakeAsync(town, reading, content, "feed", cancellationToken);
    }
}
