using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Manifests;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Data;
using SmartCity.Transit.Feeds.Store;

namespace SmartCity.Transit.Feeds.Import;

/// <summary>
/// Takes the feeds that a town's manifest names, before the service answers and whenever the manifest changes. A file is taken
/// once: what staff hand in later stays until the manifest names another. A bad file changes nothing.
/// </summary>
public sealed class ManifestFeedLoader(
    IServiceScopeFactory scopes, FeedDesk desk, ITownDirectory towns, ITownFiles files, TimeProvider clock, ILogger<ManifestFeedLoader> log) : TownLoader(towns, clock)
{
    protected override async Task<bool> TryLoadAsync(Town town, CancellationToken cancellationToken)
    {
        var code = town.Code;
        if (!town.Offers(AppIds.Transit))
        {
            return true;
        }

        try
        {
            var known = await KnownAsync(code, cancellationToken);
            foreach (var feed in town.TransitFeeds.Where(feed => !NamedFileRules.IsUrl(feed.Source)))
            {
                await LoadAsync(town, feed, known.GetValueOrDefault(feed.Id), cancellationToken);
            }

            foreach (var gone in known.Keys.Except(town.TransitFeeds.Select(feed => feed.Id), StringComparer.Ordinal))
            {
                await desk.RetireAsync(code, gone, cancellationToken);
                await RememberAsync(code, gone, source: null, "", cancellationToken);
                log.ManifestFeedGone(code, gone);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException || exception.IsDatabaseFault())
        {
            log.ManifestFeedNotLoaded(exception, code);
            return false;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Of one town's feed, and a fault of ours: the other towns have their timetables all the same.
            log.ManifestFeedNotLoaded(exception, code);
            return true;
        }
    }

    private async Task LoadAsync(Town town, TransitFeed feed, ManifestFeed? known, CancellationToken cancellationToken)
    {
        if (!FeedNames.IsValid(feed.Id))
        {
            log.ManifestFeedRefused(town.Code, feed.Id, feed.Source, $"'{feed.Id}' can't be a feed's name. {FeedNames.Rule}");
            return;
        }

        if (known is not null && town.Files.GetValueOrDefault(feed.Source) == known.Sha256)
        {
            return;
        }

        if (await files.ReadAsync(town, feed.Source, cancellationToken) is not { } zip)
        {
            log.ManifestFeedRefused(town.Code, feed.Id, feed.Source, "The file does not exist.");
            return;
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(zip));
        if (known?.Sha256 == sha256)
        {
            return;
        }

        var import = await desk.ImportAsync(town.Code, feed.Id, zip, by: null, FeedOrigin.Manifest, cancellationToken);
        if (import.Version is null)
        {
            log.ManifestFeedRefused(town.Code, feed.Id, feed.Source, string.Join(", ", import.Notices.Totals.Keys));
        }

        await RememberAsync(town.Code, feed.Id, feed.Source, sha256, cancellationToken);
    }

    private async Task<Dictionary<string, ManifestFeed>> KnownAsync(string municipality, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(municipality);
        return await scope.ServiceProvider.GetRequiredService<TransitDbContext>().ManifestFeeds.AsNoTracking().ToDictionaryAsync(row => row.Feed, StringComparer.Ordinal, cancellationToken);
    }

    private async Task RememberAsync(string municipality, string feed, string? source, string sha256, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(municipality);
        var database = scope.ServiceProvider.GetRequiredService<TransitDbContext>();
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        await database.ManifestFeeds.Where(row => row.Feed == feed).ExecuteDeleteAsync(cancellationToken);
        if (source is not null)
        {
            database.ManifestFeeds.Add(new ManifestFeed { Municipality = municipality, Feed = feed, Source = source, Sha256 = sha256 });
            await database.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private AsyncServiceScope ScopeOf(string municipality)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = municipality;
        return scope;
    }
}
