using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.Sending;

/// <summary>Forgets addresses whose receivers say that they are gone, and subscriptions that have no other.</summary>
internal sealed class GoneAddresses(IServiceScopeFactory scopes, TownDatabases databases, ILogger<GoneAddresses> log)
{
    /// <returns>False where the person has put another address in its place, which stays.</returns>
    public async Task<bool> RemoveAsync(DeliveryJob job, CancellationToken cancellationToken)
    {
        var row = job.Row;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = row.Municipality;
        var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
        using var turn = await databases.TakeTurnAsync(databases.Of(databases.OwnerOf(row.Municipality)), cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Set<SubscriptionAddress>()
            .Where(address => address.SubscriptionId == row.SubscriptionId && address.Rank == row.Rank && address.Address == job.Stored)
            .ExecuteDeleteAsync(cancellationToken) == 0)
        {
            return false;
        }

        await database.Set<Subscription>()
            .Where(subscription => subscription.Id == row.SubscriptionId
                && !database.Set<SubscriptionAddress>().Any(address => address.SubscriptionId == subscription.Id))
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        log.AddressGone(row.Municipality, row.Channel);
        return true;
    }
}
