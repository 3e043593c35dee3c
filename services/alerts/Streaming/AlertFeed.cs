using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Streaming;

/// <summary>
/// Carries committed messages to the open streams, in sequence order: at once when this process committed them, by a
/// poll when another replica did.
/// </summary>
public sealed class AlertFeed(
    IServiceScopeFactory scopes,
    StreamHub hub,
    IOptions<AlertOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<AlertFeed> log) : BackgroundService
{
    private const int BatchSize = 500;

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Whether a sequence was given out: by this process, or by another replica that this one has yet to follow.</summary>
    public async Task<bool> HasReachedAsync(long sequence, CancellationToken cancellationToken)
    {
        if (sequence <= hub.Position)
        {
            return true;
        }

        await using var scope = scopes.CreateAsyncScope();
        return await Events(scope.ServiceProvider.GetRequiredService<AlertDbContext>()).AnyAsync(row => row.Sequence >= sequence, cancellationToken);
    }

    /// <summary>Messages of one town after a sequence and up to another, oldest first, at most a batch.</summary>
    public async Task<IReadOnlyList<StreamFrame>> ReadMissedAsync(string municipality, long after, long upTo, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await Events(scope.ServiceProvider.GetRequiredService<AlertDbContext>())
            .Where(row => row.Municipality == municipality && row.Sequence > after && row.Sequence <= upTo)
            .OrderBy(row => row.Sequence)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new StreamFrame(row))];
    }

    /// <summary>Learns what is in force before the first stream can open.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<AlertDbContext>();
            var newest = await Events(database).MaxAsync(row => (long?)row.Sequence, cancellationToken) ?? 0;
            var now = clock.GetUtcNow();
            var inForce = database.Chains.IgnoreQueryFilters()
                .Where(chain => chain.CancelledAt == null && chain.Expires > now)
                .Select(chain => chain.NewestMessageId);
            // The newest row comes along, in force or not: it sets the position.
            var rows = await Events(database)
                .Where(row => row.Sequence == newest || (row.Sequence < newest && inForce.Contains(row.MessageId)))
                .OrderBy(row => row.Sequence)
                .ToListAsync(cancellationToken);
            rows.ForEach(row => hub.Send(row.Municipality, new StreamFrame(row)));
        }

        // Open streams would otherwise hold up the server's stop until its timeout.
        lifetime.ApplicationStopping.Register(hub.CloseAll);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(FollowAsync(stoppingToken), BeatAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await SendBatchAsync(stoppingToken) < BatchSize)
                {
                    await WaitAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception.IsDatabaseFault())
            {
                log.FeedNotRead(exception);
                await Task.Delay(TimeSpan.FromSeconds(options.Value.PollSeconds), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> SendBatchAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var position = hub.Position;
        var rows = await Events(scope.ServiceProvider.GetRequiredService<AlertDbContext>()).Where(row => row.Sequence > position).OrderBy(row => row.Sequence).Take(BatchSize).ToListAsync(cancellationToken);
        rows.ForEach(row => hub.Send(row.Municipality, new StreamFrame(row)));
        return rows.Count;
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stoppingToken);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // Time for a look at what other replicas committed.
            return;
        }
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                hub.SendHeartbeat();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops.
            return;
        }
    }

    // This follows every town; the streams are told apart by the rows' municipality.
    private static IQueryable<StreamEvent> Events(AlertDbContext database) => database.StreamEvents.AsNoTracking().IgnoreQueryFilters();
}
