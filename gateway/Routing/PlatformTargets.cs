using Microsoft.Extensions.Options;
using SmartCity.Contracts;
using SmartCity.Gateway.Forwarding;

namespace SmartCity.Gateway.Routing;

/// <summary>The platform's own services, by app id; they are the same for every town.</summary>
internal sealed class PlatformTargets
{
    public PlatformTargets(IOptions<GatewayOptions> options, UpstreamClients clients, IHostEnvironment environment, TimeProvider clock)
    {
        var settings = options.Value;
        ByAppId = settings.Services.ToDictionary(
            service => service.Key,
            service => Create(service.Key, GatewayOptions.AddressesOf(service.Value), settings, clients, clock),
            StringComparer.Ordinal);
        Development = environment.IsDevelopment() && settings.Development is { } development
            ? Create("development", [development], settings, clients, clock)
            : null;
    }

    public IReadOnlyDictionary<string, Target> ByAppId { get; }

    public Target? Registry => ByAppId.GetValueOrDefault(AppIds.Registry);

    public Target? Portal => ByAppId.GetValueOrDefault(AppIds.Portal);

    /// <summary>In Development only.</summary>
    public Target? Development { get; }

    private static Target Create(string appId, string[] addresses, GatewayOptions settings, UpstreamClients clients, TimeProvider clock)
    {
        var own = settings.Limits.GetValueOrDefault(appId);
        RouteLimits Over(RouteLimits limits) => new(
            own?.MaximumRequestBytes ?? limits.MaximumRequestBytes, own?.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : limits.Timeout);
        return new Target
        {
            Name = appId,
            Upstream = new Upstream(addresses.Select(address => new Replica(address, clock)).ToArray(), clients.Trusted)
            {
                // Of a single replica nothing is gained by knowing that it is ill.
                HealthPath = addresses.Length > 1 ? "/livez" : null,
            },
            Routes = PlatformRoutes.OpenRoutesOf(appId, TimeSpan.FromSeconds(settings.CacheSeconds)),
            Limits = Over(PlatformRoutes.DefaultLimits),
            LimitedRoutes = [.. PlatformRoutes.LimitedRoutesOf(appId).Select(route => route with { Limits = Over(route.Limits!) })],
        };
    }
}
