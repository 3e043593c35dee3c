using Microsoft.Extensions.Primitives;
using SmartCity.Contracts;
using Yarp.ReverseProxy.Configuration;

namespace SmartCity.Gateway.Routing;

/// <summary>
/// YARP's routes: <c>/api/{municipality}/{service}/…</c> and <c>/openapi/{service}.json</c> for each service,
/// everything else to the portal. Paths are passed on unchanged, so a service has the same URLs with and without a gateway.
/// </summary>
internal sealed class RouteTable : IProxyConfigProvider
{
    private readonly Snapshot _snapshot;

    public RouteTable(GatewayOptions options, bool isDevelopment)
    {
        var routes = new List<RouteConfig>();
        foreach (var service in options.Services.Keys.Where(service => service != AppIds.Portal))
        {
            routes.Add(NewRoute($"api-{service}", service, $"/api/{{municipality}}/{service}/{{**rest}}"));
            routes.Add(NewRoute($"openapi-{service}", service, $"/openapi/{service}.json"));
        }

        var clusters = options.Services.Select(service => NewCluster(service.Key, service.Value)).ToList();
        if (options.Services.ContainsKey(AppIds.Portal))
        {
            // Last of all, so that /livez, /readyz and the routes above win.
            routes.Add(NewRoute("portal", AppIds.Portal, "/{**rest}") with { Order = 1000 });
        }

        if (isDevelopment && options.Development is { } development)
        {
            routes.Add(NewRoute("development", "development", "/dev/{**rest}"));
            clusters.Add(NewCluster("development", development));
        }

        _snapshot = new Snapshot(routes, clusters);
    }

    public IProxyConfig GetConfig() => _snapshot;

    private static RouteConfig NewRoute(string id, string cluster, string path)
        => new() { RouteId = id, ClusterId = cluster, Match = new RouteMatch { Path = path } };

    private static ClusterConfig NewCluster(string id, string address) => new()
    {
        ClusterId = id,
        Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { [id] = new() { Address = address } },
    };

    private sealed class Snapshot(IReadOnlyList<RouteConfig> routes, IReadOnlyList<ClusterConfig> clusters) : IProxyConfig
    {
        public IReadOnlyList<RouteConfig> Routes { get; } = routes;

        public IReadOnlyList<ClusterConfig> Clusters { get; } = clusters;

        // The table is fixed for the life of the process.
        public IChangeToken ChangeToken { get; } = new CancellationChangeToken(CancellationToken.None);
    }
}
