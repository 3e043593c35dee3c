using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;

namespace SmartCity.Alerts.Reading;

/// <summary>What is in force now: cancelled and expired chains are gone by themselves.</summary>
public sealed class ActiveAlerts(AlertDbContext database, TimeProvider clock)
{
    /// <summary>
    /// The sequence of the town's newest message. Sequences count the messages of all towns of the database, but another town's says
    /// nothing to a reader here, who would ask to go on from an id that the town's stream never had.
    /// </summary>
    public async Task<long> ReadPositionAsync(CancellationToken cancellationToken)
        => await database.StreamEvents.AsNoTracking().MaxAsync(row => (long?)row.Sequence, cancellationToken) ?? 0;

    /// <param name="after">Alert id of the last one seen; identifiers sort by time.</param>
    /// <param name="status">CAP status to keep, or null for every one: a drill says itself what it is.</param>
    /// <param name="among">Alert ids to keep, or null for every one.</param>
    public Task<List<AlertMessage>> ReadAsync(string? after, int limit, string? status, IReadOnlyList<string>? among, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var chains = database.Chains.AsNoTracking().Where(chain => chain.CancelledAt == null && chain.Expires > now);
        if (status is not null)
        {
            chains = chains.Where(chain => chain.Status == status);
        }

        if (among is not null)
        {
            chains = chains.Where(chain => among.Contains(chain.AlertId));
        }

        if (!string.IsNullOrEmpty(after))
        {
            chains = chains.Where(chain => string.Compare(chain.AlertId, after) < 0);
        }

        return chains
            .OrderByDescending(chain => chain.AlertId)
            .Take(limit)
            .Join(database.Messages.AsNoTracking(), chain => chain.NewestMessageId, message => message.Id, (chain, message) => message)
            .OrderByDescending(message => message.AlertId)
            .ToListAsync(cancellationToken);
    }
}
