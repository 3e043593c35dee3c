using SmartCity.Contracts.Towns;
using SmartCity.Gateway.Forwarding;
using SmartCity.Gateway.Routing;
using SmartCity.ServiceDefaults.ThirdParties;

namespace SmartCity.Gateway.ThirdParty;

/// <summary>Makes targets of valid third-party services.</summary>
internal sealed class ThirdPartyTargets(UpstreamClients clients, Uri sidecar, TimeProvider clock)
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    /// <param name="before">What the name stood for: a replica that stays keeps what is known of its health.</param>
    public Target Create(ThirdPartyService service, Target? before)
    {
        var addresses = service.AppId is null ? service.BaseUrls : [sidecar.ToString()];
        return new Target
        {
            Name = service.Name,
            IsThirdParty = true,
            Title = service.Title.In("en"),
            OpenApi = service.OpenApi,
            Upstream = new Upstream(
                addresses.Select(address => Known(before, address.TrimEnd('/')) ?? new Replica(address, clock)).ToArray(),
                service.AppId is not null ? clients.Trusted : clients.Guarded(TargetApproval.Of(service)))
            {
                // The sidecar's own API is at the same address: only this form cannot be led astray to it by a path.
                PathPrefix = service.AppId is { } appId ? $"/v1.0/invoke/{appId}/method" : "",
                // One from before its rules were made is not asked.
                HealthPath = service.HealthPath is { } path && HealthPath.FaultOf(path) is null ? path : null,
            },
            Routes = service.Routes.Count == 0
                ? [new TargetRoute(RoutePattern.Everything, [], service.RequiredRole)]
                : service.Routes.Select(route => RouteOf(route, service)).ToArray(),
            Limits = new RouteLimits(service.MaximumRequestBytes, TimeSpan.FromSeconds(service.TimeoutSeconds)),
            RequestsPerSecond = service.RequestsPerSecond,
        };
    }

    private static Replica? Known(Target? before, string address)
        => before?.Upstream.Replicas.FirstOrDefault(replica => replica.Address == address);

    private static TargetRoute RouteOf(ThirdPartyRoute route, ThirdPartyService service)
    {
        var role = route.RequiredRole ?? service.RequiredRole;
        return new TargetRoute(
            RoutePattern.Parse(route.Path),
            route.Methods.Count == 0 ? Reading : route.Methods,
            role,
            role is null ? TimeSpan.FromSeconds(route.CacheSeconds) : TimeSpan.Zero)
        {
            Limits = route.MaximumRequestBytes is null && route.TimeoutSeconds is null
                ? null
                : new RouteLimits(route.MaximumRequestBytes ?? service.MaximumRequestBytes, TimeSpan.FromSeconds(route.TimeoutSeconds ?? service.TimeoutSeconds)),
        };
    }
}
