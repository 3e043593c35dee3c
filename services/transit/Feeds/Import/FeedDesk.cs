using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SmartCity.ServiceDefaults.Towns;
using SmartCity.Transit.Data;
using SmartCity.Transit.Feeds.Live;
using SmartCity.Transit.Feeds.Store;
using SmartCity.Transit.Gtfs;
using SmartCity.Transit.Gtfs.Model;
using SmartCity.Transit.Gtfs.Notices;

namespace SmartCity.Transit.Feeds.Import;

/// <summary>What became of a zip.</summary>
/// <param name="Version">Null where it was refused.</param>
/// <param name="IsRepeated">Whether these very bytes were there before.</param>
public sealed record FeedImport(FeedVersion? Version, FeedNotices Notices, bool IsRepeated);

/// <summary>
/// Takes feeds: read and judged first, then stored and made live in one transaction, then served at once. What is refused
/// changes nothing: the last good version stays.
/// </summary>
public sealed class FeedDesk(IServiceScopeFactory scopes, LiveFeedLoader live, TimeProvider clock, ILogger<FeedDesk> log) : IDisposable
{
    /// <summary>Of each feed, the zips of so many versions are kept; of older ones only the record.</summary>
    private const int ZipsKept = 20;

    // Reading a region's feed takes a hundred megabytes or two: one at a time.
    private readonly SemaphoreSlim _reading = new(1, 1);

    public async Task<FeedImport> ImportAsync(string municipality, string feed, byte[] zip, string? by, FeedOrigin origin, CancellationToken cancellationToken)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(zip));
        if (await MakeKnownLiveAsync(municipality, feed, sha256, cancellationToken) is { } known)
        {
            return new FeedImport(known, known.Notices, IsRepeated: true);
        }

        var reading = await ReadAsync(zip, cancellationToken);
        if (reading.Feed is null)
        {
            log.FeedRefused(municipality, feed, string.Join(", ", reading.Notices.Totals.Select(total => $"{total.Key} {total.Value}").Take(10)));
            return new FeedImport(null, reading.Notices, IsRepeated: false);
        }

        var version = await StoreAsync(municipality, feed, zip, sha256, reading, by, origin, cancellationToken);
        await live.RefreshAsync(municipality, new LiveFeed(feed, version.Version, reading.Feed), cancellationToken);
        log.FeedLive(municipality, feed, version.Version, reading.Feed.Stops.Count, reading.Feed.Trips.Count);
        return new FeedImport(version, reading.Notices, IsRepeated: false);
    }

    /// <summary>Serves an earlier version again; null where there is none of that name, and one without its zip is returned as it is.</summary>
    public async Task<FeedVersion?> MakeLiveAsync(string municipality, string version, CancellationToken cancellationToken)
        => await MakeLiveAsync(municipality, row => row.Version == version, cancellationToken);

    /// <summary>No longer serves a feed of the town; its versions stay.</summary>
    public async Task RetireAsync(string municipality, string feed, CancellationToken cancellationToken)
    {
        await using (var scope = ScopeOf(municipality))
        {
            var database = scope.ServiceProvider.GetRequiredService<TransitDbContext>();
            await using var transaction = await database.BeginWriteAsync(cancellationToken);
            await database.FeedVersions.Where(row => row.Feed == feed && row.IsLive).ExecuteUpdateAsync(rows => rows.SetProperty(row => row.IsLive, false), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await live.RefreshAsync(municipality, null, cancellationToken);
    }

    public void Dispose() => _reading.Dispose();

    private async Task<FeedReading> ReadAsync(byte[] zip, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => FeedReader.Read(new MemoryStream(zip, writable: false), clock.GetUtcNow()), cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    private Task<FeedVersion?> MakeKnownLiveAsync(string municipality, string feed, string sha256, CancellationToken cancellationToken)
        => MakeLiveAsync(municipality, row => row.Feed == feed && row.Sha256 == sha256 && row.IsKept, cancellationToken);

    private async Task<FeedVersion?> MakeLiveAsync(
        string municipality, System.Linq.Expressions.Expression<Func<FeedVersion, bool>> which, CancellationToken cancellationToken)
    {
        FeedVersion? version;
        await using (var scope = ScopeOf(municipality))
        {
            var database = scope.ServiceProvider.GetRequiredService<TransitDbContext>();
            await using var transaction = await database.BeginWriteAsync(cancellationToken);
            version = await database.FeedVersions.Where(which).OrderByDescending(row => row.Number).FirstOrDefaultAsync(cancellationToken);
            if (version is null || !version.IsKept)
            {
                return version;
            }

            if (!version.IsLive)
            {
                await ReplaceLiveAsync(database, version, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                log.FeedLive(municipality, version.Feed, version.Version, version.Summary.Stops, version.Summary.Trips);
            }
        }

        await live.RefreshAsync(municipality, null, cancellationToken);
        return version;
    }

    private async Task<FeedVersion> StoreAsync(
        string municipality, string feed, byte[] zip, string sha256, FeedReading reading, string? by, FeedOrigin origin, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(municipality);
        var database = scope.ServiceProvider.GetRequiredService<TransitDbContext>();
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var number = 1 + (await database.FeedVersions.Where(row => row.Feed == feed).MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0);
        var version = new FeedVersion
        {
            Municipality = municipality,
            Version = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{feed}.{number}"),
            Feed = feed,
            Number = number,
            Sha256 = sha256,
            SizeBytes = zip.Length,
            ImportedAt = clock.GetUtcNow(),
            ImportedBy = by,
            Origin = origin,
            Summary = SummaryOf(reading.Feed!),
            Notices = reading.Notices,
        };
        database.FeedVersions.Add(version);
        database.FeedContents.Add(new FeedContent { Municipality = municipality, Version = version.Version, Zip = zip });
        await database.SaveChangesAsync(cancellationToken);
        await ReplaceLiveAsync(database, version, cancellationToken);
        await ForgetOldZipsAsync(database, feed, number - ZipsKept, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return version;
    }

    private async Task ReplaceLiveAsync(TransitDbContext database, FeedVersion version, CancellationToken cancellationToken)
    {
        await database.FeedVersions.Where(row => row.Feed == version.Feed && row.IsLive).ExecuteUpdateAsync(rows => rows.SetProperty(row => row.IsLive, false), cancellationToken);
        version.IsLive = true;
        version.LiveSince = clock.GetUtcNow();
        await database.SaveChangesAsync(cancellationToken);
    }

    private static async Task ForgetOldZipsAsync(TransitDbContext database, string feed, int before, CancellationToken cancellationToken)
    {
        var old = await database.FeedVersions.Where(row => row.Feed == feed && row.Number <= before && row.IsKept && !row.IsLive).ToListAsync(cancellationToken);
        foreach (var version in old)
        {
            version.IsKept = false;
            await database.FeedContents.Where(row => row.Version == version.Version).ExecuteDeleteAsync(cancellationToken);
        }

        await database.SaveChangesAsync(cancellationToken);
    }

    private static FeedSummary SummaryOf(GtfsFeed feed)
    {
        var windows = feed.Services.Select(service => service.Window()).OfType<(DateOnly First, DateOnly Last)>().ToList();
        return new FeedSummary(
            feed.Agencies.Count, feed.Stops.Count, feed.Routes.Count, feed.Trips.Count, feed.StopTimes.Count, feed.Info?.PublisherName, feed.Info?.Version,
            windows.Count > 0 ? windows.Min(window => window.First) : null, windows.Count > 0 ? windows.Max(window => window.Last) : null);
    }

    private AsyncServiceScope ScopeOf(string municipality)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = municipality;
        return scope;
    }
}
