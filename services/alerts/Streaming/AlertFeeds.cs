using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SmartCity.ServiceDefaults.Data;

namespace SmartCity.Alerts.Streaming;

/// <summary>One feed for the shared database, and one for each town's own from the first stream of that town on.</summary>
public sealed class AlertFeeds(
    IServiceScopeFactory scopes, TownDatabases databases, AlertMetrics metrics, IOptions<AlertOptions> options, IHostApplicationLifetime lifetime,
    TimeProvider clock, ILogger<AlertFeed> log) : BackgroundService
{
    private readonly ConcurrentDictionary<string, Running> _feeds = new(StringComparer.Ordinal);

    /// <summary>The feed of a town's streams, which knows what is in force.</summary>
    public async Task<AlertFeed> OfAsync(string municipality, CancellationToken cancellationToken)
    {
        var running = GetOrStart(databases.OwnerOf(municipality));
        try
        {
            await running.Begun.WaitAsync(cancellationToken);
        }
        catch when (running.Begun.IsFaulted)
        {
            // The next stream tries again.
            _feeds.TryRemove(KeyValuePair.Create(KeyOf(running.Feed.Owner), running));
            throw;
        }

        return running.Feed;
    }

    /// <summary>Pages that are connected to this node now.</summary>
    public int OpenPagesOf(string municipality) => _feeds.TryGetValue(KeyOf(databases.OwnerOf(municipality)), out var running) ? running.Feed.Hub.CountOf(municipality) : 0;

    /// <summary>Something was committed.</summary>
    public void Wake()
    {
        foreach (var running in _feeds.Values)
        {
            running.Feed.Wake();
        }
    }

    /// <summary>Learns what is in force in the shared database before the first stream can open.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await GetOrStart(owner: null).Begun.WaitAsync(cancellationToken);
        // Open streams would otherwise hold up the server's stop until its timeout.
        lifetime.ApplicationStopping.Register(CloseAll);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds / StreamHub.Turns), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var running in _feeds.Values)
                {
                    if (running.Following.IsFaulted)
                    {
                        // A fault that nobody foresaw ends the process, which starts again: streams that only beat would tell nothing.
                        await running.Following;
                    }

                    running.Feed.Hub.SendHeartbeat();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_feeds.Values.Select(running => running.Following));
        }
    }

    private static string KeyOf(string? owner) => owner ?? "";

    private Running GetOrStart(string? owner) => _feeds.GetOrAdd(
        KeyOf(owner),
        _ => new Running(new AlertFeed(owner, new StreamHub(metrics, clock), scopes, options, clock, log), lifetime.ApplicationStopping));

    private void CloseAll()
    {
        foreach (var running in _feeds.Values)
        {
            running.Feed.Hub.CloseAll();
        }
    }

    private sealed class Running
    {
        private readonly Lazy<Task> _begun;

        public Running(AlertFeed feed, CancellationToken stopping)
        {
            Feed = feed;
            _begun = new Lazy<Task>(() => BeginAsync(stopping));
        }

        public AlertFeed Feed { get; }

        public Task Begun => _begun.Value;

        public Task Following { get; private set; } = Task.CompletedTask;

        private async Task BeginAsync(CancellationToken stopping)
        {
            await Feed.BeginAsync(stopping);
            Following = Feed.FollowAsync(stopping);
        }
    }
}
