using SmartCity.Contracts;
using SmartCity.ServiceDefaults.Hosting;

namespace SmartCity.Gateway;

/// <summary>The one door from outside: routes, limits and headers in front of every service.</summary>
public static class GatewayService
{
    public static CityService Definition { get; } = new(AppIds.Gateway, GatewayServices.AddGateway, GatewayPipeline.MapGateway);
}
