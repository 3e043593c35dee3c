using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;

namespace SmartCity.Alerts.Import.Feeds;

/// <summary>Entries are written down once, in the shared database, before anything is done with them: none is fetched twice, and none is lost.</summary>
public sealed class CapFeedInbox(IServiceScopeFactory scopes, TimeProvider clock, IOptions<CapFeedOptions> options)
{
    private static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(2);

    public Task<CapFeedState?> StateAsync(Uri feed, CancellationToken cancellationToken)
        => InAsync(database => database.Set<CapFeedState>().AsNoTracking().FirstOrDefaultAsync(row => row.Address == feed.AbsoluteUri, cancellationToken));

    /// <returns>How many were new.</returns>
    public Task<int> AddAsync(Uri feed, IReadOnlyList<FeedEntry> entries, FeedAbout about, CancellationToken cancellationToken) => InAsync(async database =>
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var ids = entries.Select(entry => entry.Id).ToList();
        var known = (await database.Set<CapEntry>().Where(row => row.Feed == feed.AbsoluteUri && ids.Contains(row.Id)).Select(row => new { row.Id, row.Updated }).ToListAsync(cancellationToken))
            .Select(row => (row.Id, row.Updated)).ToHashSet();
        var added = entries.Where(entry => known.Add((entry.Id, entry.Updated))).Select(entry => RowOf(feed, entry)).ToList();
        database.AddRange(added);
        var state = await FeedAsync(database, feed, cancellationToken);
        (state.ETag, state.LastModified, state.ReadAt, state.Failures, state.NextTry, state.Fault) = (about.ETag, about.LastModified, clock.GetUtcNow(), 0, null, null);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added.Count;
    });

    /// <summary>It has not changed, or it could not be read.</summary>
    public Task LookedAsync(Uri feed, string? fault, TimeSpan pause, CancellationToken cancellationToken) => InAsync(async database =>
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var state = await FeedAsync(database, feed, cancellationToken);
        if (fault is null)
        {
            (state.ReadAt, state.Failures, state.NextTry, state.Fault) = (clock.GetUtcNow(), 0, null, null);
        }
        else
        {
            (state.Failures, state.NextTry, state.Fault) = (state.Failures + 1, clock.GetUtcNow() + pause, fault);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    });

    /// <summary>Those to be fetched now, the oldest first, so that what follows comes after what it follows.</summary>
    internal Task<List<CapEntry>> PendingAsync(int take, CancellationToken cancellationToken) => InAsync(database =>
    {
        var now = clock.GetUtcNow();
        return database.Set<CapEntry>().AsNoTracking().Where(row => row.State == CapEntryState.Pending && row.NextTry <= now)
            .OrderBy(row => row.Updated).ThenBy(row => row.Id).Take(take).ToListAsync(cancellationToken);
    });

    /// <summary>Takes an entry for this process: of several replicas one fetches it. Who breaks off leaves it for later.</summary>
    internal Task<bool> ClaimAsync(CapEntry entry, CancellationToken cancellationToken) => InAsync(async database =>
    {
        var again = clock.GetUtcNow() + ClaimLasts;
        return await Of(database, entry).Where(row => row.State == CapEntryState.Pending && row.NextTry == entry.NextTry)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextTry, again), cancellationToken) == 1;
    });

    internal Task SetAsync(CapEntry entry, CapEntryState state, int tries, DateTimeOffset nextTry, string explanation, CancellationToken cancellationToken) => InAsync(database =>
    {
        DateTimeOffset? doneAt = state == CapEntryState.Pending ? null : clock.GetUtcNow();
        return Of(database, entry).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, state)
            .SetProperty(row => row.Tries, tries)
            .SetProperty(row => row.NextTry, nextTry)
            .SetProperty(row => row.DoneAt, doneAt)
            .SetProperty(row => row.Explanation, explanation), cancellationToken);
    });

    /// <summary>Newest first, of these feeds.</summary>
    internal Task<List<CapEntry>> ListAsync(IReadOnlyList<string> feeds, int skip, int take, CancellationToken cancellationToken)
        => InAsync(database => database.Set<CapEntry>().AsNoTracking().Where(row => feeds.Contains(row.Feed))
            .OrderByDescending(row => row.SeenAt).ThenByDescending(row => row.Id).Skip(skip).Take(take).ToListAsync(cancellationToken));

    /// <summary>Forgets entries that no feed names any more.</summary>
    internal Task ForgetAsync(CancellationToken cancellationToken) => InAsync(database =>
    {
        var before = clock.GetUtcNow().AddDays(-options.Value.KeepEntriesDays);
        return database.Set<CapEntry>().Where(row => row.SeenAt < before && row.State != CapEntryState.Pending).ExecuteDeleteAsync(cancellationToken);
    });

    private static IQueryable<CapEntry> Of(AlertDbContext database, CapEntry entry)
        => database.Set<CapEntry>().Where(row => row.Feed == entry.Feed && row.Id == entry.Id && row.Updated == entry.Updated);

    private static async Task<CapFeedState> FeedAsync(AlertDbContext database, Uri feed, CancellationToken cancellationToken)
    {
        var state = await database.Set<CapFeedState>().FirstOrDefaultAsync(row => row.Address == feed.AbsoluteUri, cancellationToken);
        if (state is null)
        {
            state = new CapFeedState { Address = feed.AbsoluteUri };
            database.Add(state);
        }

        return state;
    }

    private CapEntry RowOf(Uri feed, FeedEntry entry)
    {
        var now = clock.GetUtcNow();
        var fault = entry.Address is null ? "It has no link to a CAP message."
            : options.Value.MayFetch(entry.Address) ? null : $"It leads to {entry.Address.Host}, which is not https or not among {CapFeedOptions.Section}:AllowedHosts.";
        return new CapEntry
        {
            Feed = feed.AbsoluteUri,
            Id = entry.Id,
            Updated = entry.Updated,
            Title = entry.Title,
            Address = entry.Address?.AbsoluteUri ?? "",
            SeenAt = now,
            State = fault is null ? CapEntryState.Pending : CapEntryState.Failed,
            NextTry = now,
            DoneAt = fault is null ? null : now,
            Explanation = fault ?? "To be fetched.",
        };
    }

    private async Task<T> InAsync<T>(Func<AlertDbContext, Task<T>> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<AlertDbContext>());
    }
}
