using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Transit.Feeds.Live;

/// <summary>
/// Loads every town's live feeds before the service answers, and looks again from time to time: another process may have
/// made another version live. A database that is away keeps what is served.
/// </summary>
public sealed class LiveFeedKeeper(LiveFeedLoader loader, ITownDirectory towns, TimeProvider clock, ILogger<LiveFeedKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAllAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RefreshAllAsync(stoppingToken);
        }
    }

    private async Task RefreshAllAsync(CancellationToken cancellationToken)
    {
        foreach (var town in towns.Towns.Where(town => town.Offers(AppIds.Transit)))
        {
            try
            {
                await loader.RefreshAsync(town.Code, null, cancellationToken);
            }
            catch (Exception exception) when (exception.IsDatabaseFault())
            {
                log.LiveFeedsNotRead(exception, town.Code);
            }
        }
    }
}
