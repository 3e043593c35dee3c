using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SmartCity.Alerts.Data;
using SmartCity.Alerts.Delivery.Subscriptions;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Delivery.Channels.WebPush;

/// <summary>
/// Makes the keys of the next messages while nothing is sent, and rests three times as long as it works: nobody should notice it.
/// </summary>
internal sealed class PushPreparer(
    IServiceScopeFactory scopes, TownDatabases databases, AddressVault vault, PreparedPushes prepared, TimeProvider clock,
    ILogger<PushPreparer> log) : BackgroundService
{
    private const int AtOnce = 200;
    private const int RestOfWork = 3;
    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(5);

    // New subscriptions are found then.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (prepared.Most == 0)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitForQuietAsync(stoppingToken);
                prepared.BeginPass();
                foreach (var owner in databases.Owners)
                {
                    await PrepareAsync(owner, stoppingToken);
                }

                prepared.EndPass();
                await prepared.Taken.WaitAsync(BetweenLooks, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is: nothing depends on it but speed.
                log.PushesNotPrepared(exception);
                await Task.Delay(BetweenLooks, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitForQuietAsync(CancellationToken stoppingToken)
    {
        while (prepared.Quiet < QuietFor)
        {
            await Task.Delay(QuietFor, clock, stoppingToken);
        }
    }

    private async Task PrepareAsync(string? owner, CancellationToken stoppingToken)
    {
        var after = "";
        // Also when there is no room: who is seen keeps what is ready.
        while (await ReadAsync(owner, after, stoppingToken) is { Count: > 0 } addresses)
        {
            after = addresses[^1].SubscriptionId;
            await WaitForQuietAsync(stoppingToken);
            var began = clock.GetTimestamp();
            foreach (var address in addresses)
            {
                Prepare(address);
            }

            await Task.Delay(clock.GetElapsedTime(began) * RestOfWork, clock, stoppingToken);
        }
    }

    private async Task<List<SubscriptionAddress>> ReadAsync(string? owner, string after, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = owner;
        // One address for each person: the others are hardly ever used.
        return await scope.ServiceProvider.GetRequiredService<AlertDbContext>().Set<SubscriptionAddress>().AsNoTracking().IgnoreQueryFilters()
            .Where(row => row.Channel == WebPushChannel.ChannelName && row.Rank == 0 && row.SubscriptionId.CompareTo(after) > 0)
            .OrderBy(row => row.SubscriptionId).Take(AtOnce)
            .ToListAsync(stoppingToken);
    }

    private void Prepare(SubscriptionAddress address)
    {
        try
        {
            var (receiver, secret) = WebPushChannel.KeysOf(vault.Open(address));
            if (prepared.Lacks(receiver, secret))
            {
                prepared.Add(receiver, secret, PushEncryption.Prepare(receiver, secret));
            }
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException or JsonException)
        {
            // It holds up no other; a delivery to it goes on to the next address.
            log.AddressNotReadable(exception, address.Municipality, address.Channel);
        }
    }
}
