using Microsoft.Extensions.Logging;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// The policies of one app's sidecar: its own breakers, and the names of all resources in its scope together, later
/// ones before earlier ones (dapr/dapr, pkg/resiliency/resiliency.go).
/// </summary>
internal sealed class AppResiliency
{
    private readonly Lock _gate = new();
    private readonly List<ResiliencyResource> _resources;
    private readonly string _appId;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Dictionary<string, RecentBreakers> _ofApps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CircuitBreaker> _ofComponents = new(StringComparer.Ordinal);

    public AppResiliency(string appId, IEnumerable<ResiliencyResource> resources, TimeProvider clock, ILogger logger)
    {
        (_appId, _clock, _logger) = (appId, clock, logger);
        _resources = [.. resources.Where(r => r.Document.IsFor(appId)).Reverse()];
    }

    /// <summary>The policy of a call to another app; each path has its own breaker, as upstream.</summary>
    public Policy ForApp(string callee, string path)
    {
        var names = Find(r => r.Apps.GetValueOrDefault(callee)) ?? Default("App");
        return PolicyOf(names, name =>
        {
            if (!_ofApps.TryGetValue(callee, out var breakers))
            {
                _ofApps[callee] = breakers = new RecentBreakers(names.CircuitBreakerCacheSize);
            }

            return breakers.GetOrAdd(path, () => Breaker(name, $"{callee}:{path}"));
        });
    }

    /// <summary>The policy of deliveries from a pub/sub component.</summary>
    public Policy Inbound(string pubsub) => ForComponent(pubsub, c => c.Inbound, "Pubsub", "Inbound");

    /// <summary>The policy of calls to a component.</summary>
    public Policy Outbound(string component, string kind) => ForComponent(component, c => c.Outbound, kind, "Outbound");

    /// <summary>The breakers that are not closed, with their states.</summary>
    public IReadOnlyList<(string Target, CircuitState State)> NotClosed()
    {
        lock (_gate)
        {
            return [.. _ofComponents.Select(c => (Target: c.Key, c.Value.State))
                .Concat(_ofApps.SelectMany(a => a.Value.All.Select(b => (Target: $"{a.Key}:{b.Key}", b.Value.State))))
                .Where(b => b.State != CircuitState.Closed)];
        }
    }

    private Policy ForComponent(string component, Func<ComponentPolicyNames, PolicyNames> side, string kind, string direction)
    {
        if (_resources.Count == 0)
        {
            return Policy.None;
        }

        var names = Find(r => r.Components.GetValueOrDefault(component) is { } found ? side(found) : null)
            ?? Default(kind + "Component" + direction, "Component" + direction, "Component");
        // Upstream has one breaker for both directions of a component, which lets the app's failures stop publishing.
        var target = $"{component} {direction.ToLowerInvariant()}";
        return PolicyOf(names, name =>
        {
            if (!_ofComponents.TryGetValue(target, out var breaker))
            {
                _ofComponents[target] = breaker = Breaker(name, target);
            }

            return breaker;
        });
    }

    private Policy PolicyOf(PolicyNames names, Func<string, CircuitBreaker> breakerOf)
    {
        if (names == PolicyNames.None)
        {
            return Policy.None;
        }

        CircuitBreaker? breaker = null;
        if (!string.IsNullOrEmpty(names.CircuitBreaker))
        {
            lock (_gate)
            {
                breaker = breakerOf(names.CircuitBreaker);
            }
        }

        var timeout = Find(r => r.Timeouts.TryGetValue(names.Timeout ?? "", out var t) ? (TimeSpan?)t : null);
        return new Policy(timeout is { Ticks: > 0 } ? timeout : null, Find(r => r.Retries.GetValueOrDefault(names.Retry ?? "")), breaker);
    }

    // "DefaultAppRetryPolicy", else "DefaultRetryPolicy" (Dapr docs, "Default resiliency policies").
    private PolicyNames Default(params string[] levels)
    {
        string? Name(string kind, Func<ResiliencyResource, string, bool> exists) => levels.Append("")
            .Select(level => $"Default{level}{kind}Policy").FirstOrDefault(name => _resources.Exists(r => exists(r, name)));
        return _resources.Count == 0 ? PolicyNames.None : new PolicyNames(
            Name("Timeout", static (r, n) => r.Timeouts.ContainsKey(n)),
            Name("Retry", static (r, n) => r.Retries.ContainsKey(n)),
            Name("CircuitBreaker", static (r, n) => r.CircuitBreakers.ContainsKey(n)));
    }

    private T? Find<T>(Func<ResiliencyResource, T?> select) => _resources.Select(select).FirstOrDefault(found => found is not null);

    private CircuitBreaker Breaker(string name, string target)
        => new(Find(r => r.CircuitBreakers.GetValueOrDefault(name)) ?? new CircuitBreakerPolicy(), _clock,
            (from, to) => Log.CircuitChanged(_logger, _appId, target, from, to));
}
