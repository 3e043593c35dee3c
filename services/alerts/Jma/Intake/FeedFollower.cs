using Microsoft.Extensions.Options;

namespace SmartCity.Alerts.Jma.Intake;

/// <summary>Reads the feeds at their pace, fetches what they bring, and keeps the subscriptions for pushes alive.</summary>
internal sealed class FeedFollower(
    FeedReader reader, EntryFetcher fetcher, PushSubscriber subscriber, JmaInbox inbox, InboxSignal signal, IOptions<JmaOptions> options, TimeProvider clock, ILogger<FeedFollower> log)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => options.Value is { Follow: true, Feeds.Count: > 0 } ? Task.WhenAll(ReadAsync(stoppingToken), FetchAsync(stoppingToken)) : Task.CompletedTask;

    private async Task ReadAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        try
        {
            do
            {
                // Each by itself: without pushes, the feeds are read all the same.
                await TryAsync(() => subscriber.RenewAsync(stoppingToken), stoppingToken);
                await TryAsync(() => reader.ReadAsync(stoppingToken), stoppingToken);
                await TryAsync(() => inbox.ForgetAsync(stoppingToken), stoppingToken);
                // What failed to be fetched is due again by now.
                signal.Set();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task FetchAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await signal.WaitAsync(stoppingToken);
                await TryAsync(() => fetcher.DrainAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
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
