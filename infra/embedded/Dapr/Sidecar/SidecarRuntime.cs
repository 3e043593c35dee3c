using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>A running sidecar's parts, in the order in which they start; they stop in the opposite one.</summary>
internal sealed class SidecarRuntime : IAsyncDisposable
{
    private readonly EventStore _store;
    private readonly AppChannel _channel;
    private readonly EventDeliverer _deliverer;
    private readonly CancellationTokenSource _stopAsking = new();
    private Task _asking = Task.CompletedTask;
    private SidecarServer? _server;

    private SidecarRuntime(EventStore store, AppChannel channel, EventDeliverer deliverer)
        => (_store, _channel, _deliverer) = (store, channel, deliverer);

    public static async Task<SidecarRuntime> StartAsync(
        DaprSidecarOptions options, IReadOnlyDictionary<string, SidecarApp> apps, ILoggerFactory loggers, ILogger logger, TimeProvider clock, CancellationToken cancellationToken)
    {
        var store = EventStore.Open(options, logger);
        var channel = new AppChannel(options.AppApiToken);
        var delivery = new EventDelivery(store, new EventSender(channel, options.Delivery.Timeout), options.Delivery, clock, logger);
        var runtime = new SidecarRuntime(store, channel, new EventDeliverer(store, apps, delivery, logger));
        try
        {
            foreach (var app in apps.Values)
            {
                app.Ready.Close();
                // Before the first publish can come in, so that nothing published from then on is missed.
                await store.SetSubscriptionsAsync(app.AppId, DeclaredSubscriptions.Merge(app.AppId, store.SubscriptionsOf(app.AppId), options.Subscriptions));
            }

            var router = runtime.Router(options, apps, clock, logger);
            runtime._server = await SidecarServer.StartAsync([.. apps.Values], options.Limits, router.HandleAsync, loggers, cancellationToken);
            store.StartWorkers();
            runtime._asking = Task.WhenAll(apps.Values.Select(app
                => runtime.AskAsync(new SubscriptionAsker(app, channel, store, options, clock, logger))));
            return runtime;
        }
        catch
        {
            await runtime.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _stopAsking.CancelAsync();
        await _asking;
        await _deliverer.DisposeAsync();
        _channel.Dispose();
        await _store.DisposeAsync();
        _stopAsking.Dispose();
    }

    private SidecarRouter Router(DaprSidecarOptions options, IReadOnlyDictionary<string, SidecarApp> apps, TimeProvider clock, ILogger logger)
    {
        var targets = new PublishTarget(options.PubsubNames);
        return new SidecarRouter(
            options.ApiToken,
            new PublishEndpoint(_store, targets, options.Limits, clock),
            new BulkPublishEndpoint(_store, targets, options.Limits, clock),
            new InvokeEndpoint(apps, _channel, options.Limits, clock, logger),
            new InformationEndpoints(_store, options.PubsubNames),
            logger);
    }

    private async Task AskAsync(SubscriptionAsker asker)
    {
        try
        {
            await asker.RunAsync(_stopAsking.Token);
        }
        catch (OperationCanceledException) when (_stopAsking.IsCancellationRequested)
        {
            return;
        }
    }
}
