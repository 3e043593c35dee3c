using System.Collections.Concurrent;
using System.Security.Cryptography;
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
internal sealed class JobLoader(IServiceScopeFactory scopes, TownDatabases databases, AddressVault vault, WordingCatalog wording, ILogger<JobLoader> log)
{
    private const int MostMessages = 200;

    private readonly ConcurrentDictionary<(DatabaseKind, long), DeliveryMessage> _messages = new();

    public async Task<LoadedJobs> LoadAsync(string? owner, IReadOnlyList<LedgerRow> rows, CancellationToken cancellationToken)
    {
        var kind = databases.Of(owner);
        var messages = new Dictionary<long, DeliveryMessage?>();
        foreach (var sequence in rows.Select(row => row.Sequence).Distinct())
        {
            messages[sequence] = await MessageAsync(kind, sequence, cancellationToken);
        }

        var people = await ReadPeopleAsync(owner, [.. rows.Select(row => row.SubscriptionId).Distinct(StringComparer.Ordinal)], cancellationToken);
        var jobs = new List<DeliveryJob>(rows.Count);
        var withdrawn = new List<LedgerRow>();
        var unreadable = new List<(LedgerRow Row, NextAddress? Next)>();
        foreach (var row in rows)
        {
            var person = people.GetValueOrDefault(row.SubscriptionId);
            if (person?.Addresses.Find(address => address.Rank == row.Rank && address.Channel == row.Channel) is not { } address)
            {
                withdrawn.Add(row);
                continue;
            }

            var next = person.Addresses.Where(other => other.Rank > row.Rank && other.ConfirmedAt is not null).MinBy(other => other.Rank);
            var goOn = next is null ? null : new NextAddress(next.Channel, next.Rank);
            if (messages[row.Sequence] is not { } message)
            {
                unreadable.Add((row, null));
            }
            else if (Open(address) is { } opened)
            {
                jobs.Add(new DeliveryJob(row, message, opened, address.Address, person.Languages, goOn));
            }
            else
            {
                unreadable.Add((row, goOn));
            }
        }

        return new LoadedJobs(jobs, withdrawn, unreadable);
    }

    private string? Open(SubscriptionAddress address)
    {
        try
        {
            return vault.Open(address);
        }
        catch (CryptographicException exception)
        {
            log.AddressNotReadable(exception, address.Municipality, address.Channel);
            return null;
        }
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

    // Null where it is damaged. What is returned is used, not looked up again: those who load for other channels clear what is kept.
    private async Task<DeliveryMessage?> MessageAsync(DatabaseKind kind, long sequence, CancellationToken cancellationToken)
    {
        if (_messages.TryGetValue((kind, sequence), out var kept))
        {
            return kept;
        }

        if (_messages.Count >= MostMessages)
        {
            _messages.Clear();
        }

        try
        {
            var (id, view) = await PlanStore.MessageAsync(databases, kind, sequence, cancellationToken);
            // Whoever made the message marked its texts where it is no real one; what goes out is marked whoever made it.
            var message = new DeliveryMessage(id, view with { Info = wording.Marked(Enum.Parse<CapStatus>(view.Status), view.Info) });
            _messages[(kind, sequence)] = message;
            return message;
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !exception.IsDatabaseFault())
        {
            log.MessageNotReadable(exception, sequence);
            return null;
        }
    }
}

/// <summary>What became of rows that were taken.</summary>
/// <param name="Jobs">Can be tried.</param>
/// <param name="Withdrawn">Their subscription or address is there no more.</param>
/// <param name="Unreadable">Their message or address is damaged, or its key is gone; with where to go on.</param>
internal sealed record LoadedJobs(IReadOnlyList<DeliveryJob> Jobs, IReadOnlyList<LedgerRow> Withdrawn, IReadOnlyList<(LedgerRow Row, NextAddress? Next)> Unreadable);
