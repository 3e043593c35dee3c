using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Cap;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Ledger;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.Alerts.Wording;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>Fetches what is needed to try the rows that were taken: messages, addresses, languages.</summary>
internal sealed class JobLoader(IServiceScopeFactory scopes, TownDatabases databases, AddressVault vault, WordingCatalog wording)
{
    private const int MostMessages = 200;

    private readonly ConcurrentDictionary<(DatabaseKind, long), DeliveryMessage> _messages = new();

    /// <returns>The jobs, and the rows whose subscription or address is there no more.</returns>
    public async Task<(IReadOnlyList<DeliveryJob> Jobs, IReadOnlyList<LedgerRow> Withdrawn)> LoadAsync(
        string? owner, IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken)
    {
        var kind = databases.Of(owner);
        foreach (var sequence in rows.Select(row => row.Sequence).Distinct())
        {
            await EnsureMessageAsync(kind, sequence, cancellationToken);
        }

        var people = await ReadPeopleAsync(owner, [.. rows.Select(row => row.SubscriptionId).Distinct(StringComparer.Ordinal)], cancellationToken);
        var jobs = new List<DeliveryJob>(rows.Count);
        var withdrawn = new List<LedgerRow>();
        foreach (var row in rows)
        {
            var person = people.GetValueOrDefault(row.SubscriptionId);
            if (person?.Addresses.Find(address => address.Rank == row.Rank && address.Channel == row.Channel) is not { } address)
            {
                withdrawn.Add(row);
                continue;
            }

            var next = person.Addresses.Where(other => other.Rank > row.Rank && other.ConfirmedAt is not null).MinBy(other => other.Rank);
            jobs.Add(new DeliveryJob(row, _messages[(kind, row.Sequence)], vault.Open(address), person.Languages, next is null ? null : new NextAddress(next.Channel, next.Rank)));
        }

        return (jobs, withdrawn);
    }

    private async Task<Dictionary<string, Subscription>> ReadPeopleAsync(string? owner, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = owner;
        var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
        return await database.Set<Subscription>().AsNoTracking().IgnoreQueryFilters()
            .Where(row => ids.Contains(row.Id))
            .Include(row => row.Addresses)
            .ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, cancellationToken);
    }

    private async Task EnsureMessageAsync(DatabaseKind kind, long sequence, CancellationToken cancellationToken)
    {
        if (_messages.ContainsKey((kind, sequence)))
        {
            return;
        }

        if (_messages.Count >= MostMessages)
        {
            _messages.Clear();
        }

        var (id, view) = await PlanStore.MessageAsync(databases, kind, sequence, cancellationToken);
        // Whoever made the message marked its texts where it is no real one; what goes out is marked whoever made it.
        _messages[(kind, sequence)] = new DeliveryMessage(id, view with { Info = wording.Marked(Enum.Parse<CapStatus>(view.Status), view.Info) });
    }
}
