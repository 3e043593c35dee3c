using Microsoft.Extensions.Options;
using SmartCity.Gateway.Headers;
using SmartCity.Gateway.Health;
using SmartCity.Gateway.Routing;
using Yarp.ReverseProxy.Configuration;

namespace SmartCity.Gateway;

internal static class GatewayServices
{
    public static void AddGateway(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().BindConfiguration("Gateway").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IProxyConfigProvider>(provider => new RouteTable(
            provider.GetRequiredService<IOptions<GatewayOptions>>().Value, builder.Environment.IsDevelopment()));
        services.AddReverseProxy().AddTransforms<InternalHeaders>();
        services.AddHttpClient(ServicesCheck.ClientName, client => client.Timeout = TimeSpan.FromSeconds(2));
        services.AddHealthChecks().AddCheck<ServicesCheck>("services");
    }
}
