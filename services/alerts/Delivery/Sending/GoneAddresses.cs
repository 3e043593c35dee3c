using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>Forgets addresses whose receivers say that they are gone, and subscriptions that have no other.</summary>
internal sealed class GoneAddresses(IServiceScopeFactory scopes, TownDatabases databases, ILogger<GoneAddresses> log)
{
    public async Task RemoveAsync(LedgerRow row, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = row.Municipality;
        var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
        using var turn = await databases.TakeTurnAsync(databases.Of(databases.OwnerOf(row.Municipality)), cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await database.Set<SubscriptionAddress>()
            .Where(address => address.SubscriptionId == row.SubscriptionId && address.Rank == row.Rank)
            .ExecuteDeleteAsync(cancellationToken);
        await database.Set<Subscription>()
            .Where(subscription => subscription.Id == row.SubscriptionId
                && !database.Set<SubscriptionAddress>().Any(address => address.SubscriptionId == subscription.Id))
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.AddressGone(row.Municipality, row.Channel);
    }
}
