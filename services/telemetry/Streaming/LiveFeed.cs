using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.Streaming;

/// <summary>
/// Hands what was committed to the open streams. On PostgreSQL other replicas commit too: there it looks, while somebody
/// listens, for newest values that it has not heard of, so that every replica's clients see every device.
/// </summary>
internal sealed class LiveFeed(
    LiveReadings live, NewestValues newest, TownDatabases databases, IOptions<LiveOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<LiveFeed> log)
    : BackgroundService
{
    private static readonly IReadOnlyList<LiveReading> Nothing = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Open streams would otherwise hold up the server's stop until its timeout.
        lifetime.ApplicationStopping.Register(live.CloseAll);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Task[] loops = [DistributeAsync(stoppingToken), BeatAsync(stoppingToken)];
        // A loop that ends with a fault must end the process, which starts again: heartbeats alone would hide it.
        await await Task.WhenAny(loops);
        await Task.WhenAll(loops);
    }

    private async Task DistributeAsync(CancellationToken stoppingToken)
    {
        var lookedAt = clock.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(stoppingToken);
            var isTimeToLook = clock.GetElapsedTime(lookedAt).TotalSeconds >= options.Value.PollSeconds;
            lookedAt = isTimeToLook ? clock.GetTimestamp() : lookedAt;
            foreach (var (municipality, town) in live.Towns)
            {
                var others = (isTimeToLook || town.Looks == 0) && HasReplicas(municipality) ? await LookAsync(municipality, town, stoppingToken) : Nothing;
                town.Distribute(others);
            }
        }
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                live.SendHeartbeat();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The streams are closed by now.
            return;
        }
    }

    private async Task<IReadOnlyList<LiveReading>> LookAsync(string municipality, LiveTown town, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await newest.ReadAsync(municipality, cancellationToken);
            if (town.Looks++ == 0)
            {
                town.Begin(rows);
                return Nothing;
            }

            return rows;
        }
        catch (Exception exception) when (exception.IsDatabaseFault())
        {
            log.ReplicasNotSeen(exception, municipality);
            return Nothing;
        }
    }

    private bool HasReplicas(string municipality) => !databases.Of(databases.OwnerOf(municipality)).IsSqlite;

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            await live.Wakes.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Time for a look at what other replicas committed, or to stop.
            return;
        }
    }
}
