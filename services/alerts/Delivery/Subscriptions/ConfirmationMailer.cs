using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Channels;
using SmartCity.Alerts.Delivery.Sending;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.Subscriptions;

/// <summary>
/// Asks owners of mailboxes whether they want alerts, and forgets addresses that nobody confirmed in time. A crash between
/// sending and noting it sends a second mail, whose link is the one that works.
/// </summary>
internal sealed class ConfirmationMailer(
    IServiceScopeFactory scopes, TownDatabases databases, ITownDirectory towns, ChannelTable channels, AddressVault vault, ConfirmationSignal signal,
    IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<ConfirmationMailer> log) : BackgroundService
{
    private const int MostAtOnce = 50;
    private const int MostTries = 8;
    private readonly Backoff _pauses = new(TimeSpan.FromSeconds(options.Value.RetrySeconds), TimeSpan.FromSeconds(options.Value.LongestRetrySeconds));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var owner in databases.Owners)
            {
                await ServeAsync(owner, stoppingToken);
            }

            await signal.WaitAsync(TimeSpan.FromSeconds(options.Value.PollSeconds), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(string? owner, CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = owner;
            var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
            await ForgetAsync(database, stoppingToken);
            var now = clock.GetUtcNow();
            var due = await database.Set<SubscriptionAddress>().AsNoTracking().IgnoreQueryFilters()
                .Where(row => row.ConfirmUntil > now && row.ConfirmAt <= now)
                .OrderBy(row => row.ConfirmAt).Take(MostAtOnce)
                .ToListAsync(stoppingToken);
            foreach (var address in due)
            {
                await TryAskAsync(database, address, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was not asked stays due.
            return;
        }
        catch (Exception exception)
        {
            // Whatever it is: the other towns' turn comes, and this one's again.
            log.ConfirmationsNotRead(exception);
        }
    }

    // One that can't be read or written to holds up no other, and is not tried again.
    private async Task TryAskAsync(AlertDbContext database, SubscriptionAddress address, CancellationToken stoppingToken)
    {
        try
        {
            await AskAsync(database, address, stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !exception.IsDatabaseFault())
        {
            log.ConfirmationBroke(exception, address.Municipality);
            await database.Set<SubscriptionAddress>().IgnoreQueryFilters()
                .Where(row => row.SubscriptionId == address.SubscriptionId && row.Rank == address.Rank && row.Address == address.Address)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ConfirmAt, (DateTimeOffset?)null), stoppingToken);
        }
    }

    private async Task AskAsync(AlertDbContext database, SubscriptionAddress address, CancellationToken stoppingToken)
    {
        var token = SubscriptionSecrets.New();
        var hash = SubscriptionSecrets.Hash(token);
        var lease = clock.GetUtcNow().AddSeconds(options.Value.LeaseSeconds);
        var rows = database.Set<SubscriptionAddress>().IgnoreQueryFilters().Where(row => row.SubscriptionId == address.SubscriptionId && row.Rank == address.Rank);
        var isMine = await rows.Where(row => row.ConfirmAt == address.ConfirmAt).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ConfirmHash, hash).SetProperty(row => row.ConfirmAt, lease).SetProperty(row => row.ConfirmTries, address.ConfirmTries + 1),
            stoppingToken) == 1;
        var channel = channels.Offered.FirstOrDefault(channel => channel.Name == address.Channel);
        if (!isMine || channel is null || !towns.TryGet(address.Municipality, out var town))
        {
            return;
        }

        var languages = await database.Set<Subscription>().IgnoreQueryFilters().Where(row => row.Id == address.SubscriptionId).Select(row => row.Languages).SingleOrDefaultAsync(stoppingToken);
        if (languages is null)
        {
            // Ended meanwhile.
            return;
        }

        var outcome = await channel.AskAsync(town, vault.Open(address), token, languages, stoppingToken);
        DateTimeOffset? again = null;
        if (outcome.Kind is OutcomeKind.Later or OutcomeKind.NotTried && address.ConfirmTries + 1 < MostTries)
        {
            again = clock.GetUtcNow() + _pauses.After(address.ConfirmTries + 1);
        }

        if (outcome.Why is { } why)
        {
            log.ConfirmationNotSent(why, address.ConfirmTries + 1);
        }

        await rows.Where(row => row.ConfirmHash == hash).ExecuteUpdateAsync(set => set.SetProperty(row => row.ConfirmAt, again), CancellationToken.None);
    }

    private async Task ForgetAsync(AlertDbContext database, CancellationToken stoppingToken)
    {
        var now = clock.GetUtcNow();
        var late = database.Set<SubscriptionAddress>().IgnoreQueryFilters().Where(row => row.ConfirmUntil <= now);
        if (!await late.AnyAsync(stoppingToken))
        {
            return;
        }

        await using var transaction = await database.Database.BeginTransactionAsync(stoppingToken);
        await late.Where(row => row.ConfirmedAt == null).ExecuteDeleteAsync(stoppingToken);
        await late.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ConfirmUntil, (DateTimeOffset?)null).SetProperty(row => row.ConfirmAt, (DateTimeOffset?)null).SetProperty(row => row.ConfirmHash, (string?)null),
            stoppingToken);
        await database.Set<Subscription>().IgnoreQueryFilters()
            .Where(row => !database.Set<SubscriptionAddress>().IgnoreQueryFilters().Any(address => address.SubscriptionId == row.Id))
            .ExecuteDeleteAsync(stoppingToken);
        await transaction.CommitAsync(stoppingToken);
    }
}
