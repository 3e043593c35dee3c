using System.Text;
using Dapr;
using Dapr.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Data;
using SmartCity.ServiceDefaults.Retries;
using SmartCity.ServiceDefaults.Towns;

namespace SmartCity.ServiceDefaults.Messaging;

/// <summary>
/// Publishes the outbox in order: at least once, since a crash between publishing and removing repeats an event.
/// The receivers' inboxes make it exactly once in effect. Towns with a database of their own have an outbox of their own
/// there; one that cannot be read holds up no other.
/// </summary>
internal sealed class OutboxPublisher<TContext>(
    IServiceScopeFactory scopes, TownDatabases databases, DaprClient dapr, OutboxSignal signal, TimeProvider clock, ILogger<OutboxPublisher<TContext>> log)
    : BackgroundService
    where TContext : CityDbContext
{
    private const int BatchSize = 100;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(5);
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));
    private readonly Dictionary<string, Trouble> _troubles = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var wait = IdlePoll;
                foreach (var owner in databases.Owners)
                {
                    var pause = await PublishAsync(owner, stoppingToken);
                    wait = pause < wait ? pause : wait;
                }

                if (wait > TimeSpan.Zero)
                {
                    await signal.WaitAsync(wait, clock, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is not published stays in the outbox.
            return;
        }
    }

    /// <returns>How long this outbox need not be looked at.</returns>
    private async Task<TimeSpan> PublishAsync(string? owner, CancellationToken cancellationToken)
    {
        var key = owner ?? "";
        var now = clock.GetUtcNow();
        if (_troubles.TryGetValue(key, out var trouble) && trouble.NotBefore > now)
        {
            return trouble.NotBefore - now;
        }

        try
        {
            var published = await PublishBatchAsync(owner, cancellationToken);
            _troubles.Remove(key);
            return published < BatchSize ? IdlePoll : TimeSpan.Zero;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && (exception is DaprException or HttpRequestException or OperationCanceledException || exception.IsDatabaseFault()))
        {
            var failures = (trouble?.Failures ?? 0) + 1;
            log.OutboxNotPublished(exception, failures);
            var pause = Pauses.After(failures);
            _troubles[key] = new Trouble(failures, clock.GetUtcNow() + pause);
            return pause;
        }
    }

    private async Task<int> PublishBatchAsync(string? owner, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TownScope>().Municipality = owner;
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        var batch = await database.Outbox.AsNoTracking().OrderBy(row => row.Id).Take(BatchSize).ToListAsync(cancellationToken);
        var published = new List<long>(batch.Count);
        try
        {
            foreach (var row in batch)
            {
                await dapr.PublishByteEventAsync(Topics.PubSub, row.Topic, Encoding.UTF8.GetBytes(row.Payload), "application/json",
                    new Dictionary<string, string>(StringComparer.Ordinal) { ["cloudevent.id"] = row.EventId }, cancellationToken);
                published.Add(row.Id);
            }
        }
        finally
        {
            // Together: each commit on its own would wait for the disk, and for those who write meanwhile.
            await RemoveAsync(database, published, cancellationToken);
        }

        return batch.Count;
    }

    private async Task RemoveAsync(TContext database, List<long> published, CancellationToken cancellationToken)
    {
        if (published.Count > 0)
        {
            using var turn = await databases.TakeTurnAsync(databases.Of(database.Owner), cancellationToken);
            await database.Outbox.Where(row => published.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private sealed record Trouble(int Failures, DateTimeOffset NotBefore);
}
