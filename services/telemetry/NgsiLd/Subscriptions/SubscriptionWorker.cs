using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.Contracts.Towns;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Telemetry.NgsiLd.Subscriptions;

/// <summary>
/// Looks after each commit, and every few seconds, which receivers are to be told of something. Each is told by itself: one
/// that is slow or away delays nobody else.
/// </summary>
internal sealed class SubscriptionWorker(
    IServiceScopeFactory scopes, ITownDirectory towns, TownDatabases databases, SubscriptionBell bell, IOptions<NgsiLdOptions> options, TimeProvider clock, ILogger<SubscriptionWorker> log)
    : BackgroundService
{
    /// <summary>Between two looks: many commits a second are one look.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<(string Municipality, string Id), Task> _telling = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var subscriptions = 0;
            foreach (var town in towns.Towns.Where(town => town.Offers(AppIds.Telemetry)))
            {
                subscriptions += await LookAsync(town, stoppingToken);
            }

            bell.ListenFor(subscriptions > 0);
            await Task.Delay(Rest, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WaitAsync(stoppingToken);
        }

        await Task.WhenAll(_telling.Values);
    }

    /// <returns>How many subscriptions commits could concern.</returns>
    private async Task<int> LookAsync(Town town, CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = ScopeOf(town);
            var subscriptions = await scope.ServiceProvider.GetRequiredService<SubscriptionDesk>().ListAsync(stoppingToken);
            foreach (var (id, _) in subscriptions.Where(one => one.IsDue))
            {
                if (_telling.TryGetValue((town.Code, id), out var before) && !before.IsCompleted)
                {
                    continue;
                }

                _telling[(town.Code, id)] = Task.Run(() => TellAsync(town, id, stoppingToken), CancellationToken.None);
            }

            return subscriptions.Count;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told after the next start.
            return 0;
        }
        catch (Exception exception)
        {
            // Whatever it is: what one town subscribes to must not end everybody's ingest. They are there, for all we know.
            log.SubscriptionsNotRead(exception, town.Code);
            return 1;
        }
    }

    private async Task TellAsync(Town town, string id, CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = ScopeOf(town);
            var isAlone = databases.Of(databases.OwnerOf(town.Code)).IsSqlite;
            await scope.ServiceProvider.GetRequiredService<SubscriptionDesk>().TellAsync(town, id, isAlone, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told after the next start.
            return;
        }
        catch (Exception exception)
        {
            // It is tried again with the next look.
            log.SubscriptionsNotRead(exception, town.Code);
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            await bell.Rung.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Time for a look at what other replicas committed, what is to be tried again, or to stop.
            return;
        }
    }

    private AsyncServiceScope ScopeOf(Town town)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = town.Code;
        return scope;
    }
}
