using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Import.Feeds;
using SmartCity.Alerts.Jma.Kinds;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>
/// The one place where entries arrive, polled or pushed: each is written down once, in the shared database, before anything is
/// done with it. So none is fetched twice, also after a restart, and none is lost.
/// </summary>
public sealed class JmaInbox(IServiceScopeFactory scopes, InboxSignal signal, TimeProvider clock, IOptions<JmaOptions> options)
{
    private static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(2);

    /// <param name="about">What the feed said about itself, or null for a push.</param>
    /// <returns>How many were new, and how many of them are to be fetched.</returns>
    public async Task<(int New, int Wanted)> AddAsync(Uri feed, IReadOnlyList<AtomEntry> entries, FeedAbout? about, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        var ids = entries.Select(entry => entry.Id).ToList();
        var known = (await database.Set<EntryRow>().Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var added = entries.Where(entry => known.Add(entry.Id)).Select(entry => RowOf(feed, entry)).ToList();
        database.AddRange(added);
        if (about is not null)
        {
            var row = await FeedAsync(database, feed, cancellationToken);
            (row.ETag, row.LastModified, row.ReadAt) = (about.ETag, about.LastModified, clock.GetUtcNow());
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        var wanted = added.Count(row => row.State == EntryState.Pending);
        if (wanted > 0)
        {
            signal.Set();
        }

        return (added.Count, wanted);
    }

    public async Task<FeedAbout> AboutAsync(Uri feed, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<AlertDbContext>().Set<FeedRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Address == feed.AbsoluteUri, cancellationToken);
        return new FeedAbout(row?.ETag, row?.LastModified);
    }

    public async Task<IReadOnlyList<EntryView>> ListAsync(int skip, int take, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<AlertDbContext>().Set<EntryRow>().AsNoTracking()
            .OrderByDescending(row => row.SeenAt).ThenByDescending(row => row.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
        return [.. rows.Select(EntryView.Of)];
    }

    /// <summary>Those to be fetched now, the oldest first, so that what follows comes after what it follows.</summary>
    internal async Task<IReadOnlyList<EntryRow>> PendingAsync(int take, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<AlertDbContext>().Set<EntryRow>().AsNoTracking()
            .Where(row => row.State == EntryState.Pending && row.NextTry <= now)
            .OrderBy(row => row.Updated).ThenBy(row => row.Id).Take(take).ToListAsync(cancellationToken);
    }

    /// <summary>Takes an entry for this process: of several replicas one fetches it. Who breaks off leaves it for later.</summary>
    internal async Task<bool> ClaimAsync(EntryRow entry, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var again = clock.GetUtcNow() + ClaimLasts;
        return await scope.ServiceProvider.GetRequiredService<AlertDbContext>().Set<EntryRow>()
            .Where(row => row.Id == entry.Id && row.State == EntryState.Pending && row.NextTry == entry.NextTry)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextTry, again), cancellationToken) == 1;
    }

    internal async Task SetAsync(string id, EntryState state, int tries, DateTimeOffset nextTry, string explanation, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        DateTimeOffset? doneAt = state == EntryState.Pending ? null : clock.GetUtcNow();
        await scope.ServiceProvider.GetRequiredService<AlertDbContext>().Set<EntryRow>().Where(row => row.Id == id)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.State, state)
                .SetProperty(row => row.Tries, tries)
                .SetProperty(row => row.NextTry, nextTry)
                .SetProperty(row => row.DoneAt, doneAt)
                .SetProperty(row => row.Explanation, explanation), cancellationToken);
    }

    /// <summary>Forgets entries that no feed names any more.</summary>
    internal async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var before = clock.GetUtcNow().AddDays(-options.Value.KeepEntriesDays);
        await scope.ServiceProvider.GetRequiredService<AlertDbContext>().Set<EntryRow>()
            .Where(row => row.SeenAt < before && row.State != EntryState.Pending).ExecuteDeleteAsync(cancellationToken);
    }

    internal static async Task<FeedRow> FeedAsync(AlertDbContext database, Uri feed, CancellationToken cancellationToken)
    {
        var row = await database.Set<FeedRow>().FirstOrDefaultAsync(row => row.Address == feed.AbsoluteUri, cancellationToken);
        if (row is null)
        {
            row = new FeedRow { Address = feed.AbsoluteUri };
            database.Add(row);
        }

        return row;
    }

    private EntryRow RowOf(Uri feed, AtomEntry entry)
    {
        var now = clock.GetUtcNow();
        var (state, explanation) = !JmaKinds.IsWorthFetching(entry.Title) ? (EntryState.NotWanted, "No alerts are made of this kind of bulletin; it was not fetched.")
            : !options.Value.MayFetch(entry.Address) ? (EntryState.Failed, $"It leads to {entry.Address.Host}, which is not among Alerts:Jma:AllowedHosts.")
            : (EntryState.Pending, "To be fetched.");
        return new EntryRow
        {
            Id = entry.Id,
            Feed = feed.AbsoluteUri,
            Title = entry.Title,
            Address = entry.Address.AbsoluteUri,
            Updated = entry.Updated,
            SeenAt = now,
            State = state,
            NextTry = now,
            DoneAt = state == EntryState.Pending ? null : now,
            Explanation = explanation,
        };
    }
}

/// <summary>Wakes who fetches as soon as there is something to fetch.</summary>
public sealed class InboxSignal : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);

    public void Set()
    {
        try
        {
            _semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
            return;
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _semaphore.WaitAsync(cancellationToken);

    public void Dispose() => _semaphore.Dispose();
}
