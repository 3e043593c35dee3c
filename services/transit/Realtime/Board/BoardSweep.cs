namespace SmartCity.Transit.Realtime.Board;

/// <summary>Clears the boards of what is over, every minute. What is shown does not wait for it.</summary>
internal sealed class BoardSweep(RealtimeBoard boards, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            boards.Sweep();
        }
    }
}
