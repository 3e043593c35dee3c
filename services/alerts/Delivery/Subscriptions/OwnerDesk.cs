using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>What owners do with a subscription that exists.</summary>
internal sealed class OwnerDesk(AlertDbContext database, AddressVault vault, DeliveryMetrics metrics, TimeProvider clock)
{
    /// <summary>The subscription whose secret it is; null for another or none, without saying which.</summary>
    public async Task<Subscription?> FindAsync(string id, string? secret, CancellationToken cancellationToken)
    {
        var found = await database.Set<Subscription>().AsNoTracking().Include(row => row.Addresses).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return SubscriptionSecrets.IsIt(secret, found?.SecretHash) ? found : null;
    }

    /// <summary>Deletes it with its addresses; the ledger keeps the number alone.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> EndAsync(string id, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        await database.Set<SubscriptionAddress>().Where(row => row.SubscriptionId == id).ExecuteDeleteAsync(cancellationToken);
        var deleted = await database.Set<Subscription>().Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (deleted > 0)
        {
            metrics.Subscribed("ended");
        }

        return deleted > 0;
    }

    /// <summary>Whether the token came with a mail to the subscription.</summary>
    public bool MayUnsubscribe(string id, string? token)
        => token is not null && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(token), System.Text.Encoding.UTF8.GetBytes(vault.UnsubscribeToken(id)));

    public Task<bool> IsConfirmableAsync(string? token, CancellationToken cancellationToken) => Waiting(token).AnyAsync(cancellationToken);

    /// <summary>Confirms a mailbox: the token works once.</summary>
    /// <param name="wantsSecret">Whether whoever confirms can be shown a secret; who reads mails has a link in each of them.</param>
    /// <returns>The subscription, and its secret where it had none yet; null when the token is not known (any more).</returns>
    public async Task<(Subscription Subscription, string? Secret)?> ConfirmAsync(string? token, bool wantsSecret, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken);
        if (await Waiting(token).SingleOrDefaultAsync(cancellationToken) is not { } address)
        {
            return null;
        }

        // The mailbox's own subscription comes first: a link that somebody else's request brought must not bind the mailbox to theirs.
        var print = address.Fingerprint;
        var holders = await database.Set<Subscription>().Include(row => row.Addresses)
            .Where(row => row.Addresses.Any(one => one.Fingerprint == print)).ToListAsync(cancellationToken);
        var subscription = holders.Find(row => row.IsOfMailboxAlone) ?? holders.Single(row => row.Id == address.SubscriptionId);
        await LeaveAsync(print, subscription.Id, cancellationToken);
        var confirmed = subscription.Addresses.Single(row => row.Fingerprint == print);
        if (confirmed.ConfirmedAt is null && subscription.Addresses.Count == 1)
        {
            // Only now it is known whose it is; a secret from before was somebody's who had not shown to read the mailbox.
            subscription.SecretHash = null;
        }

        confirmed.ConfirmedAt ??= clock.GetUtcNow();
        (confirmed.ConfirmHash, confirmed.ConfirmAt, confirmed.ConfirmUntil) = (null, null, null);
        if (subscription.Pending is { } wishes)
        {
            subscription.Apply(wishes);
        }

        string? secret = null;
        if (wantsSecret && subscription.SecretHash is null)
        {
            secret = SubscriptionSecrets.New();
            subscription.SecretHash = SubscriptionSecrets.Hash(secret);
        }

        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (subscription, secret);
    }

    // Rows that nobody confirmed stay until their time is over, so that whoever made them cannot see that the mailbox is used elsewhere.
    private async Task LeaveAsync(string print, string subscriptionId, CancellationToken cancellationToken)
    {
        var others = database.Set<SubscriptionAddress>().Where(row => row.Fingerprint == print && row.SubscriptionId != subscriptionId);
        await others.Where(row => row.ConfirmedAt != null).ExecuteDeleteAsync(cancellationToken);
        await others.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ConfirmHash, (string?)null).SetProperty(row => row.ConfirmAt, (DateTimeOffset?)null), cancellationToken);
    }

    private IQueryable<SubscriptionAddress> Waiting(string? token)
    {
        var hash = SubscriptionSecrets.Hash(token ?? "");
        var now = clock.GetUtcNow();
        return database.Set<SubscriptionAddress>().Where(row => row.ConfirmHash == hash && row.ConfirmUntil > now);
    }
}
