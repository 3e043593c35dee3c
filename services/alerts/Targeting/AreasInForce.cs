using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;

namespace SmartCity.Alerts.Targeting;

/// <summary>The areas of a town's alerts, indexed anew when something was issued since.</summary>
public sealed class AreasInForce(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, (long Position, AreaIndex<string> Index)> _towns = new(StringComparer.Ordinal);

    /// <summary>The alerts whose newest message concerns a place; some of them may have ended since.</summary>
    /// <param name="position">The newest sequence of the stream, read before this: nothing up to it is missing.</param>
    /// <returns>Their alert ids.</returns>
    public async Task<IReadOnlyList<string>> AtAsync(
        AlertDbContext database, string municipality, long position, double latitudeDegrees, double longitudeDegrees, CancellationToken cancellationToken)
    {
        if (!_towns.TryGetValue(municipality, out var town) || town.Position < position)
        {
            town = _towns[municipality] = (position, await ReadAsync(database, cancellationToken));
        }

        return town.Index.At(latitudeDegrees, longitudeDegrees);
    }

    private async Task<AreaIndex<string>> ReadAsync(AlertDbContext database, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var messages = await database.Chains.AsNoTracking()
            .Where(chain => chain.CancelledAt == null && chain.Expires > now)
            .Join(database.Messages.AsNoTracking(), chain => chain.NewestMessageId, message => message.Id, (chain, message) => message)
            .ToListAsync(cancellationToken);
        return new AreaIndex<string>(messages.Select(message => (message.AlertId, message.ToView(cancelledAt: null).Area)));
    }
}
