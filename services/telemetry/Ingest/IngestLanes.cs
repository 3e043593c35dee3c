using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Telemetry.Ingest;

/// <summary>
/// A queue and its one writer for each database: the shared one, and those of towns with one of their own. What one
/// database does not take holds up no other's commits.
/// </summary>
internal sealed class IngestLanes : BackgroundService
{
    private readonly ConcurrentDictionary<string, Lazy<Lane>> _lanes = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TownDatabases _databases;
    private readonly IServiceProvider _provider;
    private readonly IHostApplicationLifetime _lifetime;

    public IngestLanes(TownDatabases databases, IServiceProvider provider, IHostApplicationLifetime lifetime, IngestMetrics metrics)
    {
        (_databases, _provider, _lifetime) = (databases, provider, lifetime);
        metrics.ObserveQueue(() => _lanes.Values.Sum(lane => lane.Value.Queue.Count));
    }

    /// <summary>Waits while the lane of the item's town is full.</summary>
    public ValueTask WriteAsync(IngestItem item, CancellationToken cancellationToken)
        => LaneOf(_databases.OwnerOf(item.Municipality)).Queue.WriteAsync(item, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LaneOf(owner: null);
        // A writer that ends with a fault that nobody foresaw must end the process, which starts again: a dead lane would be silent.
        await Task.WhenAny(_broken.Task, Task.Delay(Timeout.Infinite, stoppingToken));
        if (_broken.Task.IsFaulted)
        {
            await _broken.Task;
        }

        await Task.WhenAll(_lanes.Values.Select(lane => lane.Value.Writing));
        foreach (var lane in _lanes.Values)
        {
            lane.Value.Queue.Dispose();
        }
    }

    private Lane LaneOf(string? owner) => _lanes.GetOrAdd(owner ?? "", _ => new Lazy<Lane>(() => Start(owner))).Value;

    private Lane Start(string? owner)
    {
        var queue = new IngestQueue(_provider.GetRequiredService<IOptions<IngestOptions>>());
        var writer = ActivatorUtilities.CreateInstance<BatchWriter>(_provider, queue, new LaneOwner(owner));
        return new Lane(queue, Task.Run(() => WriteAsync(writer)));
    }

    private async Task WriteAsync(BatchWriter writer)
    {
        try
        {
            await writer.RunAsync(_lifetime.ApplicationStopping);
        }
        catch (Exception exception)
        {
            _broken.TrySetException(exception);
            throw;
        }
    }

    private sealed record Lane(IngestQueue Queue, Task Writing);
}

/// <summary>Whose database a lane writes to.</summary>
/// <param name="Municipality">Null for the shared one.</param>
internal sealed record LaneOwner(string? Municipality);
