using Microsoft.AspNetCore.Http;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary><c>/v1.0/healthz</c>, <c>/v1.0/healthz/outbound</c> and <c>/v1.0/metadata</c>.</summary>
internal sealed class InformationEndpoints(EventStore store, StateLog state, ComponentCatalog catalog)
{
    private static readonly string Version = typeof(InformationEndpoints).Assembly.GetName().Version?.ToString() ?? "";

    /// <summary>204 while events can be stored, else 500, so that a full disk shows before events are refused.</summary>
    public Task HealthAsync(HttpContext context)
    {
        if ((store.LastFailure ?? state.LastFailure) is { } failure)
        {
            return DaprErrors.WriteAsync(context, StatusCodes.Status500InternalServerError, DaprErrors.Health, failure.Message);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public Task MetadataAsync(HttpContext context, SidecarApp app) => DaprErrors.WriteJsonAsync(context, StatusCodes.Status200OK, new
    {
        id = app.AppId,
        runtimeVersion = Version,
        components = catalog.ComponentsOf(app.AppId).Select(c => new { name = c.Name, type = c.Type, version = c.Version, capabilities = CapabilitiesOf(c) }),
        subscriptions = store.SubscriptionsOf(app.AppId).Select(s => new
        {
            pubsubname = s.Pubsub,
            topic = s.Topic,
            deadLetterTopic = s.DeadLetterTopic ?? "",
            rules = s.Rules.Select(r => new { match = r.Match, path = r.Path })
                .Concat(s.DefaultPath is null ? [] : [new { match = "", path = s.DefaultPath }]),
        }),
        extended = Extended(app),
        appConnectionProperties = app.Address is null ? null : new { protocol = app.Address.Scheme, channelAddress = app.Address.Host, port = app.Address.Port },
    });

    // Upstream's words for what a component can do.
    private static string[] CapabilitiesOf(Component component)
        => component is StateStoreComponent ? ["ETAG", "TRANSACTIONAL", "TTL"] : [];

    private static Dictionary<string, string> Extended(SidecarApp app)
    {
        var extended = new Dictionary<string, string>(StringComparer.Ordinal) { ["daprRuntimeVersion"] = Version };
        foreach (var (target, state) in app.Resiliency.NotClosed())
        {
            extended["circuitBreaker " + target] = state == CircuitState.HalfOpen ? "half-open" : "open";
        }

        return extended;
    }
}
