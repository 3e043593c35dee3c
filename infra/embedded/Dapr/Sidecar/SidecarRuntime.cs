using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>A running sidecar's parts, in the order in which they start; they stop in the opposite one.</summary>
internal sealed class SidecarRuntime : IAsyncDisposable
{
    private readonly EventStore _store;
    private readonly StateLog _state;
    private readonly AppChannel _channel;
    private readonly EventDeliverer _deliverer;
    private readonly CancellationTokenSource _stopAsking = new();
    private Task _asking = Task.CompletedTask;
    private SidecarServer? _server;

    private SidecarRuntime(EventStore store, StateLog state, AppChannel channel, EventDeliverer deliverer)
        => (_store, _state, _channel, _deliverer) = (store, state, channel, deliverer);

    public static async Task<SidecarRuntime> StartAsync(
        DaprSidecarOptions options, IReadOnlyDictionary<string, SidecarApp> apps, ILoggerFactory loggers, ILogger logger, TimeProvider clock, CancellationToken cancellationToken)
    {
        var catalog = new CatalogLoader(options, logger).Load();
        var store = EventStore.Open(options, logger);
        var state = await OpenStateAsync(options, store, clock, logger);
        var channel = new AppChannel(options.AppApiToken);
        var deliverer = new EventDeliverer(store, apps, new EventSender(channel, options.Delivery.Timeout), options.Delivery, clock, logger);
        var runtime = new SidecarRuntime(store, state, channel, deliverer);
        try
        {
            foreach (var app in apps.Values)
            {
                app.Ready.Close();
                app.Resiliency = new AppResiliency(app.AppId, catalog.Resiliency, clock, logger);
                // Before the first publish can come in, so that nothing published from then on is missed.
                await store.SetSubscriptionsAsync(app.AppId, DeclaredSubscriptions.Merge(
                    [.. store.SubscriptionsOf(app.AppId).Where(s => catalog.MaySubscribe(app.AppId, s.TopicKey))], catalog.DeclaredFor(app.AppId)));
            }

            var router = runtime.Router(options, catalog, apps, clock, logger);
            runtime._server = await SidecarServer.StartAsync([.. apps.Values], options.Limits, router.HandleAsync, loggers, cancellationToken);
            store.StartWorkers();
            runtime._asking = Task.WhenAll(apps.Values.Select(app
                => runtime.AskAsync(new SubscriptionAsker(app, channel, store, catalog, options.Delivery, clock, logger))));
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
        await _state.DisposeAsync();
        await _store.DisposeAsync();
        _stopAsking.Dispose();
    }

    // What was opened before must not stay open when this fails.
    private static async Task<StateLog> OpenStateAsync(DaprSidecarOptions options, EventStore store, TimeProvider clock, ILogger logger)
    {
        try
        {
            return StateLog.Open(options, clock, logger);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private SidecarRouter Router(DaprSidecarOptions options, ComponentCatalog catalog, IReadOnlyDictionary<string, SidecarApp> apps, TimeProvider clock, ILogger logger)
    {
        var targets = new PublishTarget(catalog);
        return new SidecarRouter(
            options.ApiToken,
            new PublishEndpoint(_store, targets, options.Limits, clock),
            new BulkPublishEndpoint(_store, targets, options.Limits, clock),
            new StateEndpoints(catalog, _state, options.Limits, clock),
            new SecretEndpoints(catalog),
            new InvokeEndpoint(apps, _channel, options.Limits, clock, logger),
            new InformationEndpoints(_store, _state, catalog),
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
