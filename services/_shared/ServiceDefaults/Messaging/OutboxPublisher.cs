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

namespace SmartCity.ServiceDefaults.Messaging;

/// <summary>
/// Publishes the outbox in order: at least once, since a crash between publishing and removing repeats an event.
/// The receivers' inboxes make it exactly once in effect.
/// </summary>
internal sealed class OutboxPublisher<TContext>(
    IServiceScopeFactory scopes, DaprClient dapr, OutboxSignal signal, TimeProvider clock, ILogger<OutboxPublisher<TContext>> log) : BackgroundService
    where TContext : CityDbContext
{
    private const int BatchSize = 100;
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(5);
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var published = await PublishBatchAsync(stoppingToken);
                failures = 0;
                if (published < BatchSize)
                {
                    await signal.WaitAsync(IdlePoll, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is DaprException or HttpRequestException or OperationCanceledException || exception.IsDatabaseFault())
            {
                failures++;
                log.OutboxNotPublished(exception, failures);
                await Task.Delay(Pauses.After(failures), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> PublishBatchAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>();
        var batch = await database.Outbox.AsNoTracking().OrderBy(row => row.Id).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var row in batch)
        {
            await dapr.PublishByteEventAsync(Topics.PubSub, row.Topic, Encoding.UTF8.GetBytes(row.Payload), "application/json",
                new Dictionary<string, string>(StringComparer.Ordinal) { ["cloudevent.id"] = row.EventId }, cancellationToken);
            await database.Outbox.Where(sent => sent.Id == row.Id).ExecuteDeleteAsync(cancellationToken);
        }

        return batch.Count;
    }
}
