using Microsoft.Extensions.Options;

namespace SmartCity.Alerts.Import.Feeds;

/// <summary>Reads the feeds at their pace and takes what they bring.</summary>
internal sealed class CapFeedFollower(
    CapFeedReader reader, CapEntryFetcher fetcher, CapFeedInbox inbox, IOptions<CapFeedOptions> options, TimeProvider clock, ILogger<CapFeedFollower> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value is not { Follow: true, Feeds.Count: > 0 })
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        do
        {
            await TryAsync(() => reader.ReadAsync(stoppingToken), stoppingToken);
            await TryAsync(() => fetcher.DrainAsync(stoppingToken), stoppingToken);
            await TryAsync(() => inbox.ForgetAsync(stoppingToken), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Neither a database that is away nor what nobody foresaw may end the intake, or the host with it: nothing was marked as done.
    private async Task TryAsync(Func<Task> step, CancellationToken stoppingToken)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            log.IntakeFailed(exception);
        }
    }
}
