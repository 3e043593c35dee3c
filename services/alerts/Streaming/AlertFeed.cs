using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SmartCity.Alerts.Data;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.Alerts.Streaming;

/// <summary>
/// Brings committed messages of one database to its open streams, in sequence order: at once when this process committed
/// them, by a poll when another replica did.
/// </summary>
/// <param name="owner">The town whose own database it is, or null for the shared one.</param>
public sealed class AlertFeed(
    string? owner, StreamHub hub, IServiceScopeFactory scopes, IOptions<AlertOptions> options, TimeProvider clock, ILogger<AlertFeed> log)
{
    private const int BatchSize = 500;

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public string? Owner { get; } = owner;

    public StreamHub Hub { get; } = hub;

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Whether a sequence was given out: by this process, or by another replica that this one has yet to follow.</summary>
    public async Task<bool> HasReachedAsync(long sequence, CancellationToken cancellationToken)
    {
        if (sequence <= Hub.Position)
        {
            return true;
        }

        await using var scope = NewScope();
        return await Events(scope).AnyAsync(row => row.Sequence >= sequence, cancellationToken);
    }

    /// <summary>Messages of one town after a sequence and up to another, oldest first, at most a batch.</summary>
    public async Task<IReadOnlyList<StreamFrame>> ReadMissedAsync(string municipality, long after, long upTo, CancellationToken cancellationToken)
    {
        await using var scope = NewScope();
        var rows = await Events(scope)
            .Where(row => row.Municipality == municipality && row.Sequence > after && row.Sequence <= upTo)
            .OrderBy(row => row.Sequence)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new StreamFrame(row))];
    }

    /// <summary>Learns what is in force: before the first stream can open.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await using var scope = NewScope();
        var newest = await Events(scope).GroupBy(row => row.Municipality).Select(town => town.Max(row => row.Sequence)).ToListAsync(cancellationToken);
        var last = newest.DefaultIfEmpty().Max();
        var now = clock.GetUtcNow();
        var inForce = DatabaseOf(scope).Chains.IgnoreQueryFilters()
            .Where(chain => chain.CancelledAt == null && chain.Expires > now)
            .Select(chain => chain.NewestMessageId);
        // Each town's newest row comes along, in force or not: it sets the position.
        var rows = await Events(scope)
            .Where(row => newest.Contains(row.Sequence) || (row.Sequence < last && inForce.Contains(row.MessageId)))
            .OrderBy(row => row.Sequence)
            .ToListAsync(cancellationToken);
        rows.ForEach(row => Hub.Send(row.Municipality, new StreamFrame(row)));
    }

    /// <summary>Follows until the process stops.</summary>
    public async Task FollowAsync(CancellationToken stoppingToken)
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
        await using var scope = NewScope();
        var position = Hub.Position;
        var rows = await Events(scope).Where(row => row.Sequence > position).OrderBy(row => row.Sequence).Take(BatchSize).ToListAsync(cancellationToken);
        rows.ForEach(row => Hub.Send(row.Municipality, new StreamFrame(row)));
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

    private AsyncServiceScope NewScope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = Owner;
        return scope;
    }

    private static AlertDbContext DatabaseOf(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<AlertDbContext>();

    // The shared database holds many towns; the streams are told apart by the rows' municipality.
    private static IQueryable<StreamEvent> Events(AsyncServiceScope scope) => DatabaseOf(scope).StreamEvents.AsNoTracking().IgnoreQueryFilters();
}
