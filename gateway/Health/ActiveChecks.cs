using SmartCity.Gateway.Forwarding;
using SmartCity.Gateway.Routing;

namespace SmartCity.Gateway.Health;

/// <summary>
/// Asks the health path of replicas that were used in the last minute or are ill: of a thousand towns' services, those
/// that nobody asks for need not be kept awake.
/// </summary>
internal sealed class ActiveChecks(RouteBook book, PlatformTargets platform, TimeProvider clock, ILogger<ActiveChecks> log) : BackgroundService
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var due = platform.ByAppId.Values
                .Concat(book.Current.Towns.Values.SelectMany(town => town.Targets.Values.Select(entry => entry.Target).Where(target => target.IsThirdParty)))
                .Where(target => target.Upstream.HealthPath is not null)
                .SelectMany(target => target.Upstream.Replicas.Where(IsDue).Select(replica => (Target: target, Replica: replica)));
            try
            {
                await Parallel.ForEachAsync(
                    due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                    async (check, token) => await CheckAsync(check.Target, check.Replica, token));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private bool IsDue(Replica replica)
        => replica.IsUnhealthy || replica.IsOpen || (replica.LastUsed != 0 && clock.GetElapsedTime(replica.LastUsed) < Recent);

    private async Task CheckAsync(Target target, Replica replica, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Within);
        var healthy = false;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, replica.Address + target.Upstream.PathPrefix + target.Upstream.HealthPath);
            using var answer = await target.Upstream.Client.SendAsync(request, limit.Token);
            healthy = answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            healthy = false;
        }

        if (healthy == replica.IsUnhealthy)
        {
            log.HealthChanged(replica.Address, target.Name, healthy ? "healthy again" : "not healthy and left alone");
        }

        replica.Checked(healthy);
    }
}
