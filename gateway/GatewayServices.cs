using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SmartCity.Engine;
using SmartCity.Gateway.AccessLog;
using SmartCity.Gateway.Caching;
using SmartCity.Gateway.Door;
using SmartCity.Gateway.Forwarding;
using SmartCity.Gateway.Headers;
using SmartCity.Gateway.Health;
using SmartCity.Gateway.Identity;
using SmartCity.Gateway.Limits;
using SmartCity.Gateway.OpenApi;
using SmartCity.Gateway.Routing;
using SmartCity.Gateway.Streaming;
using SmartCity.Gateway.ThirdParty;
using SmartCity.ServiceDefaults.Net;

namespace SmartCity.Gateway;

internal static class GatewayServices
{
    public static void AddGateway(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration("Gateway").ValidateDataAnnotations().ValidateOnStart();
        // The service's limit, which the door sets for each request, counts.
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        // No step of the door blocks its thread, so requests need not change to another.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<IStartupFilter, FrontDoor>();
        services.AddSingleton<InboundHeaders>();
        services.AddSingleton<OutboundHeaders>();
        services.AddSingleton<Pseudonyms>();
        services.AddSingleton<Doorkeeper>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<ResponseCache>();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<SharedStreams>();
        services.AddHostedService(provider => provider.GetRequiredService<SharedStreams>());
        AddRoutes(builder);
        services.AddSingleton<ServiceDocuments>();
        services.AddSingleton<AccessLogWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<AccessLogWriter>());
        services.AddHttpClient(ServicesCheck.ClientName, client => client.Timeout = TimeSpan.FromSeconds(2));
        services.AddHealthChecks().AddCheck<ServicesCheck>("services");
        // What failed is said once by the circuit breaker, and for each request by the access log.
        builder.Logging.AddFilter("Yarp", LogLevel.Error);
        // The door begins a trace by itself (Door/Trace), so that the server needs no scope for each request to log with.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
    }

    private static void AddRoutes(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpForwarder();
        services.AddSingleton<NameResolver>(_ => Dns.GetHostAddressesAsync);
        services.AddSingleton<UpstreamClients>();
        services.AddSingleton<PlatformTargets>();
        services.AddSingleton(provider => new ThirdPartyTargets(
            provider.GetRequiredService<UpstreamClients>(), builder.SidecarAddress(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RouteBook>();
        services.AddSingleton<Resolver>();
        services.AddSingleton<Failures>();
        services.AddSingleton<RequestForwarder>();
        services.AddHostedService<ActiveChecks>();
    }
}
